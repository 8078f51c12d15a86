package assess

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// waiting offers to go on with a run that was begun before.
func (a assess) waiting(s sheet) []bot.Effect {
	text := "Every answer so far is kept."
	if s.run.Together() {
		text += " It is answered together in a channel, and goes on there."
	}
	if waits := a.waitsFor(s); waits != "" {
		text += " " + waits
	}
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: s.pack.Title + " is waiting for you: " + progressOf(s),
		Blocks: []bot.Block{
			bot.Say(text),
			bot.Row(bot.Button{Label: "Continue", Action: s.act("resume"), Main: true}, bot.Press("Start over", s.act("restart"))),
		},
	}}}
}

// later pauses a run. One that is finished, and is being changed, goes back
// to its result.
func (a assess) later(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) {
		return a.tooLate(d, s)
	}
	if !s.run.Finished.IsZero() {
		s.run.Current = ""
		return a.next(d, e, s)
	}
	s.run.Paused, s.run.Resting, s.run.Block = true, false, 0
	return a.next(d, e, s)
}

func (a assess) paused(s sheet) bot.View {
	return bot.View{
		Title: s.pack.Title + " is paused: " + progressOf(s),
		Blocks: []bot.Block{
			bot.Say("Every answer is kept. Go on whenever you like, with the button or with " + a.command(s.pack.ID) + "."),
			bot.Row(bot.Button{Label: "Continue", Action: s.act("resume"), Main: true}),
		},
	}
}

// asItIs answers whoever looks at an old card by the card as it is now.
func (a assess) asItIs(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if s.run.Channel != "" && e.Place.Channel == s.run.Channel && !s.run.Together() {
		return []bot.Effect{bot.Answer{View: a.thanks(s)}}
	}
	return []bot.Effect{bot.Answer{View: a.card(d, s).View}}
}

// resume shows the card anew, at the bottom of the conversation.
func (a assess) resume(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	switch {
	case late(e, s):
		return a.tooLate(d, s)
	case s.run.Together() && d.Room(s.run.Channel).Kind != bot.Channel:
		return a.leaveShared(d, e, s)
	}
	s.run.Paused = false
	if e.Place.Kind == bot.Channel && s.run.Channel == "" {
		s.run.ShareTo = e.Place.Channel
	}
	s.keep(d, e)
	effects := []bot.Effect{s.show(bot.View{Title: s.pack.Title + " goes on below"})}
	return append(effects, a.showAgain(d, e, s)...)
}

// restart throws an unfinished run away and begins another; after a finished
// one it begins another beside it.
func (a assess) restart(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if !s.run.Finished.IsZero() {
		return a.start(d, e, s.pack.ID)
	}
	if late(e, s) {
		return a.tooLate(d, s)
	}
	var effects []bot.Effect
	for _, q := range s.waiting() {
		effects = append(effects, s.noMore(s.run.Sent[q]))
	}
	company.Runs.Delete(d, s.id)
	effects = append(effects,
		bot.Audit{Verb: "discarded", Object: "assessment " + s.pack.ID},
		s.show(bot.View{Title: s.pack.Title + " was started over"}),
		bot.End{Key: "run/" + s.id, To: s.run.At},
	)
	index, _ := company.Indexes.Get(d, company.IndexID)
	delete(index.Open, company.OpenKey(s.run.Owner, s.pack.ID))
	company.Indexes.Put(d, company.IndexID, index)
	return append(effects, a.start(d, e, s.pack.ID)...)
}

// showAgain posts a run's card anew, at the bottom of the conversation. Of a
// finished run that is the result, even while an answer is being changed.
func (a assess) showAgain(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	effects := a.anew(d, s)
	if !s.run.Finished.IsZero() && s.run.Current != "" {
		effects[1] = s.show(a.result(d, s))
	}
	return append(effects, a.elsewhere(e, s)...)
}

// elsewhere tells somebody who pressed where the card is not where to look.
func (a assess) elsewhere(e bot.Event, s sheet) []bot.Effect {
	switch {
	case s.run.At.Channel != "" && e.Place.Channel == s.run.At.Channel, s.run.At.Channel == "" && e.Place.Kind == bot.Direct:
		return nil
	case s.run.At.Channel != "":
		return say("It goes on in the channel", "Everybody there can answer.")
	}
	return say("I've sent it to your direct messages", "Only you see the questions and the result.")
}
