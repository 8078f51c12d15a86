package assess

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// place is the position of a question in the pack; -1 if it is not there.
func place(s sheet, id string) int { return s.pack.Position(id) }

// progressOf says how far a run is.
func progressOf(s sheet) string {
	return fmt.Sprintf("%d of %d answered", answered(s), len(s.pack.Questions))
}

func answered(s sheet) int {
	n := 0
	for _, q := range s.pack.Questions {
		if _, ok := s.run.Answers[q.ID]; ok {
			n++
		}
	}
	return n
}

func (a assess) question(s sheet, id string) bot.View {
	q := a.lib.Questions[id]
	n, of := place(s, id)+1, len(s.pack.Questions)
	v := bot.View{
		Title: s.pack.Title,
		Gist:  fmt.Sprintf("%s, question %d of %d: %s", s.pack.Title, n, of, q.Ask),
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: n, Of: of}},
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
		},
	}
	for _, text := range a.known(s, q) {
		v.Blocks = append(v.Blocks, bot.Small(text))
	}
	v.Blocks = append(v.Blocks, a.answers(s, q)...)
	if waits := a.waitsFor(s); waits != "" && s.run.Finished.IsZero() {
		v.Blocks = append(v.Blocks, bot.Small(waits))
	}
	if answered(s) == 0 {
		v.Blocks = append(v.Blocks, bot.Small(a.readers(s)))
	}
	return v
}

// known is what has been said to a question so far.
func (a assess) known(s sheet, q content.Question) []string {
	if s.run.Together() {
		return a.heard(s, q)
	}
	var lines []string
	was, answered := s.run.Answers[q.ID]
	_, earlier := s.run.Earlier[q.ID]
	switch x := s.run.Sent[q.ID]; {
	case x.Open():
		lines = append(lines, prose.Sentence(whom(x))+" is asked until "+prose.Day(x.Due)+". If you answer it yourself, I take it back.")
	case answered && was.Name != "" && was.By != s.run.Owner:
		lines = append(lines, was.Name+" said: "+q.InWords(was.Value, was.Evidence))
	case answered:
		lines = append(lines, "Your answer so far: "+q.InWords(was.Value, was.Evidence))
	case earlier:
		lines = append(lines, a.was(s, q.ID))
	}
	if note := s.run.Notes[q.ID]; note != "" {
		lines = append(lines, "Your note: "+note)
	}
	return lines
}

// answers are the buttons of a question: at most five in a row.
func (a assess) answers(s sheet, q content.Question) []bot.Block {
	var buttons []bot.Button
	for _, o := range q.Offers(s.pack.StaysFresh(q.ID)) {
		buttons = append(buttons, bot.Press(o.Label, s.act("answer", q.ID, o.Code)))
	}
	rows := bot.Rows(buttons...)
	if s.run.Together() {
		return append(rows, s.leads(q.ID))
	}
	leave := "Later"
	if !s.run.Finished.IsZero() {
		leave = "Leave it as it is"
	}
	return append(rows, bot.Row(
		bot.Behind("Why this matters", s.see("why", q.ID)),
		bot.Behind("Ask somebody", s.act("ask", q.ID)),
		bot.Behind("Add a note", s.act("note", q.ID)),
		bot.Behind("Back", s.act("back")),
		bot.Behind(leave, s.act("later")),
	))
}

// readers says who may read what is answered.
func (a assess) readers(s sheet) string {
	if s.run.Together() {
		return "Everybody in this channel reads this and may answer; the result goes to " + s.owner() + " alone. " + prose.Sentence(a.lib.Host()) + " could read it too. Never type passwords or codes."
	}
	return "Shown only to you here; " + a.lib.Host() + " could read it. Never type passwords or codes."
}

// why tells why a question matters, and how to find out.
func (a assess) why(id string) []bot.Effect {
	q, ok := a.lib.Questions[id]
	if !ok {
		return say("That question is not asked any more", "The card shows the one that is next.")
	}
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: "Why this matters",
		Blocks: []bot.Block{
			bot.Say(q.Why),
			{Fields: &bot.Fields{Items: []bot.Field{
				{Name: "How to find out", Value: q.FindOut},
				{Name: "Whom to ask", Value: q.AskWhom},
				{Name: "Who would fix a gap", Value: q.FixedBy.Word()},
			}}},
		},
	}}}
}
