// Package menu is the flow that greets, says what the bot can do for the one
// who asks, answers "What do you keep?" and other questions about itself, and fills
// the bot's own page. It is for everybody, guests too. It owns one document: whom
// the first message went to (company.Welcome).
package menu

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{Name: "menu", Typed: typed(), Open: true, Page: true, Step: f.step}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{f, d, e}
	switch e.Kind {
	case bot.Installed:
		return t.welcome()
	case bot.Looked:
		return bot.Respond(t.page())
	case bot.Command, bot.Message:
		return t.press(meant(e.Text))
	case bot.Click, bot.Submit:
		return t.press(e.Action.Verb)
	}
	return nil
}

// press answers a button, or what was typed in its place.
func (t *turn) press(verb string) []bot.Effect {
	if verb == "ask" {
		return t.ask()
	}
	if show, ok := views[verb]; ok {
		return bot.Respond(show(t))
	}
	return bot.Respond(t.menu())
}

// views are what the verbs show.
var views = map[string]func(*turn) bot.View{
	"menu":    (*turn).menu,
	"help":    (*turn).help,
	"keep":    (*turn).keep,
	"home":    (*turn).page,
	"urgent":  (*turn).urgent,
	"private": (*turn).unseen,
	"trouble": (*turn).calm,
	"secure":  (*turn).safe,
	"thanks":  (*turn).welcomed,
	"sorry":   (*turn).noHelp,
	"owner":   (*turn).whoOwns,
	"pressed": (*turn).pressed,
}

// menu is what people see who type the command alone, or greet.
func (t *turn) menu() bot.View {
	v := bot.View{Title: "What can I help with?"}
	v.Blocks = append(v.Blocks, bot.Say("Ask me who handles something, or tell me what just happened. I say whether IT support, security expertise or both handle it, and what to do next."),
		bot.Points("who handles the printer?", "I typed my password into a strange page", "can our new colleague get into the finance folder?"))
	buttons := []bot.Button{{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}}
	if t.event.From.Owner() {
		buttons = append(buttons,
			bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", content.QuickCheck)), t.reminds())
	}
	buttons = append(buttons, bot.Press("IT or security: who does what?", bot.Do("explain", "page", "start")), bot.Behind("My page", bot.Do("menu", "home")), bot.Behind("Help", bot.Do("menu", "help")))
	if t.event.From.Owner() {
		buttons = append(buttons,
			bot.Behind("Fix list", bot.Do("fixes", "list")),
			bot.Behind("Who handles what here", bot.Do("duty", "map")),
			bot.Behind("Emergency card", bot.Do("emergency", "card")))
	}
	buttons = append(buttons, bot.Behind("What do you keep?", bot.Do("menu", "keep")))
	v.Blocks = append(v.Blocks, bot.Row(buttons...))
	return v
}

// reminds offers an owner to be asked again, or says when they are: the first
// assessment that comes, whichever it is.
func (t *turn) reminds() bot.Button {
	var first time.Time
	for _, p := range t.lib.Packs {
		if at, _ := company.AsksAgain(t.d, p.ID, t.event.From.ID); first.IsZero() || !at.IsZero() && at.Before(first) {
			first = at
		}
	}
	if first.IsZero() {
		return bot.Press("Remind me every quarter", bot.Do("remind", "offer", content.QuickCheck))
	}
	return bot.Press("Next check: "+first.Format("2 January"), bot.Do("remind", "list"))
}

// urgent offers the emergencies by their symptoms.
func (t *turn) urgent() bot.View {
	var options []bot.Button
	for _, x := range t.lib.Topics {
		if x.Urgency == content.Emergency {
			options = append(options, bot.Press(x.Title, bot.Do("who", "topic", x.ID)))
		}
	}
	return bot.View{
		Title: "What happened? Pick the closest",
		Blocks: []bot.Block{
			bot.Pick("If money has left the company, phone the bank first.", options...),
			bot.Small("Or describe it in your own words. Never type passwords, codes or card numbers here."),
		},
	}
}
