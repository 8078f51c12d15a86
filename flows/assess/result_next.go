package assess

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
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
	if _, _, set := t.asksAgain(); !set {
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

// asksAgain is when a pack is asked again by itself: of the run's owner, or of
// whoever answers first where the configuration sets it.
func (t *turn) asksAgain() (at time.Time, anybody, set bool) {
	for _, who := range []string{t.run.Owner, ""} {
		r, _ := company.Schedules.Get(t.d, company.ScheduleID(t.pack.ID, who))
		next := r.Due
		if !r.Snoozed.IsZero() {
			next = r.Snoozed
		}
		if next.IsZero() || !r.Paused.IsZero() || slices.Contains(r.Out, t.run.Owner) {
			continue
		}
		return next.In(schedule.Location(r.Rule.Zone)), who == "", true
	}
	return at, false, false
}

// again mentions the reminder that is set; empty: there is none.
func (t *turn) again() string {
	switch at, anybody, set := t.asksAgain(); {
	case !set:
		return ""
	case anybody:
		return "The owners are asked again on " + at.Format("2 January 2006") + "."
	default:
		return "You are asked again on " + at.Format("2 January 2006") + "."
	}
}
