package remind

import (
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// set starts the reminder that was proposed, or changes the one that is
// there.
func (t *turn) set() []bot.Effect {
	a := t.event.Action
	rule, ok := unpacked(a.Arg(1))
	if !ok {
		return t.offer(a.Arg(0), a.Arg(1), a.Arg(2)) // a button of an earlier version carries words
	}
	s, id, ok := t.newOf(a.Arg(0), a.Arg(2))
	if !ok {
		return t.all()
	}
	t.id = id
	t.s = s
	if was, there := company.Schedules.Get(t.d, id); there {
		t.s = was
		if !was.Active() {
			t.s.Owner, t.s.By, t.s.To, t.s.Name = s.Owner, s.By, s.To, s.Name
		}
	}
	changed := t.s
	changed.Rule = rule
	return t.put(changed)
}

// put makes the schedule as it is wished now. Who wished last has it.
func (t *turn) put(wish company.Schedule) []bot.Effect {
	was := t.s
	due, ok := wish.Rule.Next(t.now())
	switch {
	case !ok:
		return t.neverComes()
	case was.Active() && same(was, wish) && was.Due.Equal(due) && was.Failed == "" && was.Paused.IsZero():
		return bot.Tell("That is set already", "Next on "+spelled(t.comes(), was.Rule.Zone)+".")
	case !was.Active() && t.full(wish):
		return bot.Tell("That is many reminders", fmt.Sprintf("There are %d of your own words already, and people stop reading when there are more. Stop one first: %s remind shows them.", company.MostCustom, t.lib.Command))
	}
	verb := "set"
	if was.Active() {
		verb = "changed"
	}
	wish.Due, wish.Failed, wish.Failures, wish.Paused = due, "", 0, time.Time{}
	effects := t.wished(wish)
	t.keep()
	effects = append(effects, t.timers()...)
	return append(effects,
		bot.Audit{Verb: verb, Object: "reminder of " + key(t.s)},
		bot.Answer{View: t.isSet()})
}

// wished puts a wish in the place of the schedule. A date that is waited for
// stays open, and goes to whoever is to be asked now.
func (t *turn) wished(wish company.Schedule) []bot.Effect {
	was := t.s
	wish.Cycle, wish.Past, wish.Waits, wish.Snoozed, wish.Fired = was.Cycle, was.Past, was.Waits, was.Snoozed, was.Fired
	t.s = wish
	switch {
	case !was.Waits.Open():
		t.s.Cycle++
		return nil
	case was.To == wish.To:
		return nil
	}
	t.s.Waits.Outcome = company.Outcome{How: company.WasReplaced, At: t.now()}
	effects := t.showAll()
	t.s.Cycle++
	t.s.Waits, t.s.Snoozed = company.Waiting{Since: was.Waits.Since}, time.Time{}
	return append(effects, t.ask()...)
}

// same reports whether two wishes are one.
func same(a, b company.Schedule) bool {
	return a.Rule == b.Rule && a.To == b.To && a.Quiet == b.Quiet && a.Text == b.Text
}

// full reports whether a company has as many reminders in its own words as
// it may. Of everything else there are only so many kinds.
func (t *turn) full(wish company.Schedule) bool {
	if wish.About != company.OfCustom {
		return false
	}
	n := 0
	for _, id := range company.Schedules.List(t.d, string(company.OfCustom)+".", mostListed) {
		if s, ok := company.Schedules.Get(t.d, id); ok && s.Active() {
			n++
		}
	}
	return n >= company.MostCustom
}

func (t *turn) isSet() bot.View {
	zone := t.s.Rule.Zone
	text := "I'll ask " + t.whom() + " on " + spelled(t.comes(), zone) + ". " + t.lib.Command + " remind changes or stops it."
	return bot.View{
		Title:  "Set: " + t.title(t.s) + ", " + t.s.Rule.String(),
		Blocks: []bot.Block{bot.Say(text)},
		Gist:   "Set: " + t.title(t.s) + ". " + text,
	}
}

// whom says who is asked first.
func (t *turn) whom() string {
	switch {
	case t.s.About == company.OfFixes:
		return "everybody who still owes something"
	case t.s.To.Channel != "":
		return t.s.Name
	case t.s.To.User == t.event.From.ID:
		return "you in your direct messages,"
	}
	return t.s.Name + " in direct messages,"
}

func (t *turn) neverComes() []bot.Effect {
	return bot.Tell("That time never comes", "Choose another one with "+t.lib.Command+" remind.")
}
