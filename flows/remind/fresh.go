package remind

import (
	"slices"
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// What an assessment would ask somebody now, from their own runs: nobody's
// answers are looked at for anybody else.

// toAsk is what a run of somebody would ask, and what it would carry over.
type toAsk struct {
	questions []string  // to be asked, in order
	fresh     int       // answered not long ago
	last      time.Time // when they finished this assessment; zero: never
}

// wouldAsk works out what a run would ask.
func (t *turn) wouldAsk(p content.Pack, person string) toAsk {
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	said, finished := index.Said(t.d, person, t.lib.PackIDs())
	out := toAsk{last: finished[p.ID]}
	t.sort(&out, p, company.Run{Answers: said}.Scored())
	return out
}

// sort splits the questions into those to be asked and those that are fresh.
// Somebody who has not done this assessment before is not asked again what
// they said in another.
func (t *turn) sort(out *toAsk, p content.Pack, said map[string]score.Answer) {
	pack := t.lib.Scored(p)
	var due []string
	for _, x := range score.Quarterly(pack, said, t.now()) {
		due = append(due, x.ID)
	}
	for _, q := range pack.Questions {
		a := said[q.ID]
		ask := score.MustAsk(q, a, t.now()) || a.Value == score.DontKnow
		if !out.last.IsZero() {
			ask = ask || slices.Contains(due, q.ID)
		}
		if ask {
			out.questions = append(out.questions, q.ID)
		} else {
			out.fresh++
		}
	}
}

// openRun is an unfinished run of somebody.
func (t *turn) openRun(person string) (company.Run, bool) {
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	id := index.Open[company.OpenKey(person, t.s.Pack)]
	if id == "" {
		return company.Run{}, false
	}
	run, found := company.Runs.Get(t.d, id)
	return run, found && run.Finished.IsZero()
}

// finishedSince is when the assessment was finished by anybody after it was
// asked for; zero: it was not.
func (t *turn) finishedSince(since time.Time) (company.Run, bool) {
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	for _, id := range index.Earlier(t.s.Pack, "", 2) {
		if run, found := company.Runs.Get(t.d, id); found && run.Finished.After(since) {
			return run, true
		}
	}
	return company.Run{}, false
}
