package remind

import (
	"slices"
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// What somebody does about one date: they see it, skip it, have it done, take it,
// or say that it is not for them.

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
	t.waitAfter(i, ownPace)
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
