package interview

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// starting begins an interview, or shows the one that there is.
func (t *turn) starting() []bot.Effect {
	switch {
	case !t.event.From.Owner():
		return t.mine()
	case t.event.Place.Kind == bot.Shared:
		return bot.Tell("Not here: people of other companies may read this channel", "Type "+t.lib.Command+" interview in your direct messages with me.")
	}
	t.id = company.InterviewID(t.event.From.ID)
	var found bool
	if t.in, found = company.Interviews.Get(t.d, t.id); found {
		return append(t.elsewhere("Only you see the questions and the replies."), below(t.card())...)
	}
	return append(t.elsewhere("Only you see the questions and the replies."), t.begin()...)
}

// begin starts a passage of its own: nothing of an earlier one is left.
func (t *turn) begin() []bot.Effect {
	who := t.event.From
	t.in = company.Interview{Owner: who.ID, OwnerName: prose.Plain(who.Name, maxName), Round: company.NewID(t.event), Started: t.event.Now}
	t.keep()
	return []bot.Effect{bot.Audit{Verb: "started", Object: object}, t.card(), t.wait(t.event.Now.Add(patience))}
}

// object is what the log says that something was done to.
const object = "interview of the IT provider"

// elsewhere tells somebody who asked in a channel where to look.
func (t *turn) elsewhere(who string) []bot.Effect {
	if t.event.Place.Kind == bot.Direct {
		return nil
	}
	return bot.Tell("I've sent it to your direct messages", who)
}

// How many interviews are looked through for those that somebody was asked
// in, and how many of them are shown.
const (
	mostSought = 20
	mostShown  = 4
)

// mine shows somebody who was asked their card again.
func (t *turn) mine() []bot.Effect {
	var effects []bot.Effect
	shown := 0
	for _, id := range company.Interviews.List(t.d, "", mostSought) {
		in, found := company.Interviews.Get(t.d, id)
		if !found || in.Provider != t.event.From.ID || shown == mostShown {
			continue
		}
		t.id, t.in = id, in
		if t.orphaned() {
			continue
		}
		shown++
		effects = append(effects, below(t.letter())...)
	}
	if shown == 0 {
		return bot.Tell("Only an owner starts this", "An owner asks your IT provider four questions with it. If you were asked, your card is in our direct messages.")
	}
	return append(t.elsewhere("Only you and whoever asked see it."), effects...)
}

// offerAgain asks before anything is deleted.
func (t *turn) offerAgain() []bot.Effect {
	return t.confirm("Start again?", "again-now", "Delete and start again")
}

// again forgets everything and begins anew.
func (t *turn) again() []bot.Effect {
	own, theirs := t.farewell()
	own.View = bot.View{Title: "This was deleted; the new questions stand below"}
	effects := append([]bot.Effect{own}, theirs...)
	return append(effects, t.begin()...)
}

func (t *turn) offerStop() []bot.Effect {
	return t.confirm("Stop this?", "stop-now", "Stop and delete")
}

func (t *turn) confirm(title, verb, label string) []bot.Effect {
	text := "The replies, your ticks and any comment are deleted at once."
	if t.in.Provider != "" {
		text += " I tell " + t.provider() + " that nothing is needed any more."
	}
	return bot.Respond(bot.View{
		Title:  title + " Four questions to your IT provider",
		Blocks: []bot.Block{bot.Say(text), bot.Row(bot.Button{Label: label, Action: t.act(verb), Main: true}, bot.Press("Go on with it", t.act("list")))},
	})
}

// stop deletes what was asked, answered and ticked.
func (t *turn) stop() []bot.Effect {
	own, theirs := t.farewell()
	company.Interviews.Delete(t.d, t.id)
	effects := append([]bot.Effect{bot.Audit{Verb: "stopped", Object: object}, t.wait(never), own}, theirs...)
	return append(effects, bot.Tell("Stopped, and deleted", t.lib.Command+" interview begins anew.")...)
}

// abandonBy answers the provider's person after whoever asked has ceased to be
// an owner. Somebody who only looks changes nothing.
func (t *turn) abandonBy(verb string) []bot.Effect {
	over := bot.Tell("These questions are over", "Whoever asked is not an owner any more. Nothing that you wrote is kept. Thank you all the same.")
	if verb == "see" {
		return over
	}
	return append(t.abandon(), over...)
}

// abandon ends an interview whose owner is one no longer.
func (t *turn) abandon() []bot.Effect {
	own, theirs := t.farewell()
	company.Interviews.Delete(t.d, t.id)
	own.View = bot.View{Title: "This has ended", Blocks: []bot.Block{bot.Say("Only owners ask these questions. The replies and the ticks are deleted.")}}
	return append([]bot.Effect{bot.Audit{Verb: "stopped", Object: object}, t.wait(never), own}, theirs...)
}

// farewell are the cards of both as they stand after the end.
func (t *turn) farewell() (own bot.Show, theirs []bot.Effect) {
	own = t.card()
	own.View = bot.View{Title: "Four questions to your IT provider: stopped", Blocks: []bot.Block{bot.Say("Everything about it is deleted. " + t.lib.Command + " interview begins anew.")}}
	if t.in.Provider == "" {
		return own, nil
	}
	return own, t.withdraw("Nothing is needed from you any more", "The questions about security were taken back, and what you wrote is deleted. Thank you all the same.")
}

// withdraw is what stands at the provider's person where they are asked no
// longer.
func (t *turn) withdraw(title, text string) []bot.Effect {
	to, gone := bot.To(t.in.Provider), bot.View{Title: title, Blocks: []bot.Block{bot.Say(text)}}
	effects := []bot.Effect{bot.Show{Key: t.key("asked"), To: to, View: gone}}
	if !t.in.Shown.IsZero() {
		effects = append(effects, bot.Show{Key: t.key("found"), To: to, View: gone})
	}
	return effects
}
