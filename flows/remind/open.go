package remind

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// What is open at the company, for owners alone.

// mostNamed is how many of a kind are named in one line.
const mostNamed = 3

// fixes is the list of what is to be mended, as the latest answers show it.
func (t *turn) fixes() company.Fixes {
	list, _ := company.FixesOf.Get(t.d, company.FixesID)
	bank, _ := company.Banks.Get(t.d, company.BankID)
	return list.AsAnswered(bank, func(pack string) score.Pack { return t.lib.Scored(t.pack(pack)) })
}

// stillOpen names the fixes to be done, the first first; empty: there are
// none.
func (t *turn) stillOpen() string {
	list := t.fixes()
	var lines []string
	for _, id := range list.Open(t.now()) {
		if q, known := t.lib.Questions[id]; known {
			lines = append(lines, q.Fix.Title+" ("+t.hasIt(list.Tasks[id])+")")
		}
	}
	if len(lines) == 0 {
		return ""
	}
	text := "Still open: " + strings.Join(lines[:min(len(lines), mostNamed)], ", ")
	if n := len(lines) - mostNamed; n > 0 {
		text += fmt.Sprintf(", and %d more", n)
	}
	return text + "."
}

// hasIt says who has a fix, and by when.
func (t *turn) hasIt(f company.Fix) string {
	var names []string
	for _, part := range sortedParts(f) {
		if part.Name != "" && part.Done.IsZero() && !slices.Contains(names, part.Name) {
			names = append(names, part.Name)
		}
	}
	text := prose.AndMore(names, 2)
	if text == "" {
		text = "nobody"
	}
	switch due := f.Due(); {
	case due.IsZero():
	case f.Overdue(t.now()):
		text += ", was due " + t.day(due, noZone)
	default:
		text += ", due " + t.day(due, noZone)
	}
	return text
}

func sortedParts(f company.Fix) []company.Part {
	var all []company.Part
	for _, side := range []content.Side{content.IT, content.Both, content.Security} {
		if p, ok := f.Parts[string(side)]; ok {
			all = append(all, p)
		}
	}
	return all
}

// duties counts the topics of the map by what is known of them.
type duties struct {
	unowned     []string // their titles
	unconfirmed int
}

func (t *turn) duties() duties {
	m, _ := company.Maps.Get(t.d, company.MapID)
	var n duties
	look := func(title string, ids ...string) {
		switch d, _ := m.Find(ids...); {
		case !d.Owned():
			n.unowned = append(n.unowned, title)
		case !d.Fresh(t.now()):
			n.unconfirmed++
		}
	}
	for _, urgent := range []bool{true, false} { // emergencies are named first
		for _, topic := range t.lib.Topics {
			if (topic.Urgency == content.Emergency) == urgent {
				look(topic.Title, company.Levels(topic.ID, string(topic.Side), urgent)...)
			}
		}
	}
	for _, id := range sortedKeys(m.Own) {
		look(m.Own[id].Title, id)
	}
	return n
}

// noOwner names the duties that nobody has; empty: all have somebody, or
// there is no map yet.
func (t *turn) noOwner() string {
	m, _ := company.Maps.Get(t.d, company.MapID)
	n := t.duties()
	switch {
	case len(m.Duties) == 0 || len(n.unowned) == 0:
		return ""
	case len(n.unowned) == 1:
		return "One duty has no owner: " + n.unowned[0] + "."
	}
	return fmt.Sprintf("%d duties have no owner, such as %s.", len(n.unowned), strings.Join(n.unowned[:min(2, len(n.unowned))], " · "))
}

// nothingToDo reports whether somebody would be asked for nothing.
func (t *turn) nothingToDo(l link) bool {
	switch t.s.About {
	case company.OfAssessment:
		return l.to.User != "" && len(t.wouldAsk(t.pack(t.s.Pack), l.to.User).questions) == 0
	case company.OfMap:
		m, _ := company.Maps.Get(t.d, company.MapID)
		n := t.duties()
		return len(m.Duties) > 0 && len(n.unowned) == 0 && n.unconfirmed == 0
	}
	return false
}

// nothing closes a date at which nothing is asked: one line, with what is
// open beside it, or not a word.
func (t *turn) nothing(l link) []bot.Effect {
	t.s.Waits.Asked = append(t.s.Waits.Asked, company.Asking{To: l.to, Name: l.name, At: t.now(), Last: t.now()})
	t.s.End(company.Outcome{How: company.WasNothing, At: t.now()})
	if t.s.Quiet && t.stillOpen() == "" && t.noOwner() == "" {
		return nil
	}
	return []bot.Effect{t.show(len(t.s.Waits.Asked) - 1)}
}

// nothingLine says why there is nothing to do.
func (t *turn) nothingLine() string {
	if t.s.About == company.OfMap {
		return "Nothing to do: every duty has somebody, and all have confirmed it within a year."
	}
	return fmt.Sprintf("Nothing to ask today: all %d answers are still fresh.", len(t.pack(t.s.Pack).Questions))
}

// minutes is about how long some of a pack's questions take.
func minutes(p content.Pack, n int) int {
	return max(1, (2*p.Minutes*n+len(p.Questions))/(2*max(1, len(p.Questions))))
}
