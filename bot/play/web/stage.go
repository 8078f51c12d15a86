package web

import (
	"slices"
	"time"

	"secadvisor/bot/play"
)

// stage is what a visitor sees of what happens behind: the clock, what is to
// come, what went out.
type stage struct {
	Now    time.Time
	Due    []Due
	More   int // that is scheduled, beside Due
	Sent   []sentLine
	Works  []targetLine
	Broken []targetLine
}

type sentLine struct {
	At       time.Time
	To, What string
	Edit     bool
	Failed   string
}

type targetLine struct{ ID, Name string }

// How many lines are shown.
const (
	mostDue   = 8
	shownSent = 12
)

// stage needs mu.
func (c *Company) stage(due []Due) stage {
	s := stage{Now: c.Now(), Due: due[:min(len(due), mostDue)], More: max(len(due)-mostDue, 0)}
	for _, x := range slices.Backward(c.outbox) {
		if len(s.Sent) < shownSent {
			s.Sent = append(s.Sent, sentLine{x.at, x.to, x.what, x.edit, x.failed})
		}
	}
	for _, t := range targets() {
		if c.broken[t.ID] {
			s.Broken = append(s.Broken, t)
			continue
		}
		s.Works = append(s.Works, t)
	}
	return s
}

// targets are where something can be sent.
func targets() (all []targetLine) {
	for _, r := range rooms {
		all = append(all, targetLine{r.id, r.id})
	}
	for _, p := range play.Cast() {
		all = append(all, targetLine{p.ID, p.Name})
	}
	return all
}
