package roster

import (
	"slices"
	"strings"

	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

var groups = [...]string{company.GroupIT, company.GroupBoth, company.GroupSecurity, company.GroupEmergency}

// unknown says how to mend a topic that is none; empty: it is one.
func (a *applying) unknown(topic string) string {
	_, own := a.old.Own[topic]
	_, before := a.old.Duties[topic] // of content that has gone
	if own || before || slices.Contains(groups[:], topic) || slices.Contains(a.Topics, topic) {
		return ""
	}
	if strings.HasPrefix(topic, "own.") {
		return "topics of a company's own are taught in chat first"
	}
	if near := Nearest(topic, append(slices.Clone(a.Topics), groups[:]...)); near != "" {
		return "did you mean " + near + "?"
	}
	return "the groups are " + strings.Join(groups[:], ", ") + ", and the topics are the ids that \"secadvisor company topics\" lists"
}

// Nearest is the id that somebody may have meant: one that has a word of it,
// or few other letters; empty: none.
func Nearest(wanted string, ids []string) string {
	wanted = strings.ToLower(wanted)
	best, least := "", 4
	for _, id := range ids {
		if n := prose.Slips(wanted, id); n < least {
			best, least = id, n
		}
	}
	if best != "" {
		return best
	}
	for _, id := range ids {
		for _, word := range strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '.' }) {
			if len(word) > 3 && strings.HasPrefix(wanted, word) || len(wanted) > 3 && strings.HasPrefix(word, wanted) {
				return id
			}
		}
	}
	return ""
}
