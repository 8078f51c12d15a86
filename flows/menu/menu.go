// Package menu is the flow that greets, says what the bot can do for the one
// who asks, and answers "What do you keep?".
package menu

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	m := menu{lib, owners}
	return bot.Flow{
		Name: "menu",
		Typed: slices.Concat(private, trouble, secure, replies, []string{"", "menu", "help", "keep", "hello", "hi", "hey", "good morning", "good afternoon", "good evening", "start", "thanks", "thank you",
			"what can you do", "what do you do", "who are you", "what do you keep", "what do you store", "privacy", "home", "my page", "what is due",
			"what can i ask", "what is this", "who is this", "forget me", "delete my data", "how do i delete my data",
			"urgent", "something happened", "help me", "help me please", "please help", "please help me", "help help", "omg", "omg omg", "omg omg omg",
			"who handles"}), // the last is what Teams puts into the message before the rest is typed
		Open: true,
		Page: true,
		Step: m.step,
	}
}

type menu struct {
	lib    *content.Library
	owners company.Owners
}

func (m menu) step(d *bot.Docs, e bot.Event) []bot.Effect {
	verb := e.Action.Verb
	switch e.Kind {
	case bot.Installed:
		return m.welcome(d, e)
	case bot.Looked:
		return bot.Respond(m.page(d, e))
	case bot.Command, bot.Message:
		verb = verbOf(e.Text)
	}
	switch verb {
	case "help":
		return bot.Respond(m.help(e))
	case "keep":
		return bot.Respond(m.keep())
	case "home":
		return bot.Respond(m.page(d, e))
	case "urgent":
		return bot.Respond(m.urgent())
	case "ask":
		return m.ask()
	case "private":
		return bot.Respond(m.unseen(e))
	case "trouble":
		return bot.Respond(m.calm(e))
	case "secure":
		return bot.Respond(m.safe(e))
	case "pressed":
		return bot.Respond(m.pressed(e))
	}
	return bot.Respond(m.menu(d, e))
}

func verbOf(text string) string {
	for verb, says := range map[string][]string{"private": private, "trouble": trouble, "secure": secure, "pressed": replies} {
		if slices.Contains(says, text) {
			return verb
		}
	}
	switch text {
	case "help", "what can you do", "what do you do", "who are you", "what can i ask", "what is this", "who is this":
		return "help"
	case "keep", "what do you keep", "what do you store", "privacy", "forget me", "delete my data", "how do i delete my data":
		return "keep"
	case "home", "my page", "what is due":
		return "home"
	case "urgent", "something happened", "help me", "help me please", "please help", "please help me", "help help", "omg", "omg omg", "omg omg omg":
		return "urgent"
	}
	return "menu"
}

// menu is what people see who type the command alone, or greet.
func (m menu) menu(d *bot.Docs, e bot.Event) bot.View {
	v := bot.View{Title: "What can I help with?"}
	v.Blocks = append(v.Blocks, bot.Say("Ask me who handles something, or tell me what just happened. I say whether IT support, security expertise or both handle it, and what to do next."),
		bot.Points("who handles the printer?", "I typed my password into a strange page", "can our new colleague get into the finance folder?"))
	buttons := []bot.Button{{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}}
	if e.From.Owner() {
		buttons = append(buttons,
			bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", content.QuickCheck)), m.reminds(d, e))
	}
	buttons = append(buttons, bot.Press("IT or security: who does what?", bot.Do("explain", "page", "start")), bot.Behind("My page", bot.Do("menu", "home")), bot.Behind("Help", bot.Do("menu", "help")))
	if e.From.Owner() {
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
func (m menu) reminds(d *bot.Docs, e bot.Event) bot.Button {
	var first time.Time
	for _, p := range m.lib.Packs {
		if at, _ := company.AsksAgain(d, p.ID, e.From.ID); first.IsZero() || !at.IsZero() && at.Before(first) {
			first = at
		}
	}
	if first.IsZero() {
		return bot.Press("Remind me every quarter", bot.Do("remind", "offer", content.QuickCheck))
	}
	return bot.Press("Next check: "+first.Format("2 January"), bot.Do("remind", "list"))
}

// urgent offers the emergencies by their symptoms.
func (m menu) urgent() bot.View {
	var options []bot.Button
	for _, t := range m.lib.Topics {
		if t.Urgency == content.Emergency {
			options = append(options, bot.Press(t.Title, bot.Do("who", "topic", t.ID)))
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

// help lists the commands that this person can use.
func (m menu) help(e bot.Event) bot.View {
	sec := m.lib.Command
	items := []bot.Field{
		{Name: sec + " who handles X?", Value: "who does it here, and what to do first; describe a problem in your own words"},
		{Name: sec + " explain", Value: "what IT support does, what security does, and where they meet"},
	}
	switch {
	case e.From.Owner():
		items = append(items,
			bot.Field{Name: sec + " assess", Value: "ten questions about our security, five minutes, seen by you alone"},
			bot.Field{Name: sec + " fixes", Value: "what is to be fixed, who does it and by when"},
			bot.Field{Name: sec + " sides", Value: "you and your IT person answer the same questions apart, and see where you differ"},
			bot.Field{Name: sec + " interview", Value: "four questions to your IT provider, and what their answers mean"},
			bot.Field{Name: sec + " remind", Value: "checks, a restore test or anything else, on time and followed up: " + sec + " remind restore test every 6 months"},
			bot.Field{Name: sec + " status", Value: "whether each reminder arrived, how it went, and when the next comes"},
			bot.Field{Name: sec + " map", Value: "who handles what here, and what nobody does"},
			bot.Field{Name: sec + " assign", Value: "say who handles something"},
			bot.Field{Name: sec + " emergency", Value: "the emergency card, and its numbers"},
			bot.Field{Name: sec + " teach", Value: "what your company's own words mean"},
			bot.Field{Name: sec + " audit", Value: "the log: who started, changed or shared what, and when"})
	case e.From.Affiliation == bot.Home:
		items = append(items, bot.Field{Name: sec + " claim CODE", Value: "become an owner, with the code from whoever runs me"})
	}
	if e.From.Role == bot.IT || e.From.Role == bot.Partner {
		items = append(items, bot.Field{Name: sec + " emergency", Value: "the emergency card: whom to phone, in which order"})
	}
	if e.From.Affiliation == bot.Home && !e.From.Owner() {
		items = append(items, bot.Field{Name: sec + " fixes", Value: "what was given to you to take care of"},
			bot.Field{Name: sec + " remind", Value: "what I remind you of, and when you are away"})
	}
	if e.From.Affiliation == bot.Home {
		items = append(items, bot.Field{Name: sec + " mine", Value: "what is recorded about you, to correct"})
	}
	items = append(items, bot.Field{Name: sec, Value: "the menu"})
	return bot.View{
		Title: "I help you find who handles what: IT support, security expertise, or both",
		Blocks: []bot.Block{
			bot.Row(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
			{Fields: &bot.Fields{Items: items}},
			bot.Say(m.role(e)),
			bot.Row(bot.Press("Menu", bot.Do("menu", "menu")), bot.Press("What do you keep?", bot.Do("menu", "keep"))),
		},
	}
}

// role says what the bot is for to somebody of this role.
func (m menu) role(e bot.Event) string {
	switch {
	case e.From.Owner():
		return "You are an owner here: only owners start and read assessments and set reminders."
	case e.From.Role == bot.IT:
		return "You look after IT here. I send people to you with clear questions, and I never grade you."
	case e.From.Role == bot.Partner:
		return "You help this company with security. Owners share with you what they choose to."
	case e.From.Affiliation != bot.Home:
		return "You are a guest here: you can ask, and what you ask stays between us."
	}
	return "What you ask is shown to you alone."
}

// keep answers "What do you keep?".
func (m menu) keep() bot.View {
	return bot.View{
		Title: "What I keep, and who can read it",
		Blocks: []bot.Block{
			bot.Points(
				"Questions: nothing. While I answer, the text waits in my store; then only the number of the message stays for a day, so that I don't answer twice.",
				"Assessments: the answers and results, until an owner has them erased. The owner who ran it reads it here, and whom that owner lets read it.",
				"The fix list: what is to be fixed, who does it by when, and what they wrote about it, until an owner has it erased. Owners read it; everybody else reads what was given to them: "+m.lib.Command+" fixes.",
				"Checks from both sides: what each of the two answered, a year at most. Neither sees the other's before both are done, and it is deleted when the owner stops it.",
				"Questions to your IT provider: what they answered and commented, and what the owner ticked of it, until that owner deletes it, or 400 days after the last change. Only the owner who asked reads it here; they read what they wrote, and of the rest only what the owner shows them.",
				"Reminders: what, when and for whom, how the latest twelve of each went, who is away, and who doesn't want to be asked.",
				"People: who is an owner, who handles what, and who is phoned in an emergency. "+m.lib.Command+" mine shows what is recorded about you.",
				"What you choose to pass on or hand off: the words that you saw, until it is dealt with, 90 days at most. Your name goes with a question only if you sign it.",
				"What owners taught me: phrases, and the topics they mean.",
				"A log of who started or shared what and when, without contents, for three years.",
				"What I could not deliver: when and why, without the text, for 90 days."),
			bot.Say(m.readers() + " What I write to you here can also be read by whoever can export this workspace's messages."),
			bot.Small("Never type passwords, codes or card numbers here. I never ask for them."),
		},
	}
}

// readers says who could read what lies on the server.
func (m menu) readers() string {
	if m.lib.Sealed {
		return "All of it lies on one server, encrypted: its disk or a backup alone tells nobody anything. The key is with " + m.lib.Host() + ", who could read it."
	}
	return "All of it lies on one server, not encrypted: " + m.lib.Host() + " could read it, and so could whoever gets its disk or a backup."
}
