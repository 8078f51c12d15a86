package sides

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// asked answers the command. Whoever is not an owner finds their card again
// with it.
func (t *turn) asked(pack string) []bot.Effect {
	if !t.event.From.Owner() {
		return t.mine()
	}
	return t.starting("start", pack)
}

// starting is everything before there is a check, and how the one of now
// stands.
func (t *turn) starting(verb, id string) []bot.Effect {
	p, known := t.lib.Pack(id)
	switch {
	case !t.event.From.Owner():
		return bot.Tell("Only an owner starts this", "An owner and whoever looks after IT answer the same questions apart, and see where they differ. "+t.inDirect())
	case !known:
		return t.whichPack()
	case t.event.Place.Kind == bot.Shared:
		return bot.Tell("Not here: people of other companies may read this channel", "It is about what is open at your company. Type "+t.lib.Command+" sides in your direct messages with me.")
	}
	under := t.load(company.SidesID(t.event.From.ID, id))
	t.id, t.pack = company.SidesID(t.event.From.ID, id), p
	replaces := t.event.Action.Arg(1)
	switch {
	case verb == "chosen" && t.event.Kind == bot.Submit:
		return t.chosen(under, replaces)
	case under && t.c.Compared.IsZero():
		return t.underWay()
	case verb == "choose":
		return t.form("")
	}
	return t.introduce(under)
}

// inDirect says where somebody who was asked finds their card.
func (t *turn) inDirect() string {
	return "If you were asked, your card is in our direct messages; " + t.lib.Command + " sides finds it."
}

// mostChecks is how many checks are looked through for somebody's own.
const mostChecks = 20

// mine shows somebody who was asked their card.
func (t *turn) mine() []bot.Effect {
	var buttons []bot.Button
	only := ""
	for _, id := range company.SidesOf.List(t.d, "", mostChecks) {
		if t.load(id) && t.seatOf(t.event.From) == itSeat && len(buttons) < 5 {
			only = id
			buttons = append(buttons, bot.Press(prose.Label(t.pack.Title+" with "+t.name(ownerSeat)), t.see("show")))
		}
	}
	switch {
	case len(buttons) == 1 && t.load(only):
		return t.show(itSeat)
	case len(buttons) == 0:
		return bot.Tell("Nobody has asked you to compare notes", "An owner starts this: they and whoever looks after IT answer the same questions apart, and see where they differ.")
	}
	return bot.Respond(bot.View{
		Title:  "Which comparison do you want to see?",
		Blocks: []bot.Block{bot.Say("I send it to your direct messages."), bot.Row(buttons...)},
	})
}

func (t *turn) whichPack() []bot.Effect {
	var buttons []bot.Button
	for _, p := range t.lib.Packs {
		buttons = append(buttons, bot.Press(p.Title, bot.Do("sides", "start", p.ID)))
	}
	v := bot.View{Title: "Which questions do you want to compare?", Blocks: []bot.Block{bot.Say("There is no assessment of that name. These I have:")}}
	for i := 0; i < len(buttons); i += 5 {
		v.Blocks = append(v.Blocks, bot.Row(buttons[i:min(i+5, len(buttons))]...))
	}
	return bot.Respond(v)
}

// introduce says what it is, and who sees what, before anybody is asked.
func (t *turn) introduce(before bool) []bot.Effect {
	v := bot.View{Title: "Compare with your IT person · " + t.pack.Title, Blocks: []bot.Block{
		bot.Say(fmt.Sprintf("You and whoever looks after your IT answer the same %d questions, apart. When both are done, both see at the same moment where you see things differently. I never say who is right.", len(t.pack.Questions))),
		bot.Points(
			"You see nothing of their answers before both are done, and they see nothing of yours.",
			"Then they read your answers where the two of you differ, and so do you theirs. Nobody else does.",
			"I ask them in a message of their own, and they can say no. A word from you first is kind: IT people often hear of such things only when something has gone wrong."),
	}}
	buttons := []bot.Button{{Label: "Choose who", Action: bot.Do("sides", "choose", t.pack.ID), Main: true}}
	if before {
		buttons = append(buttons, bot.Press("Show the last comparison", t.see("show")))
	}
	v.Blocks = append(v.Blocks, bot.Row(buttons...),
		bot.Small("They need an account here. To somebody outside, send the questions behind \"Ask the IT provider\" on a result."))
	return bot.Respond(v)
}

// underWay says how a check stands that is not compared yet.
func (t *turn) underWay() []bot.Effect {
	s := &t.c.Owner
	how := "I have asked " + t.name(itSeat) + ". "
	switch {
	case t.c.Refused != "":
		how = prose.Sentence(t.name(itSeat)) + " said no for now. "
	case t.c.Unreached != "":
		how = "I could not reach " + t.name(itSeat) + ": " + t.c.Unreached + ". "
	case !t.c.IT.Done.IsZero():
		how = prose.Sentence(t.name(itSeat)) + " is done. "
	}
	how += fmt.Sprintf("You have answered %d of %d.", t.answered(s), len(t.pack.Questions))
	return bot.Respond(bot.View{
		Title: t.title() + " is under way",
		Blocks: []bot.Block{
			bot.Say(how),
			bot.Row(
				bot.Button{Label: "Show my card", Action: t.see("show"), Main: true},
				bot.Press("Ask somebody else", t.see("other")),
				bot.Press("Stop this check", t.see("stop"))),
		},
	})
}
