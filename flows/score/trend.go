package score

import "time"

// Change is what happened between two runs of one pack, on the questions
// that both share: the same id and revision, applicable in both.
type Change struct {
	Comparable bool // they share at least 60 % of the new run's weight
	Before     int  // uncapped, with the new weights
	Now        int
	Closed     []string // gaps then, none now
	Opened     []string // none then, a known gap now
	Unknown    []string // known then, not known now
	KnockOuts  []string // knock-outs whose state changed
}

// Compare holds a run against an earlier one.
func Compare(p Pack, before map[string]Answer, then time.Time, after map[string]Answer, now time.Time) Change {
	var c Change
	whole, shared, old, new := 0, 0, 0, 0
	for _, q := range p.Questions {
		was, is := before[q.ID], after[q.ID]
		stateNow, pointsNow := Credit(q, is, p.Strict, now)
		if stateNow == Missing || stateNow == Irrelevant {
			continue
		}
		whole += q.Weight
		stateThen, pointsThen := Credit(q, was, p.Strict, then)
		if stateThen == Missing || stateThen == Irrelevant || was.Revision != is.Revision {
			continue
		}
		shared += q.Weight
		old += q.Weight * pointsThen
		new += q.Weight * pointsNow
		c.note(q, stateThen, pointsThen, stateNow, pointsNow)
	}
	c.Comparable = shared > 0 && 100*shared >= 60*whole
	c.Before, c.Now = round(old, shared), round(new, shared)
	return c
}

func (c *Change) note(q Question, was State, wasPoints int, is State, isPoints int) {
	switch {
	case is == Unknown && was != Unknown:
		c.Unknown = append(c.Unknown, q.ID)
	case wasPoints < 100 && isPoints == 100:
		c.Closed = append(c.Closed, q.ID)
	case wasPoints == 100 && isPoints < 100:
		c.Opened = append(c.Opened, q.ID)
	}
	if q.KnockOut && was != is {
		c.KnockOuts = append(c.KnockOuts, q.ID)
	}
}
