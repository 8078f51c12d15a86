package score

import (
	"maps"
	"slices"
	"time"
)

// Handed is why a gap that IT support and security share became security's.
type Handed string

const (
	NotHanded   Handed = ""
	NoExpertise Handed = "no-expertise" // the IT provider has neither certifications nor a person for it
	OpenTwice   Handed = "open-twice"   // two runs in a row found it open
)

// HandOver gives shared gaps to security: all of them if the IT provider has
// no expertise (WithoutExpertise), else those that stayed open (StillOpen).
func HandOver(r Result, withoutExpertise bool, stillOpen []string) Result {
	r.Gaps, r.Risk = slices.Clone(r.Gaps), maps.Clone(r.Risk)
	for i := range r.Gaps {
		g := &r.Gaps[i]
		if g.FixedBy != "both" {
			continue
		}
		switch {
		case withoutExpertise:
			g.Handed = NoExpertise
		case slices.Contains(stillOpen, g.ID):
			g.Handed = OpenTwice
		default:
			continue
		}
		g.FixedBy = "security"
		r.Risk["both"] -= g.Risk
		r.Risk["security"] += g.Risk
		if r.Risk["both"] == 0 {
			delete(r.Risk, "both")
		}
	}
	return r
}

// StillOpen are the questions whose gap is open now and was open in the run
// before. A question whose meaning changed since is another question.
func StillOpen(p Pack, before map[string]Answer, then time.Time, after map[string]Answer, now time.Time) []string {
	var open []string
	for _, q := range p.Questions {
		was, is := before[q.ID], after[q.ID]
		if was.Revision == is.Revision && isGap(p, q, was, then) && isGap(p, q, is, now) {
			open = append(open, q.ID)
		}
	}
	return open
}

func isGap(p Pack, q Question, a Answer, at time.Time) bool {
	state, points := Credit(q, a, p.Strict, at)
	return state != Missing && state != Irrelevant && points < 100
}
