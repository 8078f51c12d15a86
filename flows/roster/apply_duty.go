package roster

import (
	"maps"
	"slices"

	"secadvisor/flows/company"
)

// Who does the topic of a row, and who stands beside them.

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
