// Package duty is the flow of who handles what at a company: owners say it,
// those they named accept or decline once the owner has introduced it, and
// everybody can see and correct what is recorded about themselves. It owns the
// company's map (company.Map), from which others read whom to turn to.
//
// # A tour
//
// Each name below is a file.
//
//   - What owners see: map is the whole, coverage every topic with what counts
//     for it; words are how a duty is written, subject what it is for.
//   - Giving something to somebody: assign chooses, form asks, form_filled
//     reads what it says, save stores it.
//   - Asking those who were named: introduce says why before anybody is asked,
//     ask asks, question is their card, reply what they say to it.
//   - What is recorded about whoever asks: mine.
package duty

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{
		Name:  "duty",
		Words: []string{"assign"},
		Typed: []string{"assign", "map", "mine", "introduce", "introduce it to it", "what do you know about me", "what is recorded about me"},
		Reads: func(bot.Event) []string { return []string{company.Maps.Key(company.MapID)} },
		Step:  f.step,
	}
}

// Imported is the timer, named as the store knows it, that tells the flow
// that the map was written from outside.
const Imported = "duty/" + imported

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow. m is the company's map, with the changes of
// this step.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
	m     company.Map
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	m, _ := company.Maps.Get(d, company.MapID)
	t := &turn{f, d, e, m}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.typed(e.Text)
	case bot.Click, bot.Submit:
		return t.press(e.Action)
	case bot.Timer:
		return t.fire(e.Timer)
	case bot.Failed:
		return t.undelivered()
	}
	return nil
}

// typed answers a command; its text is the whole of a Typed message, or what
// stands after "assign".
func (t *turn) typed(text string) []bot.Effect {
	switch text {
	case "map":
		return t.press(bot.Do("duty", "map"))
	case "mine", "what do you know about me", "what is recorded about me":
		return t.press(bot.Do("duty", "mine"))
	case "introduce", "introduce it to it":
		return t.press(bot.Do("duty", "introduce"))
	case "assign":
		return t.press(bot.Do("duty", "assign"))
	}
	if !t.event.From.Owner() {
		return bot.Respond(t.forStaff())
	}
	return bot.Respond(t.find(text))
}

func (t *turn) press(a bot.Action) []bot.Effect {
	sent := t.event.Kind == bot.Submit
	switch {
	case a.Verb == "yes" && !sent:
		return t.accept(a.Arg(0), a.Arg(1))
	case a.Verb == "no" && !sent:
		return t.decline(a.Arg(0), a.Arg(1))
	case a.Verb == "details" && !sent:
		return t.askDetails()
	case a.Verb == "details" && sent:
		return t.saveDetails()
	case a.Verb == "mine":
		return bot.Respond(t.mine())
	case !t.event.From.Owner():
		return bot.Respond(t.forStaff())
	}
	return t.owner(a, sent)
}

// owner answers what only owners may press.
func (t *turn) owner(a bot.Action, sent bool) []bot.Effect {
	switch a.Verb {
	case "assign":
		return bot.Respond(t.assign(a.Arg(0)))
	case "topics":
		return bot.Respond(t.topics(content.Side(a.Arg(0))))
	case "who":
		if sent {
			return t.save(a.Arg(0), a.Arg(1), a.Arg(2))
		}
		return t.ask(a.Arg(0), a.Arg(1), a.Arg(2))
	case "clear":
		return t.clear(a.Arg(0))
	case "told":
		return t.told(a.Arg(0))
	case "introduce":
		return bot.Respond(t.introduction())
	case "introduced":
		return t.introduce()
	}
	return bot.Respond(t.overview(a.Arg(0), a.Arg(1)))
}

// keep stores the map, and sets the timer to when somebody is to be asked
// next.
func (t *turn) keep() bot.Effect {
	t.m.Changed = t.event.Now
	company.Maps.Put(t.d, company.MapID, t.m)
	return bot.Set{Name: asking, At: t.next()}
}

// wakes lets the reminder of the map look whether every duty is confirmed now.
func (t *turn) wakes() []bot.Effect {
	return company.Done(t.d, t.event.Now, string(company.OfMap))
}

// forStaff is for those who may not see what nobody handles.
func (t *turn) forStaff() bot.View {
	return bot.View{
		Title: "The owners say who handles what",
		Blocks: []bot.Block{
			bot.Say("To know whom to turn to, just ask me, for example: " + t.lib.Command + " who handles printers? Is a name wrong? Tell an owner: they change it in a minute."),
			bot.Row(bot.Press("What is recorded about me", bot.Do("duty", "mine")), bot.Press("Menu", bot.Do("menu", "menu"))),
		},
	}
}
