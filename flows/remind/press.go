package remind

import (
	"slices"
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// press answers a button or a form.
func (t *turn) press() []bot.Effect {
	a, sent := t.event.Action, t.event.Kind == bot.Submit
	switch a.Verb {
	case "mine":
		return t.mine()
	case "back":
		return t.back()
	case "once", "again":
		return t.howOften(a.Verb == "once")
	case "away":
		if sent {
			return t.saveAway()
		}
		return t.askAway()
	}
	if a.Verb == "in" {
		return t.in()
	}
	if do, ok := ofDate[a.Verb]; ok {
		return t.ofDate(do, sent)
	}
	if !t.event.From.Owner() {
		return t.onlyOwners()
	}
	switch a.Verb {
	case "offer":
		return t.offer(a.Arg(0), "", a.Arg(1))
	case "propose":
		return t.offer(a.Arg(0), a.Arg(1), a.Arg(2))
	case "form":
		return t.form()
	case "fill":
		return t.filled()
	case "set":
		return t.set()
	case "open":
		return t.one()
	case "here":
		return t.sendHere()
	case "status":
		return t.status()
	case "sheet":
		return t.offerSheet()
	case "sheet-send":
		return t.sendSheet()
	case "not-now":
		return bot.Tell("Nothing is set", "Type "+t.lib.Command+" remind whenever you want one.")
	}
	return t.all()
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

func (t *turn) ofDate(do func(*turn) []bot.Effect, sent bool) []bot.Effect {
	a := t.event.Action
	found := t.load(a.Arg(0))
	if found {
		t.adopt()
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

// fresh shows the card as it is now.
func (t *turn) fresh() []bot.Effect {
	i, err := strconv.Atoi(t.event.Action.Arg(2))
	if err != nil || i < 0 || i >= len(t.s.Waits.Asked) {
		return t.settled()
	}
	if to := t.s.Waits.Asked[i].To; to.User != "" && to.User != t.event.From.ID {
		return t.settled()
	}
	return bot.Respond(t.card(i))
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

// snooze comes back in some days, at the reminder's own time of day.
func (t *turn) snooze() []bot.Effect {
	days, err := strconv.Atoi(t.event.Action.Arg(2))
	if err != nil || days < 1 || days > mostDays {
		days = 7
	}
	if !t.s.Snoozed.IsZero() {
		return t.settled()
	}
	return t.putOff(addDays(local(t.now(), t.zoneHere()), days))
}

// mostDays is how far something can be put off.
const mostDays = 60

// zoneHere is where the clock of the one who pressed stands.
func (t *turn) zoneHere() string { return t.zone(bot.To(t.event.From.ID)) }

// putOff comes back on a day, to the one who wants it.
func (t *turn) putOff(day time.Time) []bot.Effect {
	clock, err := time.Parse("15:04", t.s.Rule.At)
	if err != nil {
		clock = time.Date(0, 1, 1, 9, 0, 0, 0, time.UTC)
	}
	y, m, d := day.Date()
	zone := t.zoneHere()
	if zone == t.s.Rule.Zone || t.s.Rule.At == "" {
		zone = t.s.Rule.Zone
	}
	at := working(time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, local(t.now(), zone).Location()), zone)
	i := t.mineAt()
	if i < 0 {
		i = t.current()
	}
	for j := range t.s.Waits.Asked {
		t.s.Waits.Asked[j].Back = j == i
	}
	t.s.Snoozed, t.s.Waits.Next = at, time.Time{}
	return t.changed()
}

// anotherDay asks for a day in a form, and takes it.
func (t *turn) anotherDay() []bot.Effect {
	text, sent := t.event.Values["day"], t.event.Kind == bot.Submit
	if !sent {
		return []bot.Effect{bot.Open{Form: bot.Form{
			Title:  "Another day",
			Intro:  t.title(t.s) + ".",
			Fields: []bot.Input{{ID: "day", Label: "When shall I ask again?", Hint: schedule.DayCanBeTyped, Value: "in two weeks", Max: 40}},
			Submit: "Ask me then",
			Action: t.act("day"),
		}}}
	}
	zone := t.zoneHere()
	day, err := schedule.ParseDay(text, zone, t.now())
	today, _ := schedule.ParseDay("today", zone, t.now())
	no := func(why string) []bot.Effect { return []bot.Effect{bot.Refuse{Why: map[string]string{"day": why}}} }
	switch {
	case err != nil:
		return no(wrong(err))
	case !day.After(today):
		return no("Please choose a day from tomorrow on.")
	case day.After(today.AddDate(0, 0, mostDays)):
		return no("That is far away. Please choose a day within two months, or skip this time.")
	case !t.s.Due.IsZero() && !day.Before(t.s.Due.UTC().Truncate(24*time.Hour)):
		return no("By then the next one comes, on " + t.day(t.s.Due, zone) + ". Please choose an earlier day.")
	}
	return t.putOff(day)
}

// skip ends this date; the next comes as it would.
func (t *turn) skip() []bot.Effect {
	t.s.End(company.Outcome{How: company.WasSkipped, At: t.now(), By: t.event.From.ID, Name: named(t.event.From.Name)})
	return t.changed(bot.Audit{Verb: "skipped", Object: "reminder of " + key(t.s)})
}

// stop ends a reminder. Who set it hears of it.
func (t *turn) stop() []bot.Effect {
	t.s.Due, t.s.Snoozed = time.Time{}, time.Time{}
	cards := t.endCards(company.Outcome{How: company.WasReplaced, By: t.event.From.ID})
	t.s.Cycle++
	stopped := bot.View{
		Title:  "I won't remind you any more",
		Blocks: []bot.Block{bot.Say(t.title(t.s) + ". Type " + t.lib.Command + " remind to have it back.")},
	}
	if t.s.Owner != t.event.From.ID && slices.Contains(t.ownersHere(), t.s.Owner) {
		cards = append(cards, t.notify(company.Notice{Key: "told/" + company.NewID(t.event), To: bot.To(t.s.Owner), View: bot.View{
			Title:  "A reminder was stopped: " + t.title(t.s),
			Blocks: []bot.Block{bot.Say(prose.Sentence(named(t.event.From.Name)) + " has stopped it. " + t.lib.Command + " remind sets it again.")},
		}})...)
	}
	t.keep()
	effects := append(cards, t.timers()...)
	return append(effects, bot.Audit{Verb: "stopped", Object: "reminder of " + key(t.s)}, bot.Answer{View: stopped})
}

// done asks how it was seen, and takes that.
func (t *turn) done() []bot.Effect {
	if t.s.About == company.OfFixes {
		return t.settled()
	}
	if t.event.Kind != bot.Submit {
		return []bot.Effect{bot.Open{Form: bot.Form{
			Title:  "Done",
			Intro:  t.title(t.s) + ". Leave out passwords, codes and private details of people.",
			Fields: []bot.Input{{ID: "note", Label: "What was done, and how was it seen?", Hint: "The owners read it, and whoever looks later wants to know", Lines: true, Optional: true, Max: maxNote}},
			Submit: "It is done",
			Action: t.act("done"),
		}}}
	}
	t.s.End(company.Outcome{How: company.WasDone, At: t.now(), By: t.event.From.ID, Name: named(t.event.From.Name), Note: prose.Plain(t.event.Values["note"], maxNote)})
	effects := t.changed(bot.Audit{Verb: "did", Object: "reminder of " + key(t.s)})
	if t.mineAt() < 0 {
		effects = append(effects, bot.Tell("Noted as done: "+t.title(t.s), "Thank you.")...)
	}
	return effects
}

// take is somebody who says that they do it this time.
func (t *turn) take() []bot.Effect {
	i := t.mineAt()
	if i < 0 {
		t.s.Waits.Asked = append(t.s.Waits.Asked, company.Asking{To: bot.To(t.event.From.ID), Name: named(t.event.From.Name), At: t.now(), Last: t.now()})
		i = len(t.s.Waits.Asked) - 1
	}
	if other := t.taker(); other >= 0 && other != i {
		return bot.Tell("Somebody has taken it already", "There is nothing for you to do about: "+t.title(t.s)+".")
	}
	a := &t.s.Waits.Asked[i]
	a.Took, a.Left, a.Again = t.now(), false, 0
	t.s.Waits.Next = workdays(t.now(), ownPace, t.zone(a.To))
	return t.changed(bot.Audit{Verb: "took", Object: "reminder of " + key(t.s)})
}

// pass is somebody who can't; the next one is asked.
func (t *turn) pass() []bot.Effect {
	i := t.mineAt()
	if i < 0 {
		return t.settled()
	}
	waited := t.current() == i
	a := &t.s.Waits.Asked[i]
	a.Left, a.Took, a.Back = true, time.Time{}, false
	var effects []bot.Effect
	if waited && t.s.About != company.OfFixes {
		t.s.Snoozed = time.Time{}
		effects = t.ask()
	}
	effects = append(effects, t.show(i))
	t.keep()
	return append(effects, t.timers()...)
}

// out is somebody who does not want to be reminded of this again.
func (t *turn) out() []bot.Effect {
	if t.mineAt() < 0 {
		return t.settled()
	}
	if !slices.Contains(t.s.Out, t.event.From.ID) {
		t.s.Out = append(t.s.Out, t.event.From.ID)
	}
	return t.pass()
}

// in takes that back, from the next date on.
func (t *turn) in() []bot.Effect {
	if !t.load(t.event.Action.Arg(0)) || !slices.Contains(t.s.Out, t.event.From.ID) {
		return bot.Tell("That is settled", "Type "+t.lib.Command+" remind to see what I remind you of.")
	}
	t.s.Out = slices.DeleteFunc(slices.Clone(t.s.Out), func(id string) bool { return id == t.event.From.ID })
	t.keep()
	return append(bot.Tell("I'll remind you again", "From the next date on: "+t.title(t.s)+"."), company.Days(t.now()))
}
