package assess

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

func (t *turn) question(id string) bot.View {
	q := t.lib.Questions[id]
	n, of := t.place(id)+1, len(t.pack.Questions)
	v := bot.View{
		Title: t.pack.Title,
		Gist:  fmt.Sprintf("%s, question %d of %d: %s", t.pack.Title, n, of, q.Ask),
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: n, Of: of}},
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
		},
	}
	for _, text := range t.known(q) {
		v.Blocks = append(v.Blocks, bot.Small(text))
	}
	v.Blocks = append(v.Blocks, t.answers(q)...)
	if waits := t.waitsFor(); waits != "" && !t.finished() {
		v.Blocks = append(v.Blocks, bot.Small(waits))
	}
	if t.answered() == 0 {
		v.Blocks = append(v.Blocks, bot.Small(t.privacy()))
	}
	return v
}

// known is what has been said to a question so far.
func (t *turn) known(q content.Question) []string {
	if t.run.Together() {
		return t.heard(q)
	}
	var lines []string
	was, answered := t.run.Answers[q.ID]
	_, earlier := t.run.Earlier[q.ID]
	switch x := t.run.Sent[q.ID]; {
	case x.Open():
		lines = append(lines, prose.Sentence(whom(x))+" is asked until "+prose.Day(x.Due)+". If you answer it yourself, I take it back.")
	case answered && was.Name != "" && was.By != t.run.Owner:
		lines = append(lines, was.Name+" said: "+q.InWords(was.Value, was.Evidence))
	case answered:
		lines = append(lines, "Your answer so far: "+q.InWords(was.Value, was.Evidence))
	case earlier:
		lines = append(lines, t.was(q.ID))
	}
	if note := t.run.Notes[q.ID]; note != "" {
		lines = append(lines, "Your note: "+note)
	}
	return lines
}

// answers are the buttons of a question: at most five in a row.
func (t *turn) answers(q content.Question) []bot.Block {
	var buttons []bot.Button
	for _, o := range q.Offers(t.pack.StaysFresh(q.ID)) {
		buttons = append(buttons, bot.Press(o.Label, t.act("answer", q.ID, o.Code)))
	}
	rows := bot.Rows(buttons...)
	if t.run.Together() {
		return append(rows, t.leads(q.ID))
	}
	leave := "Later"
	if t.finished() {
		leave = "Leave it as it is"
	}
	return append(rows, bot.Row(
		bot.Behind("Why this matters", t.see("why", q.ID)),
		bot.Behind("Ask somebody", t.act("ask", q.ID)),
		bot.Behind("Add a note", t.act("note", q.ID)),
		bot.Behind("Back", t.act("back")),
		bot.Behind(leave, t.act("later")),
	))
}

// privacy says who may read what is answered.
func (t *turn) privacy() string {
	if t.run.Together() {
		return "Everybody in this channel reads this and may answer; the result goes to " + t.owner() + " alone. " + prose.Sentence(t.lib.Host()) + " could read it too. Never type passwords or codes."
	}
	return "Shown only to you here; " + t.lib.Host() + " could read it. Never type passwords or codes."
}

// why tells of the question of a button why it matters.
func (t *turn) why() []bot.Effect { return t.whyAsked(t.event.Action.Arg(1)) }

// whyAsked tells why a question matters, and how to find out.
func (t *turn) whyAsked(id string) []bot.Effect {
	q, ok := t.lib.Questions[id]
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
