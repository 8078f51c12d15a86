package assess

import (
	"secadvisor/bot"
)

// ofAsked are the buttons of somebody who was asked one question, which is
// handed to each.
var ofAsked = map[string]func(t *turn, id string) []bot.Effect{
	"reply":        (*turn).reply,
	"reply-change": (*turn).replyAnew,
	"reply-why":    (*turn).whyAsked,
	"reply-fresh":  (*turn).replyFresh,
}

// pressAsked is a press of somebody who was asked one question. What they may
// do follows from the run alone: they are the one who was asked.
func (t *turn) pressAsked(do func(t *turn, id string) []bot.Effect) []bot.Effect {
	a := t.event.Action
	found, id := t.open(a.Arg(0)), a.Arg(2)
	x := t.run.Sent[id]
	switch {
	case !found || x.ID == "" || x.ID != a.Arg(1) || t.place(id) < 0:
		return bot.Tell("Nothing is needed from you any more", "The question was taken back, or settled in another way. Nothing was changed.")
	case t.event.From.ID != x.User || t.event.From.Affiliation != bot.Home:
		return bot.Tell("This question went to somebody else", "Only they can answer it here.")
	}
	return do(t, id)
}

// reply takes an answer into the run. It may be changed until the run is
// finished, unless its owner has answered since.
func (t *turn) reply(id string) []bot.Effect {
	x := t.run.Sent[id]
	said, known := t.said(id, t.event.Action.Arg(3))
	switch settled := !x.Answered.IsZero(); {
	case !known:
		return bot.Tell("That button is from an earlier version", "Nothing was changed.")
	case settled && (t.finished() || t.run.Answers[id].By != x.User):
		return bot.Tell("That is settled already", "To change it, tell "+t.owner()+".")
	case settled && t.run.Answers[id].Value == said.Value && t.run.Answers[id].Evidence == said.Evidence:
		return []bot.Effect{t.letter(id, ""), bot.Answer{View: t.thankYou(id)}}
	}
	said.Name = nameOf(t.event.From, x.Name)
	x.Answered, x.Unreached = t.event.Now, ""
	t.run.Sent[id] = x
	t.record(id, said)
	effects := t.returned(id)
	return append(effects, t.letter(id, ""), bot.Set{Name: t.timer(id)})
}

// returned shows the owner an answer that has come back. Where it was the
// last that was missing, the result comes in a message of its own.
func (t *turn) returned(id string) []bot.Effect {
	stood := t.run.Current == "" && !t.run.Resting && len(t.run.Confirm) == 0
	if t.run.Current == id { // the owner was just about to answer it
		t.run.Current, stood = "", true
	}
	switch {
	case t.finished():
		t.keep()
		return append([]bot.Effect{t.show(bot.View{Title: t.pack.Title + ": an answer of " + whom(t.run.Sent[id]) + " came in; the result stands below"})}, t.anew()...)
	case !stood:
		t.store()
		return []bot.Effect{t.card()}
	}
	t.run.Current = t.firstOpen(id)
	if !t.complete() {
		t.keep()
		return []bot.Effect{t.card()}
	}
	effects := t.finish()
	t.keep()
	effects = append(effects, t.show(bot.View{Title: t.pack.Title + " is complete: " + whom(t.run.Sent[id]) + " answered the last question"}))
	return append(effects, t.anew()...)
}

// replyAnew shows the question once more to whoever answered it.
func (t *turn) replyAnew(id string) []bot.Effect {
	if t.finished() || t.run.Answers[id].By != t.event.From.ID {
		return bot.Tell("That is settled already", "To change it, tell "+t.owner()+".")
	}
	q := t.lib.Questions[id]
	return bot.Respond(bot.View{
		Title:  "Change your answer",
		Blocks: append([]bot.Block{bot.Head(q.Ask), bot.Say(q.YesMeans)}, t.replyButtons(id)...),
	})
}

// replyFresh answers whoever looks at their card again.
func (t *turn) replyFresh(id string) []bot.Effect {
	return bot.Respond(t.letter(id, "").View)
}
