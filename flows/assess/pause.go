package assess

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// waiting offers to go on with a run that was begun before.
func (a assess) waiting(s sheet) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: s.pack.Title + " is waiting for you: " + progressOf(s),
		Blocks: []bot.Block{
			bot.Say("Every answer so far is kept."),
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
	s.run.Paused = true
	s.keep(d, e)
	return []bot.Effect{card(s, a.paused(s))}
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
func (a assess) asItIs(d *bot.Docs, s sheet) []bot.Effect {
	v := a.view(d, s)
	if s.run.Paused {
		v = a.paused(s)
	}
	v.Fresh = s.see("fresh")
	return []bot.Effect{bot.Answer{View: v}}
}

// resume shows the card anew, at the bottom of the conversation.
func (a assess) resume(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) {
		return a.tooLate(d, s)
	}
	s.run.Paused = false
	if e.Place.Kind == bot.Channel {
		s.run.ShareTo = e.Place.Channel
	}
	s.keep(d, e)
	effects := []bot.Effect{card(s, bot.View{Title: s.pack.Title + " goes on below"})}
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
	company.Runs.Delete(d, s.id)
	effects := []bot.Effect{
		bot.Audit{Verb: "discarded", Object: "assessment " + s.pack.ID},
		card(s, bot.View{Title: s.pack.Title + " was started over", Blocks: []bot.Block{bot.Say("The new card is below.")}}),
		bot.End{Key: "run/" + s.id, To: s.run.At},
	}
	index, _ := company.Indexes.Get(d, company.IndexID)
	fresh := sheet{id: company.NewID(e), pack: s.pack, profile: s.profile}
	return append(effects, a.begin(d, e, fresh, index)...)
}

// showAgain posts a run's card anew, at the bottom of the conversation. Of a
// finished run that is the result, even while an answer is being changed.
func (a assess) showAgain(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	v := a.view(d, s)
	if !s.run.Finished.IsZero() {
		v = a.result(d, s)
	}
	return append([]bot.Effect{bot.End{Key: "run/" + s.id, To: s.run.At}, card(s, v)}, a.elsewhere(e)...)
}

// elsewhere tells somebody who pressed in a channel where to look.
func (a assess) elsewhere(e bot.Event) []bot.Effect {
	if e.Place.Kind == bot.Direct {
		return nil
	}
	return say("I've sent it to your direct messages", "Only you see the questions and the result.")
}
