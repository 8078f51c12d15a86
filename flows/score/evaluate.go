package score

import (
	"cmp"
	"slices"
	"time"
)

// Pack is a list of questions, in order.
type Pack struct {
	Questions []Question
	Strict    bool
}

// Evaluate scores the answers to a pack as they stand at a time.
func Evaluate(p Pack, answers map[string]Answer, now time.Time) Result {
	r := Result{Of: len(p.Questions), Risk: map[string]int{}, Cap: 100}
	all := sum{}
	domains := map[string]*sum{}
	var order []string
	for i, q := range p.Questions {
		a := answers[q.ID]
		state, points := Credit(q, a, p.Strict, now)
		if state == Missing {
			continue
		}
		r.Answered++
		if state == Irrelevant {
			continue
		}
		if domains[q.Domain] == nil {
			domains[q.Domain] = &sum{}
			order = append(order, q.Domain)
		}
		for _, s := range []*sum{&all, domains[q.Domain]} {
			s.add(q, state, points, sure(q, a, state, now), p.Strict)
		}
		if state == Unknown {
			r.Unknown = append(r.Unknown, q.ID)
		}
		if points < 100 {
			r.Gaps = append(r.Gaps, gap(q, state, points, i))
		}
	}
	r.Complete = r.Answered == r.Of && all.weight > 0
	r.Raw, r.Shown, r.Upper, r.Possible = all.raw(), all.shown(), round(all.best, all.weight), all.possible()
	r.Numerator, r.Weight, r.Sure = all.credit, all.weight, round(all.sure, all.weight)
	if all.weight > 0 && all.cap < r.Raw {
		r.Cap, r.CappedBy = all.cap, all.by
	}
	r.Band = BandOf(r.Shown)
	for _, id := range order {
		r.Domains = append(r.Domains, Domain{ID: id, Shown: domains[id].shown(), Possible: domains[id].possible()})
	}
	slices.SortStableFunc(r.Gaps, before)
	for _, g := range r.Gaps {
		r.Risk[g.FixedBy] += g.Risk
	}
	return r
}

// sum adds up a whole pack or one domain.
type sum struct {
	weight, credit, best, sure int
	cap                        int // 100: none
	bestCap                    int // if every "don't know" were a yes
	by                         []string
}

func (s *sum) add(q Question, state State, points, sure int, strict bool) {
	if s.weight == 0 {
		s.cap, s.bestCap = 100, 100
	}
	s.weight += q.Weight
	s.credit += q.Weight * points
	s.sure += q.Weight * sure
	best := points
	if state == Unknown {
		best = 100
	}
	s.best += q.Weight * best
	if !q.KnockOut || state == Full {
		return
	}
	limit := 59
	if state == None || strict {
		limit = 39
	}
	if limit < s.cap {
		s.cap, s.by = limit, nil
	}
	if limit == s.cap {
		s.by = append(s.by, q.ID)
	}
	if state != Unknown {
		s.bestCap = min(s.bestCap, limit)
	}
}

func (s *sum) raw() int      { return round(s.credit, s.weight) }
func (s *sum) shown() int    { return min(s.raw(), s.cap) }
func (s *sum) possible() int { return min(round(s.best, s.weight), s.bestCap) }

// round is n by w to the nearest whole number, halves up; 0 of nothing is 0.
func round(n, w int) int {
	if w == 0 {
		return 0
	}
	return (2*n + w) / (2 * w)
}

func gap(q Question, state State, points, position int) Gap {
	g := Gap{ID: q.ID, State: state, FixedBy: q.FixedBy, Effort: q.Effort, KnockOut: q.KnockOut, weight: q.Weight, position: position}
	g.Risk = q.Weight * (100 - points) / 50
	if q.KnockOut {
		g.Risk *= 2
	}
	if state == Unknown {
		g.Effort = 1 // to find out
	}
	g.Priority = g.Risk * (4 - g.Effort)
	return g
}

// before orders gaps: what matters most and costs least comes first.
func before(a, b Gap) int {
	rank := map[State]int{None: 0, Half: 1, Unknown: 2}
	return cmp.Or(
		cmp.Compare(b.Priority, a.Priority),
		-cmp.Compare(number(a.KnockOut), number(b.KnockOut)),
		cmp.Compare(b.weight, a.weight),
		cmp.Compare(a.Effort, b.Effort),
		cmp.Compare(rank[a.State], rank[b.State]),
		cmp.Compare(a.position, b.position),
	)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
