package remind

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// What stands with those who were asked.

// endCards closes the date that is waited for, and shows it to all who were
// asked.
func (t *turn) endCards(o company.Outcome) []bot.Effect {
	if !t.s.Waits.Open() {
		return nil
	}
	if o.At.IsZero() {
		o.At = t.now()
	}
	t.s.End(o)
	return t.showAll()
}

// showAll shows to everybody who was asked how it stands now.
func (t *turn) showAll() []bot.Effect {
	var effects []bot.Effect
	for i, a := range t.s.Waits.Asked {
		if a.Unreached == "" && a.Retry.IsZero() && len(effects) < mostCards {
			effects = append(effects, t.show(i))
		}
	}
	return effects
}

// mostCards is how many cards one step brings up to date; more were never
// asked at once.
const mostCards = 6

// show shows somebody their card as it is now.
func (t *turn) show(i int) bot.Effect { return t.showAs(i, t.card(i)) }

func (t *turn) showAs(i int, v bot.View) bot.Effect {
	a := t.s.Waits.Asked[i]
	return bot.Show{Key: t.cardKey(a.Post), To: a.To, View: v}
}

// cardKey names a message of the current date.
func (t *turn) cardKey(post int) string {
	name := fmt.Sprintf("remind/%s/%d", t.id, t.s.Cycle)
	if post > 0 {
		name += fmt.Sprintf("/%d", post)
	}
	return name
}

// history is who was asked and when, for an owner who reads it; but leaves
// one out.
func (t *turn) history(reader string, but int) string {
	var parts []string
	for i, a := range t.s.Waits.Asked {
		if i == but || len(parts) == mostCards {
			continue
		}
		name := a.Name
		if a.To.User != "" && a.To.User == reader {
			name = "you"
		}
		part := name + " on " + t.day(a.At, t.s.Rule.Zone)
		switch {
		case a.Unreached != "":
			part += " (it did not arrive)"
		case a.Left:
			part += " (can't)"
		case a.Again > 0:
			part += fmt.Sprintf(" (and %s more, last on %s)", times(a.Again), t.day(a.Last, t.s.Rule.Zone))
		}
		parts = append(parts, part)
	}
	return strings.Join(slices.Compact(parts), "; ")
}

func times(n int) string { return prose.Count(n, "time", "times") }
