package duty

import (
	"slices"
	"strings"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// covered is a topic with the duty that counts for it.
type covered struct {
	subject
	duty company.Duty
	by   string // the id of that duty: the topic's own, or of a group
}

// coverage lists every topic: those without an owner first, emergencies
// before others, then the assumed, then the confirmed.
func (t *turn) coverage() []covered {
	var all []covered
	for _, s := range t.all() {
		d, by := t.m.Find(s.ids...)
		all = append(all, covered{s, d, by})
	}
	rank := func(c covered) int {
		urgent := slices.Contains(c.ids, company.GroupEmergency)
		switch {
		case !c.duty.Owned() && urgent:
			return 0
		case !c.duty.Owned():
			return 1
		case !c.duty.Fresh(t.event.Now):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(all, func(a, b covered) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return strings.Compare(a.title, b.title)
	})
	return all
}

// of keeps what belongs to a side.
func of(all []covered, side content.Side) []covered {
	return slices.DeleteFunc(slices.Clone(all), func(c covered) bool { return c.side != side })
}

// tally counts duties by what is known of them.
type tally struct{ all, unowned, confirmed int }

func (t *turn) tally(all []covered) (n tally) {
	n.all = len(all)
	for _, c := range all {
		switch {
		case !c.duty.Owned():
			n.unowned++
		case c.duty.Fresh(t.event.Now):
			n.confirmed++
		}
	}
	return n
}

func (n tally) assumed() int { return n.all - n.unowned - n.confirmed }
