package assess

import (
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// view is the card as it should be now: a tap about the company, a
// question, or the result.
func (a assess) view(d *bot.Docs, s sheet) bot.View {
	switch {
	case s.profile.Size == "":
		return a.askSize(s)
	case s.profile.SecurityBy == "":
		return a.askSecurityBy(s)
	case s.run.Current == "":
		return a.result(d, s)
	}
	return a.question(s, s.run.Current)
}

// firstOpen is the first question to be asked, after one or from the
// beginning; empty: there is none. What was answered so long ago that it is
// stale is asked again.
func (a assess) firstOpen(s sheet, after string, now time.Time) string {
	from := 0
	if i := place(s, after); i >= 0 {
		from = i + 1
	}
	answers := s.run.Scored()
	for _, q := range slices.Concat(s.pack.Questions[from:], s.pack.Questions[:from]) {
		said, ok := answers[q.ID]
		if !ok || score.Stale(score.Question{Staleness: q.StalenessDays}, said, now) {
			return q.ID
		}
	}
	return ""
}

// place is the position of a question in the pack; -1 if it is not there.
func place(s sheet, id string) int {
	return slices.IndexFunc(s.pack.Questions, func(q content.PackQuestion) bool { return q.ID == id })
}

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
		Title: fmt.Sprintf("%s · %d of %d", s.pack.Title, n, of),
		Gist:  fmt.Sprintf("%s, question %d of %d: %s", s.pack.Title, n, of, q.Ask),
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: n, Of: of}},
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
		},
	}
	if was, ok := s.run.Answers[id]; ok {
		v.Blocks = append(v.Blocks, bot.Small("Your answer so far: "+q.InWords(was.Value, was.Evidence)))
	}
	if note := s.run.Notes[id]; note != "" {
		v.Blocks = append(v.Blocks, bot.Small("Your note: "+note))
	}
	v.Blocks = append(v.Blocks, a.answers(s, q)...)
	if answered(s) == 0 {
		v.Blocks = append(v.Blocks, bot.Small(a.readers()))
	}
	return v
}

// answers are the buttons of a question: at most five in a row.
func (a assess) answers(s sheet, q content.Question) []bot.Block {
	var buttons []bot.Button
	for _, o := range q.Offers(staleness(s, q.ID)) {
		buttons = append(buttons, bot.Press(o.Label, s.act("answer", q.ID, o.Code)))
	}
	rows := []bot.Block{}
	for row := range slices.Chunk(buttons, 5) {
		rows = append(rows, bot.Row(row...))
	}
	leave := "Later"
	if !s.run.Finished.IsZero() {
		leave = "Leave it as it is"
	}
	return append(rows, bot.Row(
		bot.Behind("Why this matters", s.see("why", q.ID)),
		bot.Behind("Add a note", s.act("note", q.ID)),
		bot.Behind("Back", s.act("back")),
		bot.Behind(leave, s.act("later")),
	))
}

func (a assess) readers() string {
	return "Shown only to you here; " + a.lib.Host() + " could read it. Never type passwords or codes."
}

func staleness(s sheet, id string) int {
	if i := place(s, id); i >= 0 {
		return s.pack.Questions[i].StalenessDays
	}
	return 365
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
