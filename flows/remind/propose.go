package remind

import (
	"encoding/json"
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
)

// window is within what time after its date a reminder comes, so that not
// everybody's nine o'clock is the same second.
const (
	windowMinutes = 10
	window        = windowMinutes * time.Minute
)

// offer proposes a reminder of something, at its usual rhythm or the one that
// is set.
func (t *turn) offer(key, words, text string) []bot.Effect {
	s, id, ok := t.newOf(key, text)
	if !ok {
		return t.all()
	}
	var err error
	if words == "" {
		s.Rule, err = t.usually(key)
	} else {
		s.Rule, err = t.parse(words)
	}
	if err != nil {
		return t.askWhen(s, text, err)
	}
	return t.propose(id, s)
}

// askWhen asks for a rhythm that was not understood.
func (t *turn) askWhen(s company.Schedule, text string, why error) []bot.Effect {
	v := bot.View{Title: "When shall I remind you?"}
	if s.About == company.OfCustom && text != "" {
		v.Blocks = append(v.Blocks, bot.Say("Of: “"+s.Text+"”."))
	}
	if why != nil {
		v.Blocks = append(v.Blocks, bot.Say(wrong(why)))
	}
	v.Blocks = append(v.Blocks, t.rhythms(key(s), s.Text))
	return bot.Respond(v)
}

func (t *turn) rhythms(key, text string) bot.Block {
	do := func(words string) bot.Action { return bot.Do("remind", "propose", key, words, text) }
	return bot.Row(
		bot.Button{Label: "Every quarter", Action: do("quarterly"), Main: true},
		bot.Press("Every month", do("monthly")),
		bot.Press("Every year", do("yearly")),
		bot.Press("Another time", bot.Do("remind", "form", key, text)),
	)
}

// propose repeats what was understood, with the next dates, and asks.
func (t *turn) propose(id string, s company.Schedule) []bot.Effect {
	next := dates(s.Rule, s.Rule.Zone, t.now(), 3)
	if len(next) == 0 {
		return t.neverComes()
	}
	var days []string
	for _, at := range next {
		days = append(days, spelled(at, s.Rule.Zone))
	}
	v := bot.View{Title: t.title(s) + ", " + s.Rule.String()}
	if was, ok := company.Schedules.Get(t.d, id); ok && was.Active() {
		v.Blocks = append(v.Blocks, bot.Say("This is set already: "+was.Rule.String()+". Shall I change it?"))
	}
	first := "In your direct messages, on these days first:"
	if len(days) == 1 {
		first = "In your direct messages, on this day:"
	}
	if s.About == company.OfFixes {
		first = "To everybody who still owes something, on these days first:"
	}
	v.Blocks = append(v.Blocks, bot.Say(first), bot.Points(days...),
		bot.Small(fmt.Sprintf("It comes within %d minutes after that. I ask about such things on working days between %d:00 and %d:00 only.", windowMinutes, schedule.Morning, schedule.Evening)),
		bot.Row(
			bot.Button{Label: "Set it", Action: bot.Do("remind", "set", key(s), packed(s.Rule), s.Text), Main: true},
			bot.Press("Another time, or somebody else", bot.Do("remind", "form", key(s), s.Text, packed(s.Rule))),
			bot.Press("Not now", bot.Do("remind", "not-now")),
		))
	return bot.Respond(v)
}

// packed is a rule in a button: what was proposed is what is set, also when
// the button is pressed on another day.
func packed(r schedule.Rule) string {
	text, err := json.Marshal(r)
	if err != nil {
		panic("remind: a rule is plain text and numbers: " + err.Error())
	}
	return string(text)
}

// unpacked reads what a button carries, which may be anything.
func unpacked(text string) (r schedule.Rule, ok bool) {
	if json.Unmarshal([]byte(text), &r) != nil {
		return r, false
	}
	return r, r.Check() == nil
}

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
