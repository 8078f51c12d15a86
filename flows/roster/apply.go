package roster

import (
	"errors"
	"maps"
	"slices"
	"strings"
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

// enter finds or adds the person or channel of a row.
func (a *applying) enter(i int, r row) {
	p := company.Party{Name: r.cells["name"], User: r.cells["user"], Channel: r.cells["channel"]}
	switch {
	case p.User == "" && p.Channel == "":
		return
	case p.User != "" && a.User != nil && a.User(p.User) != "":
		a.mend(r, "user", "%s", a.User(p.User))
		return
	case p.Channel != "" && a.Channel != nil && a.Channel(p.Channel) != "":
		a.mend(r, "channel", "%s", a.Channel(p.Channel))
		return
	}
	id := a.new.Enter(p)
	if known := a.new.Parties[id]; p.Name != "" {
		known.Name = p.Name
		a.new.Parties[id] = known
	}
	a.who[i] = id
}

// enterByName finds or adds the party of a row that has a name alone.
func (a *applying) enterByName(i int, r row) {
	name := r.cells["name"]
	if name == "" || name == nothing || r.cells["user"] != "" || r.cells["channel"] != "" {
		return
	}
	id, n := called(a.new, name)
	switch {
	case id != "":
		a.who[i] = id
	case n > 1:
		a.wrong(r, "%d are called %q: add the user or the channel", n, name)
	default:
		a.who[i] = a.new.Enter(company.Party{Name: name})
	}
}

// called finds the one party of a name; of several, the only one that has no
// id in chat. n is how many have the name.
func called(m company.Map, name string) (id string, n int) {
	var all, outside []string
	for _, id := range slices.Sorted(maps.Keys(m.Parties)) {
		p := m.Parties[id]
		if plain(p.Name) != plain(name) {
			continue
		}
		all = append(all, id)
		if p.User == "" && p.Channel == "" {
			outside = append(outside, id)
		}
	}
	switch {
	case len(all) == 1:
		return all[0], 1
	case len(outside) == 1:
		return outside[0], len(all)
	}
	return "", len(all)
}

func plain(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// describe puts what a row says of a party into it.
func (a *applying) describe(id string, r row) {
	p, ok := a.new.Parties[id]
	if !ok {
		return
	}
	for _, column := range []string{"name", "phone", "email", "hours", "shown", "provider", "partner"} {
		text := r.cells[column]
		if text == "" || column == "name" && p.User == "" && p.Channel == "" {
			continue
		}
		if column == "name" && r.cells["user"] == "" && r.cells["channel"] == "" {
			continue // it says whom the row means, in whatever case
		}
		key := id + "/" + column
		if before, ok := a.told[key]; ok && before.text != text {
			a.wrong(r, "%s of %s is another in line %d: write it once, or the same", column, p.Name, before.line)
			continue
		}
		a.told[key] = told{text, r.line}
		set(&p, column, text)
	}
	a.new.Parties[id] = p
}

func set(p *company.Party, column, text string) {
	if text == nothing {
		text = ""
	}
	yes, _ := yesNo(text)
	switch column {
	case "name":
		p.Name = text
	case "phone":
		p.Phone = text
	case "email":
		p.Email = text
	case "hours":
		p.Hours = text
	case "shown":
		p.Shown = shownWords[text]
	case "provider":
		p.Provider = yes
	case "partner":
		p.Partner = yes
	}
}

// usable refuses somebody new or changed whom nobody could name or reach.
func (a *applying) usable(id string, r row) {
	p, ok := a.new.Parties[id]
	switch {
	case !ok || p == a.old.Parties[id]:
	case p.Name == "":
		a.wrong(r, "give a name, too: nobody is saved with this id yet")
	case !p.Reachable():
		a.wrong(r, "nobody could reach %s: give a user, a channel, a phone or an email", p.Name)
	}
}

// assign gives the topic of a row to its party.
func (a *applying) assign(id string, r row) {
	topic := r.cells["topic"]
	if topic == "" {
		return
	}
	if before, twice := a.topics[topic]; twice {
		a.wrong(r, "%s stands in line %d already: a topic has one row", topic, before)
		return
	}
	a.topics[topic] = r.line
	if mend := a.unknown(topic); mend != "" {
		a.mend(r, "topic", "there is no %q: %s", topic, mend)
		return
	}
	d, had := a.old.Duties[topic]
	switch {
	case had && id == "" && !d.Owned(), id != "" && d.Does == id && d.Owned(): // as it was
	case id == "" && r.cells["name"] == nothing:
		d = company.Duty{Deputy: d.Deputy, Answers: d.Answers, State: company.Declined, Since: a.Now}
	case id == "":
		return // its row has another mistake
	default:
		d = company.Duty{Does: id, Deputy: other(d.Deputy, id), Answers: other(d.Answers, id), Since: a.Now}
	}
	d.Deputy = a.second(r, "deputy", id, d.Deputy)
	d.Answers = a.second(r, "accountable", id, d.Answers)
	a.new.Duties[topic] = d
}

// other is a party beside the one who does it; empty: it is the same.
func other(id, does string) string {
	if id == does {
		return ""
	}
	return id
}

// second is who a row names beside the one who does it.
func (a *applying) second(r row, column, does, now string) string {
	text := r.cells[column]
	switch text {
	case "":
		return now
	case nothing:
		return ""
	}
	id, n := called(a.new, text)
	for _, other := range slices.Sorted(maps.Keys(a.new.Parties)) {
		if p := a.new.Parties[other]; id == "" && (p.User == text || p.Channel == text) {
			id = other
		}
	}
	switch {
	case id == "" && n > 1:
		a.mend(r, column, "%d are called %q: write the id of the user or the channel instead", n, text)
	case id == "":
		a.mend(r, column, "nobody is called %q: add a row that says who it is", text)
	case id == does:
		a.mend(r, column, "that is the one who does it: name somebody else, or leave it empty")
	}
	return id
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
