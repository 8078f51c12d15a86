package remind

import (
	"slices"
	"strconv"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// press answers a button or a form: about whoever presses, about one date of a
// reminder, or about the reminders, which are the owners'.
func (t *turn) press() []bot.Effect {
	verb := t.event.Action.Verb
	if do, ok := ofAnybody[verb]; ok {
		return do(t)
	}
	if do, ok := ofDate[verb]; ok {
		return t.pressDate(do)
	}
	if !t.event.From.Owner() {
		return t.onlyOwners()
	}
	if do, ok := ofOwners[verb]; ok {
		return do(t)
	}
	return t.all()
}

// ofAnybody are the verbs about whoever presses.
var ofAnybody = map[string]func(*turn) []bot.Effect{
	"mine":  (*turn).mine,
	"back":  (*turn).back,
	"once":  (*turn).onlyOnce,
	"again": (*turn).severalTimes,
	"away":  (*turn).away,
	"in":    (*turn).in,
}

// ofDate are the verbs about one date of a schedule. Their buttons carry the
// schedule and its cycle: one of an earlier date changes nothing.
var ofDate = map[string]func(*turn) []bot.Effect{
	"snooze": (*turn).snooze,
	"day":    (*turn).anotherDay,
	"skip":   (*turn).skip,
	"stop":   (*turn).stop,
	"done":   (*turn).done,
	"take":   (*turn).take,
	"pass":   (*turn).pass,
	"out":    (*turn).out,
	"fresh":  (*turn).fresh,
}

// ownersOnly are those of them that only owners may.
var ownersOnly = []string{"skip", "stop"}

// ofOwners are the verbs about what is reminded of.
var ofOwners = map[string]func(*turn) []bot.Effect{
	"offer":      (*turn).offered,
	"propose":    (*turn).proposed,
	"form":       (*turn).form,
	"fill":       (*turn).filled,
	"set":        (*turn).set,
	"not-now":    (*turn).notNow,
	"open":       (*turn).one,
	"here":       (*turn).sendHere,
	"status":     (*turn).status,
	"sheet":      (*turn).offerSheet,
	"sheet-send": (*turn).sendSheet,
}

// pressDate is a press about one date.
func (t *turn) pressDate(do func(*turn) []bot.Effect) []bot.Effect {
	a := t.event.Action
	found := t.load(a.Arg(0))
	if found {
		t.adopt()
		t.arrived()
	}
	switch {
	case slices.Contains(ownersOnly, a.Verb) && !t.event.From.Owner():
		return t.onlyOwners()
	case !found || !t.mayPress():
		return bot.Tell("This reminder is not yours, or not kept any more", "Type "+t.lib.Command+" remind to see yours.")
	case !t.s.Active() && !t.s.Waits.Open():
		return bot.Tell("This reminder is stopped", "Nothing is asked about it any more: "+t.title(t.s)+".")
	case a.Arg(1) != strconv.Itoa(t.s.Cycle):
		return t.settled()
	case a.Verb != "stop" && a.Verb != "fresh" && !t.s.Waits.Open():
		return t.settled()
	}
	return do(t)
}

// adopt takes over a date that came before there was anything to wait for:
// its card stands under the same key.
func (t *turn) adopt() {
	if t.s.Waits.Since.IsZero() && !t.s.Fired.IsZero() && t.s.Due.After(t.s.Fired) {
		t.s.Waits = company.Waiting{Since: t.s.Fired, Asked: []company.Asking{{To: t.s.To, Name: t.s.Name, At: t.s.Fired, Last: t.s.Fired, Back: !t.s.Snoozed.IsZero()}}}
	}
}

// settled answers a button of something that is over.
func (t *turn) settled() []bot.Effect {
	text := "Nothing is left to do about it."
	if at := t.comes(); !at.IsZero() {
		text = "Next on " + spelled(at, t.s.Rule.Zone) + "."
	}
	return bot.Tell("That was settled already", text)
}

// changed stores the schedule and shows it to all who were asked.
func (t *turn) changed(effects ...bot.Effect) []bot.Effect {
	t.keep()
	return once(append(append(t.showAll(), t.timers()...), effects...))
}

// once keeps of several edits of one message the last.
func once(effects []bot.Effect) []bot.Effect {
	var kept []bot.Effect
	for i, x := range effects {
		show, ok := x.(bot.Show)
		again := ok && slices.ContainsFunc(effects[i+1:], func(y bot.Effect) bool {
			later, ok := y.(bot.Show)
			return ok && later.Key == show.Key && later.To == show.To
		})
		if !again {
			kept = append(kept, x)
		}
	}
	return kept
}
