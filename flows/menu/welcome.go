package menu

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// welcome is the message to whoever opens the bot first, and nobody else; if
// that was no owner, the first owner who opens it gets theirs.
func (t *turn) welcome() []bot.Effect {
	if t.event.From.Affiliation != bot.Home {
		return nil
	}
	was, _ := company.Welcomes.Get(t.d, company.WelcomeID)
	owed := was.To == "" || t.event.From.Owner() && was.To != t.event.From.ID && was.Owner == ""
	if !owed {
		return nil
	}
	view := t.hello()
	if was.To == "" {
		was.To, was.At = t.event.From.ID, t.event.Now
	}
	if t.event.From.Owner() {
		was.Owner, view = t.event.From.ID, t.firstSteps()
	}
	company.Welcomes.Put(t.d, company.WelcomeID, was)
	return []bot.Effect{bot.Show{Key: "welcome", To: bot.To(t.event.From.ID), View: view}}
}

// hello is for everybody: what the bot does for them, and that they can ask at
// once. Whoever can become the owner is told how while there is none.
func (t *turn) hello() bot.View {
	v := bot.View{
		Title: "I'm here: ask who handles something, or tell me what happened",
		Blocks: []bot.Block{
			bot.Say("Write it here in your own words. I say whether IT support, security expertise or both handle it, who that is at your company, and what to do first."),
			bot.Points("who handles the printer?", "I typed my password into a strange page", "can our new colleague get into the finance folder?"),
			bot.Row(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}, bot.Press("Ask", bot.Do("menu", "ask")), bot.Press("Menu", bot.Do("menu", "menu"))),
		},
	}
	if len(t.owners.Of(t.d, t.event)) == 0 {
		v.Blocks = append(v.Blocks, bot.Say("Is the company yours, or do you run it? Then type "+t.lib.Command+" claim CODE, and you can check its security. Whoever set me up has the code."))
	}
	v.Blocks = append(v.Blocks, bot.Small("Only you got this message. What you ask is shown to you alone, and not kept."))
	return v
}

// firstSteps are the owner's: what is left to do, the most urgent first.
func (t *turn) firstSteps() bot.View {
	steps := []string{
		"Save who is phoned in an emergency: urgent answers show the name and number.",
		"Try a question, as your staff will: " + t.lib.Command + " who handles printers?",
		"Check your security: ten questions, five minutes. Only you read the result.",
	}
	buttons := []bot.Button{
		bot.Press("Save who is phoned", bot.Do("emergency", "edit", "incident")),
		bot.Press("Try a question", bot.Do("who", "topic", "printer-scanner")),
		bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", content.QuickCheck)),
	}
	title := "I'm here: three things and you're set up"
	if c, _ := company.ContactsOf.Get(t.d, company.ContactsID); c.Incident.Phone != "" {
		title, steps, buttons = "I'm here: two things and you're set up", steps[1:], buttons[1:]
	}
	buttons[0].Main = true
	return bot.View{
		Title: title,
		Blocks: []bot.Block{
			bot.Say("You are an owner: only owners start checks, read results and set reminders."),
			bot.Steps(steps...),
			bot.Row(append(buttons, bot.Press("Menu", bot.Do("menu", "menu")))...),
			bot.Small("Only you got this message."),
		},
	}
}
