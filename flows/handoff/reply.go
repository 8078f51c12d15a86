package handoff

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// asked finds the target for whom somebody answers: the card came to them, or
// to the channel in which they press.
func (t *turn) asked(n Note) (Target, bool) {
	i := slices.IndexFunc(n.Asked, func(x Target) bool {
		return x.User == t.event.From.ID && x.User != "" || x.Channel != "" && x.Channel == t.event.Place.Channel
	})
	if i < 0 {
		return Target{}, false
	}
	return n.Asked[i], true
}

// take is the word of somebody who has it. It is welcome as well after the
// asker was told that nobody has answered: the card is still there to be read.
func (t *turn) take(id string, n Note) []bot.Effect {
	if _, ok := t.asked(n); n.State != Open && n.State != Closed || !ok {
		return bot.Respond(t.lateFor(n))
	}
	n.State, n.To = Taken, Target{Name: t.event.From.Name, User: t.event.From.ID}
	kept := n
	kept.Text = ""
	Notes.PutFor(t.d, id, kept, noteFor)
	effects := everywhere(id, n, bot.View{
		Title:  n.To.Name + " has it · " + t.title(n),
		Blocks: []bot.Block{bot.Say("From " + n.Name + ":"), bot.Copy(n.Text)},
	})
	effects = append(effects, t.call(id, n, t.standing(id, n), "/has"), bot.Set{Name: id + "/silence"})
	if n.Urgent {
		effects = append(effects, company.Helped(n.From)...)
	}
	return append(effects, bot.Respond(bot.View{Title: "Thank you. " + n.Name + " knows that you have it"})...)
}

// lateFor answers a press on a card that is over, or was never theirs.
func (t *turn) lateFor(n Note) bot.View {
	switch _, ok := t.asked(n); {
	case n.State == Taken && n.To.User == t.event.From.ID:
		return bot.View{Title: "You have it already, and " + n.Name + " knows"}
	case n.State == Taken && ok:
		return bot.View{Title: n.To.Name + " has it already"}
	case n.State == Closed && ok:
		return bot.View{Title: "Nobody has it yet", Blocks: []bot.Block{bot.Say("Nobody was left to ask, and " + n.Name + " was told so. Can you help after all? Press “I have it”, or phone them.")}}
	}
	return over()
}

// notMine passes it on at once; from somebody whose time is over it says only
// that they are out of it.
func (t *turn) notMine(id string, n Note) []bot.Effect {
	x, ok := t.asked(n)
	if n.State != Open || !ok {
		return bot.Respond(t.lateFor(n))
	}
	effects := bot.Respond(bot.View{Title: "Thank you. " + n.Name + " knows that it is not yours"})
	effects = append(effects, bot.Show{Key: key(id), To: x.address(), View: bot.View{Title: "Passed on · " + t.title(n)}})
	if x.address() != n.To.address() {
		return effects
	}
	return append(effects, t.next(id, n, n.To.Name+" passed it on.")...)
}

// withdraw takes the text back out of every card, and out of the store.
func (t *turn) withdraw(id string, n Note) []bot.Effect {
	switch {
	case n.State == Withdrawn, n.State == Draft:
		return bot.Respond(t.standing(id, n))
	case t.event.Now.Sub(n.Sent) > withdrawFor:
		return bot.Tell("Ten minutes are over, so it stays with "+n.To.Name, "Tell them yourself that it is not needed.")
	}
	n.State, n.Text = Withdrawn, ""
	Notes.PutFor(t.d, id, n, noteFor)
	effects := everywhere(id, n, bot.View{Title: "Withdrawn by " + n.Name})
	effects = append(effects, bot.Set{Name: id + "/silence"})
	return append(effects, bot.Answer{View: t.standing(id, n)})
}
