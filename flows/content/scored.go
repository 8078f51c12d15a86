package content

import "secadvisor/flows/score"

// Scored is a pack as the arithmetic sees it.
func (lib *Library) Scored(p Pack) score.Pack {
	out := score.Pack{Strict: p.Strict}
	for _, pq := range p.Questions {
		q := lib.Questions[pq.ID]
		choices := map[string]int{}
		for _, c := range q.Choices {
			choices[c.ID] = c.Credit
		}
		out.Questions = append(out.Questions, score.Question{
			ID: q.ID, Revision: q.Revision, Kind: score.Kind(q.Kind), Domain: string(q.Domain), FixedBy: string(q.FixedBy), Effort: q.Effort,
			Weight: pq.Weight, KnockOut: pq.KnockOut, Staleness: pq.StalenessDays,
			Choices: choices, NAAllowed: q.NotApplicable != "",
		})
	}
	return out
}
