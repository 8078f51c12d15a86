package roster

import (
	"errors"
	"maps"
	"slices"
	"time"

	"secadvisor/flows/company"
)

// Target is what a file is checked against beside the company's map.
type Target struct {
	Topics  []string               // ids that can be assigned; the groups and the company's own need not be there
	User    func(id string) string // how to mend what cannot be a person's id; empty: it can. Nil: anything can
	Channel func(id string) string
	Now     time.Time
}

// Apply is the map as it is after a file. What the file does not name stays.
// The error has one line a mistake.
func (f File) Apply(m company.Map, to Target) (company.Map, error) {
	m.Parties, m.Duties = maps.Clone(m.Parties), maps.Clone(m.Duties)
	a := &applying{Target: to, old: m, new: m, who: make([]string, len(f.rows)), told: map[string]told{}, topics: map[string]int{}}
	a.new.Parties, a.new.Duties = maps.Clone(m.Parties), maps.Clone(m.Duties)
	if a.new.Parties == nil {
		a.new.Parties = map[string]company.Party{}
	}
	if a.new.Duties == nil {
		a.new.Duties = map[string]company.Duty{}
	}
	for i, r := range f.rows {
		a.enter(i, r) // people and channels first: others may name them
	}
	for i, r := range f.rows {
		a.enterByName(i, r)
	}
	for i, r := range f.rows {
		a.describe(a.who[i], r)
	}
	for i, r := range f.rows {
		a.usable(a.who[i], r)
		a.assign(a.who[i], r)
	}
	if err := errors.Join(a.faults...); err != nil {
		return company.Map{}, f.blame(err)
	}
	a.prune()
	if len(Differences(a.old, a.new)) == 0 {
		return m, nil
	}
	a.new.Changed = to.Now
	return a.new, nil
}

// applying is a file on its way into a map.
type applying struct {
	Target
	old, new company.Map
	who      []string        // the party of each row; empty: nobody
	told     map[string]told // by party and column
	topics   map[string]int  // the line of each that was assigned
	faults   []error
}

// told is what a file says of a party, and where.
type told struct {
	text string
	line int
}

func (a *applying) wrong(r row, mend string, args ...any) {
	a.faults = append(a.faults, at(r.line, mend, args...))
}

func (a *applying) mend(r row, column, mend string, args ...any) {
	a.faults = append(a.faults, r.at(column, mend, args...))
}

// prune forgets whom the file has replaced, where nothing else needs them.
func (a *applying) prune() {
	for topic, old := range a.old.Duties {
		if a.new.Duties[topic] == old {
			continue
		}
		for _, id := range []string{old.Does, old.Deputy, old.Answers} {
			if !slices.Contains(a.who, id) {
				a.new.Prune(id)
			}
		}
	}
}
