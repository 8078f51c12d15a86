package assess

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// offerResume offers to go on with a run that was begun before.
func (t *turn) offerResume() []bot.Effect {
	text := "Every answer so far is kept."
	if t.run.Together() {
		text += " It is answered together in a channel, and goes on there."
	}
	if waits := t.waitsFor(); waits != "" {
		text += " " + waits
	}
	return bot.Respond(bot.View{
		Title: t.pack.Title + " is waiting for you: " + t.progress(),
		Blocks: []bot.Block{
			bot.Say(text),
			bot.Row(bot.Button{Label: "Continue", Action: t.act("resume"), Main: true}, bot.Press("Start over", t.act("restart"))),
		},
	})
}

// later pauses a run. One that is finished, and is being changed, goes back
// to its result.
func (t *turn) later() []bot.Effect {
	if t.late() {
		return t.tooLate()
	}
	if t.finished() {
		t.run.Current = ""
		return t.next()
	}
	t.run.Paused, t.run.Resting, t.run.Block = true, false, 0
	return t.next()
}

func (t *turn) paused() bot.View {
	return bot.View{
		Title: t.pack.Title + " is paused: " + t.progress(),
		Blocks: []bot.Block{
			bot.Say("Every answer is kept. Go on whenever you like, with the button or with " + t.command(t.pack.ID) + "."),
			bot.Row(bot.Button{Label: "Continue", Action: t.act("resume"), Main: true}),
		},
	}
}

// asItIs answers whoever looks at an old card by the card as it is now.
func (t *turn) asItIs() []bot.Effect {
	if t.run.Channel != "" && t.event.Place.Channel == t.run.Channel && !t.run.Together() {
		return bot.Respond(t.thanks())
	}
	return bot.Respond(t.card().View)
}

// resume shows the card anew, at the bottom of the conversation.
func (t *turn) resume() []bot.Effect {
	switch {
	case t.late():
		return t.tooLate()
	case t.run.Together() && t.d.Room(t.run.Channel).Kind != bot.Channel:
		return t.leaveShared()
	}
	t.run.Paused = false
	if t.event.Place.Kind == bot.Channel && t.run.Channel == "" {
		t.run.ShareTo = t.event.Place.Channel
	}
	t.keep()
	effects := []bot.Effect{t.show(bot.View{Title: t.pack.Title + " goes on below"})}
	return append(effects, t.showAgain()...)
}

// restart throws an unfinished run away and begins another; after a finished
// one it begins another beside it.
func (t *turn) restart() []bot.Effect {
	if t.finished() {
		return t.start(t.pack.ID)
	}
	if t.late() {
		return t.tooLate()
	}
	var effects []bot.Effect
	for _, q := range t.waiting() {
		effects = append(effects, t.noMore(t.run.Sent[q]))
	}
	company.Runs.Delete(t.d, t.id)
	effects = append(effects,
		bot.Audit{Verb: "discarded", Object: "assessment " + t.pack.ID},
		t.show(bot.View{Title: t.pack.Title + " was started over"}),
		bot.End{Key: "run/" + t.id, To: t.run.At},
	)
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	delete(index.Open, company.OpenKey(t.run.Owner, t.pack.ID))
	company.Indexes.Put(t.d, company.IndexID, index)
	return append(effects, t.start(t.pack.ID)...)
}

// showAgain posts a run's card anew, at the bottom of the conversation. Of a
// finished run that is the result, even while an answer is being changed.
func (t *turn) showAgain() []bot.Effect {
	effects := t.anew()
	if t.finished() && t.run.Current != "" {
		effects[1] = t.show(t.result())
	}
	return append(effects, t.elsewhere()...)
}

// elsewhere tells somebody who pressed where the card is not where to look.
func (t *turn) elsewhere() []bot.Effect {
	switch {
	case t.run.At.Channel != "" && t.event.Place.Channel == t.run.At.Channel, t.run.At.Channel == "" && t.event.Place.Kind == bot.Direct:
		return nil
	case t.run.At.Channel != "":
		return bot.Tell("It goes on in the channel", "Everybody there can answer.")
	}
	return bot.Tell("I've sent it to your direct messages", "Only you see the questions and the result.")
}
