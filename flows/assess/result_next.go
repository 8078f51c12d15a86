package assess

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// What comes after a result: the first button is what helps most now, and
// what is settled already is only mentioned.

// helpsMost is the first button of a result, and the reminder where that is not it.
func (t *turn) helpsMost(gaps bool) []bot.Button {
	remind := bot.Press("Remind me every quarter", bot.Do("remind", "offer", t.pack.ID))
	var buttons []bot.Button
	switch {
	case gaps && t.listed():
		buttons = append(buttons, bot.Press("The fix list", bot.Do("fixes", "list")))
	case gaps:
		buttons = append(buttons, bot.Press("Make the fix list", bot.Do("fixes", "make", t.id)))
	}
	if at, _ := company.AsksAgain(t.d, t.pack.ID, t.run.Owner); at.IsZero() {
		buttons = slices.Insert(buttons, 0, remind)
	}
	buttons = append(buttons, bot.Press("Full report", t.see("report")))
	buttons[0].Main = true
	return buttons
}

// listed reports whether the fix list has been made from a run.
func (t *turn) listed() bool {
	list, _ := company.FixesOf.Get(t.d, company.FixesID)
	for _, f := range list.Tasks {
		if f.Run == t.id {
			return true
		}
	}
	return false
}

// again mentions the reminder that is set; empty: there is none.
func (t *turn) again() string {
	switch at, anybody := company.AsksAgain(t.d, t.pack.ID, t.run.Owner); {
	case at.IsZero():
		return ""
	case anybody:
		return "The owners are asked again on " + at.Format("2 January 2006") + "."
	default:
		return "You are asked again on " + at.Format("2 January 2006") + "."
	}
}
