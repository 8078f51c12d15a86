package handoff

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// send gives the note to its receiver.
func (t *turn) send(id string, n Note) []bot.Effect {
	if n.Report {
		return t.sendReport(id, n)
	}
	if n.To.outside() || n.To.Channel != "" && t.d.Room(n.To.Channel).Kind != bot.Channel {
		return bot.Respond(t.preview(id, n))
	}
	n.State, n.Sent = Open, t.event.Now
	effects := []bot.Effect{bot.Audit{Verb: "handed over", Object: n.Topic}}
	effects = append(effects, t.ask(id, &n, n.To)...)
	Notes.PutFor(t.d, id, n, noteFor)
	return append(effects, bot.Answer{View: t.standing(id, n)})
}

// ask gives a target the card and waits for an answer.
func (t *turn) ask(id string, n *Note, to Target) []bot.Effect {
	n.To = to
	n.Asked = append(n.Asked, to)
	return []bot.Effect{
		bot.Show{Key: key(id), To: to.address(), View: t.card(id, *n)},
		bot.Set{Name: id + "/silence", At: t.patience(*n)},
	}
}

func key(id string) string { return "handoff/" + id }

// card is what a receiver gets.
func (t *turn) card(id string, n Note) bot.View {
	v := bot.View{Title: n.Name + " asks for your help · " + t.title(n)}
	if n.Urgent {
		v.Tone = bot.Urgent
		v.Title = "Now · " + n.Name + " needs you · " + t.title(n)
	}
	if len(n.Asked) > 1 {
		v.Blocks = append(v.Blocks, bot.Say("Unanswered since "+n.Sent.UTC().Format("2 January, 15:04 (UTC)")+": can you take it?"))
	}
	v.Blocks = append(v.Blocks, bot.Copy(n.Text))
	v.Blocks = append(v.Blocks, t.makeSure(n)...)
	v.Gist = v.Title
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Button{Label: "I have it", Action: bot.Do("handoff", "take", id), Main: true},
		bot.Press("Not mine", bot.Do("handoff", "not-mine", id))))
	return v
}

// makeSure says how a receiver makes sure who is asking, and whom to phone.
func (t *turn) makeSure(n Note) []bot.Block {
	if !n.Urgent {
		return []bot.Block{bot.Small("In doubt who is asking? Phone them on a number that you know. Links here are broken on purpose.")}
	}
	text := "Phone " + n.Name + " before you act, on a number that you know: this account may not be theirs now."
	m, _ := company.Maps.Get(t.d, company.MapID)
	if p := m.Parties[m.PartyOf(n.From)]; p.Phone != "" && p.Shown != company.ToOwners {
		text += " Saved for them: " + p.Phone + "."
	}
	contacts, _ := company.ContactsOf.Get(t.d, company.ContactsID)
	if i := contacts.Incident; i.Phone != "" && (i.User == "" || i.User != n.To.User) && i.User != n.From {
		text += " In an emergency: " + calls(i) + "."
	}
	return []bot.Block{bot.Say(text), bot.Small("Links here are broken on purpose.")}
}

// calls is a contact with its number.
func calls(c company.Contact) string {
	if c.Name == "" {
		return c.Phone
	}
	return c.Name + ", " + c.Phone
}

// standing tells the asker how it stands.
func (t *turn) standing(id string, n Note) bot.View {
	switch n.State {
	case Draft:
		return t.preview(id, n)
	case Withdrawn:
		return bot.View{Title: "Taken back", Blocks: []bot.Block{bot.Say("The text is gone from their message and from my store. They may have read it.")}}
	case Told:
		return t.withdrawable(id, n, bot.View{Title: "They know: your report was sent"})
	case Taken:
		return bot.View{Title: n.To.Name + " has it", Blocks: []bot.Block{bot.Say("About: " + t.title(n) + ".")}}
	case Closed:
		return t.unanswered(n)
	}
	return t.withdrawable(id, n, bot.View{
		Title:  "Sent to " + n.To.Name,
		Blocks: []bot.Block{bot.Say("I tell you when somebody has it. " + later(n))},
	})
}

// withdrawable is a view with the button that takes a note back, as long as
// that is possible, and the way back to the steps.
func (t *turn) withdrawable(id string, n Note, v bot.View) bot.View {
	row := stepsAgain(n)
	if t.event.Now.Sub(n.Sent) <= withdrawFor {
		row = append(row, bot.Press("Take it back (within 10 minutes)", bot.Do("handoff", "withdraw", id)))
	}
	return withRow(v, row)
}

// stepsAgain leads back to what to do until help comes: an answer may have taken
// its place.
func stepsAgain(n Note) []bot.Button {
	if !n.Urgent {
		return nil
	}
	steps := bot.Do("who", "case", n.Topic, n.Case, "")
	if n.Case == "" {
		steps = bot.Do("who", "topic", n.Topic)
	}
	return []bot.Button{bot.Press("Back to the steps", steps)}
}

func withRow(v bot.View, row []bot.Button) bot.View {
	if len(row) > 0 {
		v.Blocks = append(v.Blocks, bot.Row(row...))
	}
	return v
}

// unanswered is for an asker whom nobody answered.
func (t *turn) unanswered(n Note) bot.View {
	contacts, _ := company.ContactsOf.Get(t.d, company.ContactsID)
	text := "Phone or walk to whoever looks after your computers, then the owner."
	if i := contacts.Incident; i.Phone != "" {
		text = "Phone " + calls(i) + ", or walk to the owner."
	}
	title := "Nobody has answered yet: " + t.title(n)
	if n.Topic == noAnswer {
		title = "Nobody has answered here either"
	}
	return bot.View{Title: title, Blocks: []bot.Block{bot.Say(text)}}
}

// tell says to the asker whom it goes to next, in one message that is edited.
func (t *turn) tell(id string, n Note, v bot.View) bot.Effect {
	return bot.Show{Key: told(id), To: bot.To(n.From), View: v}
}

// call says something to the asker in a message of its own: a platform calls
// nobody to one that is only changed.
func (t *turn) call(id string, n Note, v bot.View, what string) bot.Effect {
	return bot.Show{Key: told(id) + what, To: bot.To(n.From), View: v}
}

func told(id string) string { return "handoff-told/" + id }

// everywhere edits every card of a note.
func everywhere(id string, n Note, v bot.View) []bot.Effect {
	var effects []bot.Effect
	for _, x := range n.Asked {
		effects = append(effects, bot.Show{Key: key(id), To: x.address(), View: v})
	}
	return effects
}
