package company

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"secadvisor/flows/score"
)

// dayLength is how long after 00:00 UTC a day has ended everywhere on earth,
// so that nobody is late on their own last evening.
const dayLength = 36 * time.Hour

// DayEnd is when a day, kept as 00:00 UTC, is over everywhere.
func DayEnd(day time.Time) time.Time { return day.Add(dayLength) }

// DayOver reports whether a day, kept as 00:00 UTC, is over.
func DayOver(day, now time.Time) bool { return !day.IsZero() && !now.Before(DayEnd(day)) }

// WordCounts is how long a word about a task counts: who was asked how it
// stands, by a reminder or on its day, is not asked the same before.
const WordCounts = 72 * time.Hour

// Asked reports whether it still counts at a time that whoever has the part
// was last asked about all they have: not where it has become theirs, or got
// another day, since.
func (p Part) Asked(last, at time.Time) bool {
	return last.After(p.Given) && last.After(p.Moved) && at.Sub(last) < WordCounts
}

// Heard is until when whoever has the part is not to be asked about it: they
// have just heard of its day, or got another one. Last is when they were asked
// about all they have.
func (p Part) Heard(last time.Time) (until time.Time) {
	for _, at := range []time.Time{p.Told, p.Moved} {
		if !at.IsZero() && !p.Asked(last, at) && until.Before(at.Add(WordCounts)) {
			until = at.Add(WordCounts)
		}
	}
	return until
}

// Ordered lists the tasks of some states, the first to be done first. A risk
// whose day is over counts as open.
func (x Fixes) Ordered(now time.Time, states ...FixState) []string {
	var ids []string
	for id, f := range x.Tasks {
		if slices.Contains(states, f.At(now)) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		f, g := x.Tasks[a], x.Tasks[b]
		return cmp.Or(cmp.Compare(g.Priority, f.Priority), first(f.KnockOut, g.KnockOut), cmp.Compare(g.Risk, f.Risk), cmp.Compare(a, b))
	})
	return ids
}

// Open lists what is still to be done, planned or not, the first first.
func (x Fixes) Open(now time.Time) []string { return x.Ordered(now, FixOpen, FixPlanned) }

// AsAnswered is the list as the latest answers show it: what they confirm is
// closed, although the list itself learns of them only when somebody looks at it.
func (x Fixes) AsAnswered(bank Bank, scored func(pack string) score.Pack) Fixes {
	x.Tasks = maps.Clone(x.Tasks)
	for id, f := range x.Tasks {
		said, given := bank.Answers[id]
		if given && said.At.After(f.Seen) && said.Revision >= f.Revision && noGap(said, id, scored(f.Pack)) {
			f.State, f.Closed = FixClosed, said.At
			x.Tasks[id] = f
		}
	}
	return x
}

// noGap reports whether an answer shows no gap any more.
func noGap(said Answer, id string, p score.Pack) bool {
	for _, q := range p.Questions {
		if q.ID == id {
			answer := Run{Answers: map[string]Answer{id: said}}.Scored()[id]
			_, points := score.Credit(q, answer, p.Strict, said.At)
			return points == 100
		}
	}
	return false
}

// Overdue lists what is still to be done and should have been, the first
// first.
func (x Fixes) Overdue(now time.Time) []string {
	return slices.DeleteFunc(x.Open(now), func(id string) bool { return !x.Tasks[id].Overdue(now) })
}

// Owed lists who owes what, by person, each the earliest first. Somebody
// outside cannot be written to and is not listed.
func (x Fixes) Owed(now time.Time) map[string][]Owed {
	owed := map[string][]Owed{}
	for _, id := range x.Open(now) {
		for _, side := range slices.Sorted(maps.Keys(x.Tasks[id].Parts)) {
			if p := x.Tasks[id].Parts[side]; p.User != "" && p.Done.IsZero() {
				owed[p.User] = append(owed[p.User], Owed{id, side, p})
			}
		}
	}
	for _, of := range owed {
		slices.SortStableFunc(of, func(a, b Owed) int { return a.Part.Due.Compare(b.Part.Due) })
	}
	return owed
}

// Outside lists what people have who cannot be written to, and a day is set for.
func (x Fixes) Outside(now time.Time) (owed []Owed) {
	for _, id := range x.Open(now) {
		for _, side := range slices.Sorted(maps.Keys(x.Tasks[id].Parts)) {
			if p := x.Tasks[id].Parts[side]; p.User == "" && p.Name != "" && p.Done.IsZero() && !p.Due.IsZero() {
				owed = append(owed, Owed{id, side, p})
			}
		}
	}
	return owed
}

// At is the state at a time: a risk is accepted until its day is over.
func (f Fix) At(now time.Time) FixState {
	if f.State == FixAccepted && DayOver(f.Accepted.Until, now) {
		return FixOpen
	}
	return f.State
}

// ToDo reports whether it is still to be done, planned or not.
func (f Fix) ToDo(now time.Time) bool {
	state := f.At(now)
	return state == FixOpen || state == FixPlanned
}

// Due is the earliest day by which something of it should be done; zero:
// nobody has set one.
func (f Fix) Due() time.Time {
	var due time.Time
	for _, p := range f.Parts {
		if p.Done.IsZero() && !p.Due.IsZero() && (due.IsZero() || p.Due.Before(due)) {
			due = p.Due
		}
	}
	return due
}

// Overdue reports whether it should be done by now and is not.
func (f Fix) Overdue(now time.Time) bool { return f.ToDo(now) && DayOver(f.Due(), now) }

// Complete reports whether all who have a part of it say theirs is done, and
// no part is left that nobody has.
func (f Fix) Complete() bool {
	done := func(side string) bool { return !f.Parts[side].Done.IsZero() }
	return done(f.Side) || done("both") || done("it") && done("security")
}

// first puts what is marked before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
