package sides

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

func (t *turn) question(at seat) bot.View {
	s := t.side(at)
	q := t.lib.Questions[s.Current]
	n, of := t.place(s.Current)+1, len(t.pack.Questions)
	v := bot.View{
		Title: t.title(),
		Gist:  fmt.Sprintf("%s, question %d of %d: %s", t.title(), n, of, q.Ask),
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: n, Of: of}},
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
		},
	}
	if was, ok := s.Answers[q.ID]; ok {
		v.Blocks = append(v.Blocks, bot.Small("Your answer so far: "+q.InWords(was.Value, was.Evidence)))
	}
	v.Blocks = append(v.Blocks, t.answers(at, q)...)
	if t.answered(s) == 0 {
		v.Blocks = append(v.Blocks, t.readers(at))
	}
	return v
}

// answers are the buttons of a question: at most five in a row.
func (t *turn) answers(at seat, q content.Question) []bot.Block {
	var buttons []bot.Button
	for _, o := range q.Offers(t.pack.StaysFresh(q.ID)) {
		buttons = append(buttons, bot.Press(o.Label, t.act(at, "answer", q.ID, o.Code)))
	}
	rows := bot.Rows(buttons...)
	leave := "Later"
	if t.firstOpen(t.side(at), "") == "" {
		leave = "Leave it as it is"
	}
	return append(rows, bot.Row(append([]bot.Button{
		bot.Behind("Why this matters", t.see("why", q.ID)),
		bot.Behind("Back", t.act(at, "back")),
		bot.Behind(leave, t.act(at, "later")),
	}, t.ways(at)...)...))
}

// why tells why a question matters, and how to find out.
func (t *turn) why(seat) []bot.Effect {
	q, ok := t.lib.Questions[t.event.Action.Arg(2)]
	if !ok {
		return bot.Tell("That question is not asked any more", "The card shows the one that is next.")
	}
	return bot.Respond(bot.View{
		Title: "Why this matters",
		Blocks: []bot.Block{
			bot.Say(q.Why),
			{Fields: &bot.Fields{Items: []bot.Field{
				{Name: "How to find out", Value: q.FindOut},
				{Name: "Whom to ask", Value: q.AskWhom},
				{Name: "Who would fix a gap", Value: q.FixedBy.Word()},
			}}},
		},
	})
}
