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
func (a assess) askNote(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	if late(e, s) || place(s, id) < 0 {
		return a.tooLate(d, s)
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "A note",
		Intro: "Where did you see it, or who told you? Leave out passwords, codes and private details of people.",
		Fields: []bot.Input{
			{ID: "note", Label: "Your note", Hint: "For example: it was in the February report", Value: s.run.Notes[id], Optional: true, Max: noteLength},
		},
		Submit: "Keep it",
		Action: s.act("save-note", id),
	}}}
}

// saveNote keeps a note, even if the card has moved on since the form was
// opened: what somebody typed is not thrown away.
func (a assess) saveNote(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	if place(s, id) < 0 {
		return a.tooLate(d, s)
	}
	s.note(id, prose.Clip(strings.TrimSpace(e.Values["note"]), noteLength))
	if said, ok := s.run.Answers[id]; ok {
		said.Note = s.run.Notes[id]
		s.run.Answers[id] = said
	}
	s.keep(d, e)
	return []bot.Effect{a.card(d, s)}
}

func (s *sheet) note(id, text string) {
	if s.run.Notes == nil {
		s.run.Notes = map[string]string{}
	}
	s.run.Notes[id] = text
}
