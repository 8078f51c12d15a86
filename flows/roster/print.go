package roster

import (
	"maps"
	"slices"
	"strings"

	"secadvisor/flows/company"
)

// Print writes a company's map as a roster: reading it again changes nothing.
// Format is "yaml" or "csv".
func Print(m company.Map, format string) []byte {
	rows := rowsOf(m)
	if format == "csv" {
		return printCSV(rows)
	}
	return printYAML(rows)
}

// rowsOf lists the duties, groups first, and then whoever has none. A party
// is described where it first stands.
func rowsOf(m company.Map) []row {
	var rows []row
	told := map[string]bool{}
	ids := slices.Collect(maps.Keys(m.Duties))
	slices.SortFunc(ids, func(a, b string) int { return strings.Compare(rank(a)+a, rank(b)+b) })
	for _, id := range ids {
		d := m.Duties[id]
		r := row{cells: map[string]string{"name": nothing}}
		if d.Owned() {
			r = describe(m, d.Does, told[d.Does])
			told[d.Does] = true
		}
		r.cells["topic"] = id
		for column, party := range map[string]string{"deputy": d.Deputy, "accountable": d.Answers} {
			if _, ok := m.Parties[party]; ok {
				r.cells[column] = reference(m, party)
			}
		}
		rows = append(rows, r)
	}
	rest := slices.Collect(maps.Keys(m.Parties))
	slices.SortFunc(rest, func(a, b string) int { return strings.Compare(m.Parties[a].Name+a, m.Parties[b].Name+b) })
	for _, id := range rest {
		if !told[id] {
			rows = append(rows, describe(m, id, false))
		}
	}
	return rows
}

func rank(topic string) string {
	if strings.HasPrefix(topic, "group.") {
		return "1"
	}
	return "2"
}

// describe says who a party is and, where that was not told yet, all that is
// known of it.
func describe(m company.Map, id string, told bool) row {
	p := m.Parties[id]
	r := row{cells: map[string]string{}}
	put := func(column, text string) {
		if text != "" {
			r.cells[column] = text
		}
	}
	put("name", p.Name)
	put("user", p.User)
	put("channel", p.Channel)
	if told {
		return r
	}
	put("phone", p.Phone)
	put("email", p.Email)
	put("hours", p.Hours)
	for word, shown := range shownWords {
		if p.Shown == shown {
			put("shown", word)
		}
	}
	if p.Provider {
		put("provider", "yes")
	}
	if p.Partner {
		put("partner", "yes")
	}
	return r
}

// reference names a party in a row of another: by name where only it has
// that, else by its id in chat.
func reference(m company.Map, id string) string {
	p := m.Parties[id]
	found, _ := called(m, p.Name)
	switch {
	case found == id:
		return p.Name
	case p.User != "":
		return p.User
	case p.Channel != "":
		return p.Channel
	}
	return p.Name
}
