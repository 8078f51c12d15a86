package handoff

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// send gives the note to its receiver.
func (t turn) send(id string, n Note) []bot.Effect {
	if n.To.outside() || n.To.Channel != "" && t.d.Room(n.To.Channel).Kind != bot.Channel {
		return answer(t.preview(id, n))
	}
	n.State, n.Sent = Open, t.event.Now
	effects := []bot.Effect{bot.Audit{Verb: "handed over", Object: n.Topic}}
	effects = append(effects, t.ask(id, &n, n.To)...)
	Notes.PutFor(t.d, id, n, noteFor)
	return append(effects, bot.Answer{View: t.standing(id, n)})
}

// ask gives a target the card and waits for an answer.
func (t turn) ask(id string, n *Note, to Target) []bot.Effect {
	n.To = to
	n.Asked = append(n.Asked, to)
	return []bot.Effect{
		bot.Show{Key: key(id), To: to.address(), View: t.card(id, *n)},
		bot.Set{Name: id + "/silence", At: t.patience(*n)},
	}
}

func key(id string) string { return "handoff/" + id }

// card is what a receiver gets.
func (t turn) card(id string, n Note) bot.View {
	v := bot.View{Title: n.Name + " asks for your help · " + t.title(n)}
	if n.Urgent {
		v.Tone = bot.Urgent
		v.Title = "Now · " + n.Name + " needs you · " + t.title(n)
	}
	if len(n.Asked) > 1 {
		v.Blocks = append(v.Blocks, bot.Say("Unanswered since "+n.Sent.UTC().Format("2 January, 15:04 (UTC)")+": can you take it?"))
	}
	v.Blocks = append(v.Blocks, bot.Copy(n.Text))
	if n.Urgent {
		v.Blocks = append(v.Blocks, bot.Say("Phone them first, on a number that you know: this account may not be theirs now."))
	} else {
		v.Blocks = append(v.Blocks, bot.Small("In doubt who is asking? Phone them on a number that you know. Links here are broken on purpose."))
	}
	v.Gist = v.Title
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Button{Label: "I have it", Action: bot.Do("handoff", "take", id), Main: true},
		bot.Press("Not mine", bot.Do("handoff", "not-mine", id))))
	return v
}

// standing tells the asker how it stands.
func (t turn) standing(id string, n Note) bot.View {
	switch n.State {
	case Draft:
		return t.preview(id, n)
	case Withdrawn:
		return bot.View{Title: "Taken back", Blocks: []bot.Block{bot.Say("The text is gone from their message and from my store. They may have read it.")}}
	case Taken:
		return bot.View{Title: n.To.Name + " has it", Blocks: []bot.Block{bot.Say("About: " + t.title(n) + ".")}}
	case Closed:
		return t.unanswered(n)
	}
	v := bot.View{Title: "Sent to " + n.To.Name, Blocks: []bot.Block{bot.Say("I tell you when somebody has it. No answer goes on to the next person" + when(n) + ".")}}
	if t.event.Now.Sub(n.Sent) <= withdrawFor {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("Take it back (within 10 minutes)", bot.Do("handoff", "withdraw", id))))
	}
	return v
}

func when(n Note) string {
	if n.Urgent {
		return " after ten minutes"
	}
	return " after a working day"
}

// unanswered is for an asker whom nobody answered.
func (t turn) unanswered(n Note) bot.View {
	contacts, _ := company.ContactsOf.Get(t.d, company.ContactsID)
	text := "Phone or walk to whoever looks after your computers, then the owner."
	if i := contacts.Incident; i.Phone != "" {
		text = "Phone " + i.Name + ", " + i.Phone + ", or walk to the owner."
	}
	return bot.View{Title: "Nobody has answered yet: " + t.title(n), Blocks: []bot.Block{bot.Say(text)}}
}

// tell says to the asker how it stands, in one message that is edited.
func (t turn) tell(id string, n Note, v bot.View) bot.Effect {
	return bot.Show{Key: "handoff-told/" + id, To: bot.To(n.From), View: v}
}

// everywhere edits every card of a note.
func everywhere(id string, n Note, v bot.View) []bot.Effect {
	var effects []bot.Effect
	for _, x := range n.Asked {
		effects = append(effects, bot.Show{Key: key(id), To: x.address(), View: v})
	}
	return effects
}

// mayAnswer reports whether somebody has the card: it came to them, or to a
// channel that they wrote from.
func (t turn) mayAnswer(n Note) bool {
	return slices.ContainsFunc(n.Asked, func(x Target) bool {
		return x.User == t.event.From.ID && x.User != "" || x.Channel != "" && x.Channel == t.event.Place.Channel
	})
}

// take is the word of somebody who has it.
func (t turn) take(id string, n Note) []bot.Effect {
	if n.State != Open || !t.mayAnswer(n) {
		return answer(t.lateFor(n))
	}
	n.State, n.To = Taken, Target{Name: t.event.From.Name, User: t.event.From.ID}
	Notes.PutFor(t.d, id, n, noteFor)
	effects := everywhere(id, n, bot.View{
		Title:  n.To.Name + " has it · " + t.title(n),
		Blocks: []bot.Block{bot.Say("From " + n.Name + ":"), bot.Copy(n.Text)},
	})
	effects = append(effects, t.tell(id, n, t.standing(id, n)), bot.Set{Name: id + "/silence"})
	return append(effects, answer(bot.View{Title: "Thank you. " + n.Name + " knows that you have it"})...)
}

// lateFor answers a press on a card that is over, or was never theirs.
func (t turn) lateFor(n Note) bot.View {
	if n.State == Taken && t.mayAnswer(n) {
		return bot.View{Title: n.To.Name + " has it already"}
	}
	return over()
}

// notMine passes it on at once.
func (t turn) notMine(id string, n Note) []bot.Effect {
	if n.State != Open || !t.mayAnswer(n) {
		return answer(t.lateFor(n))
	}
	effects := answer(bot.View{Title: "Thank you. It goes to the next person"})
	effects = append(effects, bot.Show{Key: key(id), To: n.To.address(), View: bot.View{Title: "Passed on · " + t.title(n)}})
	return append(effects, t.next(id, n, n.To.Name+" passed it on.")...)
}

// withdraw takes the text back out of every card, and out of the store.
func (t turn) withdraw(id string, n Note) []bot.Effect {
	switch {
	case n.State == Withdrawn, n.State == Draft:
		return answer(t.standing(id, n))
	case t.event.Now.Sub(n.Sent) > withdrawFor:
		return answer(bot.View{Title: "Ten minutes are over, so it stays with " + n.To.Name, Blocks: []bot.Block{bot.Say("Tell them yourself that it is not needed.")}})
	}
	n.State, n.Text = Withdrawn, ""
	Notes.PutFor(t.d, id, n, noteFor)
	effects := everywhere(id, n, bot.View{Title: "Withdrawn by " + n.Name})
	effects = append(effects, bot.Set{Name: id + "/silence"})
	return append(effects, bot.Answer{View: t.standing(id, n)})
}
