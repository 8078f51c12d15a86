package roster

import (
	"maps"
	"slices"
	"strings"

	"secadvisor/flows/company"
)

// Whom a row is about, and what it says of them.

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
