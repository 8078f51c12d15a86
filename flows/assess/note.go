package assess

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// noteLength is how many characters a note may have.
const noteLength = 300

// askNote opens the form for a note on a question. A note says where
// something was seen, which makes an answer surer.
func (t *turn) askNote() []bot.Effect {
	id := t.event.Action.Arg(2)
	if t.late() || t.place(id) < 0 {
		return t.tooLate()
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "A note",
		Intro: "Where did you see it, or who told you? Leave out passwords, codes and private details of people.",
		Fields: []bot.Input{
			{ID: "note", Label: "Your note", Hint: "For example: it was in the February report", Value: t.run.Notes[id], Optional: true, Max: noteLength},
		},
		Submit: "Keep it",
		Action: t.act("save-note", id),
	}}}
}

// saveNote keeps a note, even if the card has moved on since the form was
// opened: what somebody typed is not thrown away.
func (t *turn) saveNote() []bot.Effect {
	id := t.event.Action.Arg(2)
	if t.place(id) < 0 {
		return t.tooLate()
	}
	t.note(id, prose.Clip(strings.TrimSpace(t.event.Values["note"]), noteLength))
	if said, ok := t.run.Answers[id]; ok {
		said.Note = t.run.Notes[id]
		t.run.Answers[id] = said
	}
	t.keep()
	return []bot.Effect{t.card()}
}

func (s *sheet) note(id, text string) {
	if s.run.Notes == nil {
		s.run.Notes = map[string]string{}
	}
	s.run.Notes[id] = text
}
