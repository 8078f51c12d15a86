// Package emergency is the flow of the emergency card: whom those who decide
// phone, in which order, from stored data alone. Owners keep its numbers, and
// its people get it as a file beforehand. It owns those numbers
// (company.Contacts).
package emergency

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{
		Name:  "emergency",
		Words: []string{"emergency"},
		Reads: func(bot.Event) []string { return []string{company.ContactsOf.Key(company.ContactsID)} },
		Step:  f.step,
		File:  f.file,
	}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow.
type turn struct {
	flow
	d        *bot.Docs
	event    bot.Event
	contacts company.Contacts
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	c, _ := company.ContactsOf.Get(d, company.ContactsID)
	t := &turn{f, d, e, c}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.open()
	case bot.Click:
		return t.press(e.Action.Verb, e.Action.Arg(0))
	case bot.Submit:
		return t.filled(e.Action.Verb, e.Action.Arg(0))
	case bot.Failed:
		return append(t.undelivered(), t.unheard()...)
	}
	return nil
}

// open shows the card to those who decide, and to everybody else what to do
// when something happens.
func (t *turn) open() []bot.Effect {
	if !t.reads() {
		return bot.Respond(t.forStaff())
	}
	return bot.Respond(t.card())
}

// press answers a button.
func (t *turn) press(verb, id string) []bot.Effect {
	switch {
	case verb == "card":
		return t.open()
	case !t.event.From.Owner():
		return bot.Respond(t.onlyOwners())
	case verb == "edit":
		return t.edit(id)
	case verb == "give":
		return t.give()
	case verb == "hand-out":
		return t.handOut()
	}
	return bot.Respond(t.numbers())
}

// filled takes a form.
func (t *turn) filled(verb, id string) []bot.Effect {
	switch {
	case !t.event.From.Owner():
		return bot.Respond(t.onlyOwners())
	case verb == "save":
		return t.save(id)
	}
	return bot.Respond(t.numbers())
}

// reads reports whether somebody may read the card: owners, those who look
// after IT or security here, and whoever it names.
func (t *turn) reads() bool {
	from := t.event.From
	if from.Affiliation != bot.Home {
		return false
	}
	if from.Owner() || from.Role == bot.IT || from.Role == bot.Partner {
		return true
	}
	for _, k := range kinds {
		if c := *k.of(&t.contacts); k.onCard && c.User != "" && c.User == from.ID {
			return true
		}
	}
	return false
}

func (t *turn) forStaff() bot.View {
	v := bot.View{
		Tone:  bot.Urgent,
		Title: "Has something happened? Tell me what, and I show the first steps",
		Blocks: []bot.Block{
			bot.Say(t.whomToPhone()),
			bot.Row(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
			bot.Small("The emergency card itself is for those who decide: the owners, and the people whom it names."),
		},
	}
	v.Gist = v.Title + " " + t.whomToPhone()
	return v
}

func (t *turn) whomToPhone() string {
	if c := t.contacts.Incident; known(c) {
		return "Phone " + named(c) + ". In danger, the emergency number of your country comes first."
	}
	return "Phone or walk to whoever looks after your computers, then the owner. In danger, the emergency number of your country comes first."
}

func (t *turn) onlyOwners() bot.View {
	return bot.View{
		Title:  "Only an owner can change these numbers",
		Blocks: []bot.Block{bot.Say("That keeps a stranger from putting in their own. Tell an owner what is wrong: they change it in a minute.")},
	}
}
