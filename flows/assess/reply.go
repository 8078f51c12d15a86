package assess

import (
	"secadvisor/bot"
)

// replies are the buttons of somebody who was asked one question. What they
// may do follows from the run alone: they are the one who was asked.
var replies = map[string]func(assess, *bot.Docs, bot.Event) []bot.Effect{
	"reply":        assess.reply,
	"reply-change": assess.replyAnew,
	"reply-why":    assess.replyWhy,
	"reply-fresh":  assess.replyFresh,
}

// questioned finds the question that somebody was asked; no says why their
// press does not count.
func (a assess) questioned(d *bot.Docs, e bot.Event) (s sheet, id string, no []bot.Effect) {
	s, found := a.open(d, e.Action.Arg(0))
	id = e.Action.Arg(2)
	x := s.run.Sent[id]
	switch {
	case !found || x.ID == "" || x.ID != e.Action.Arg(1) || place(s, id) < 0:
		return s, id, say("Nothing is needed from you any more", "The question was taken back, or settled in another way. Nothing was changed.")
	case e.From.ID != x.User || e.From.Affiliation != bot.Home:
		return s, id, say("This question went to somebody else", "Only they can answer it here.")
	}
	return s, id, nil
}

// reply takes an answer into the run. It may be changed until the run is
// finished, unless its owner has answered since.
func (a assess) reply(d *bot.Docs, e bot.Event) []bot.Effect {
	s, id, no := a.questioned(d, e)
	if no != nil {
		return no
	}
	x := s.run.Sent[id]
	said, known := a.said(e, s, id, e.Action.Arg(3))
	switch settled := !x.Answered.IsZero(); {
	case !known:
		return say("That button is from an earlier version", "Nothing was changed.")
	case settled && (!s.run.Finished.IsZero() || s.run.Answers[id].By != x.User):
		return say("That is settled already", "To change it, tell "+s.owner()+".")
	case settled && s.run.Answers[id].Value == said.Value && s.run.Answers[id].Evidence == said.Evidence:
		return []bot.Effect{a.letter(s, id, ""), bot.Answer{View: a.thankYou(s, id)}}
	}
	said.Name = nameOf(e.From, x.Name)
	x.Answered, x.Unreached = e.Now, ""
	s.run.Sent[id] = x
	s.record(id, said)
	effects := a.returned(d, e, &s, id)
	return append(effects, a.letter(s, id, ""), bot.Set{Name: s.timer(id)})
}

// returned shows the owner an answer that has come back. Where it was the
// last that was missing, the result comes in a message of its own.
func (a assess) returned(d *bot.Docs, e bot.Event, s *sheet, id string) []bot.Effect {
	stood := s.run.Current == "" && !s.run.Resting && len(s.run.Confirm) == 0
	if s.run.Current == id { // the owner was just about to answer it
		s.run.Current, stood = "", true
	}
	switch {
	case !s.run.Finished.IsZero():
		s.keep(d, e)
		return append([]bot.Effect{s.show(bot.View{Title: s.pack.Title + ": an answer of " + whom(s.run.Sent[id]) + " came in; the result stands below"})}, a.anew(d, *s)...)
	case !stood:
		s.store(d, e)
		return []bot.Effect{a.card(d, *s)}
	}
	s.run.Current = a.firstOpen(*s, id, e.Now)
	if !a.complete(*s) {
		s.keep(d, e)
		return []bot.Effect{a.card(d, *s)}
	}
	effects := a.finish(d, e, s)
	s.keep(d, e)
	effects = append(effects, s.show(bot.View{Title: s.pack.Title + " is complete: " + whom(s.run.Sent[id]) + " answered the last question"}))
	return append(effects, a.anew(d, *s)...)
}

// replyAnew shows the question once more to whoever answered it.
func (a assess) replyAnew(d *bot.Docs, e bot.Event) []bot.Effect {
	s, id, no := a.questioned(d, e)
	switch {
	case no != nil:
		return no
	case !s.run.Finished.IsZero() || s.run.Answers[id].By != e.From.ID:
		return say("That is settled already", "To change it, tell "+s.owner()+".")
	}
	q := a.lib.Questions[id]
	return []bot.Effect{bot.Answer{View: bot.View{
		Title:  "Change your answer",
		Blocks: append([]bot.Block{bot.Head(q.Ask), bot.Say(q.YesMeans)}, a.replyButtons(s, id)...),
	}}}
}

func (a assess) replyWhy(d *bot.Docs, e bot.Event) []bot.Effect {
	_, id, no := a.questioned(d, e)
	if no != nil {
		return no
	}
	return a.why(id)
}

// replyFresh answers whoever looks at their card again.
func (a assess) replyFresh(d *bot.Docs, e bot.Event) []bot.Effect {
	s, id, no := a.questioned(d, e)
	if no != nil {
		return no
	}
	return []bot.Effect{bot.Answer{View: a.letter(s, id, "").View}}
}
