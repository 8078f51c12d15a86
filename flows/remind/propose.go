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

// offered is a button that leads to a reminder of something.
func (t *turn) offered() []bot.Effect {
	a := t.event.Action
	return t.offer(a.Arg(0), "", a.Arg(1))
}

// proposed is a button that says how often.
func (t *turn) proposed() []bot.Effect {
	a := t.event.Action
	return t.offer(a.Arg(0), a.Arg(1), a.Arg(2))
}

func (t *turn) notNow() []bot.Effect {
	return bot.Tell("Nothing is set", "Type "+t.lib.Command+" remind whenever you want one.")
}

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
