package assess

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// Together: the card stands in a channel of this company, its members answer,
// and who said what is shown. Only whoever started it goes on, back and ends
// it, and the result is theirs alone.

// colleague reports whether somebody may answer a run because they are in its
// channel.
func (s sheet) colleague(e bot.Event) bool {
	return s.run.Channel != "" && e.Place.Channel == s.run.Channel && e.Place.Kind == bot.Channel && e.From.Affiliation == bot.Home
}

// joined is a press of a colleague.
func (a assess) joined(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	switch verb := e.Action.Verb; {
	case verb == "fresh":
		return a.asItIs(d, e, s)
	case verb == "why":
		return a.why(e.Action.Arg(1))
	case !s.run.Together():
		return say("This assessment is finished here", "Thank you for answering. The result is with "+s.owner()+".")
	case verb == "answer":
		return a.speak(d, e, s)
	}
	return say("That button is for "+s.owner(), "Whoever started it goes on, goes back and ends it. The answers are for everybody here.")
}

// speak takes somebody's answer to the question that stands in the channel.
// Others may be answering it at the same moment, so no button becomes late.
func (a assess) speak(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	said, known := a.said(e, s, id, e.Action.Arg(3))
	if !known || !s.asks(id) || s.run.Paused {
		return a.tooLate(d, s)
	}
	said.Name = nameOf(e.From, "somebody here")
	others := slices.DeleteFunc(slices.Clone(s.run.Voices[id]), func(v company.Answer) bool { return v.By == said.By })
	if s.run.Voices == nil {
		s.run.Voices = map[string][]company.Answer{}
	}
	s.run.Voices[id] = append(others, said)
	s.record(id, said)
	s.store(d, e)
	return []bot.Effect{a.card(d, s)}
}

// heard is who said what to a question, and whether they differ.
func (a assess) heard(s sheet, q content.Question) []string {
	voices := s.run.Voices[q.ID]
	if len(voices) == 0 {
		return nil
	}
	lines := []string{"So far: " + a.voices(q, voices)}
	if differ(voices) {
		last := voices[len(voices)-1]
		lines = append(lines, "You see it differently. The last answer counts: "+last.Name+"'s.")
	}
	return lines
}

func (a assess) voices(q content.Question, voices []company.Answer) string {
	var said []string
	for _, v := range voices {
		said = append(said, v.Name+": "+q.InWords(v.Value, v.Evidence))
	}
	return strings.Join(said, " · ")
}

// differ reports whether people said different things. Who has seen it and
// who only believes it say the same.
func differ(voices []company.Answer) bool {
	return slices.ContainsFunc(voices, func(v company.Answer) bool { return v.Value != voices[0].Value })
}

// leads are the buttons under a question in a channel.
func (s sheet) leads(id string) bot.Block {
	row := []bot.Button{
		bot.Behind("Why this matters", s.see("why", id)),
		bot.Behind("Back", s.act("back")),
		bot.Behind("Later", s.act("later")),
		bot.Behind("Go on alone", s.act("alone")),
	}
	if _, ok := s.run.Answers[id]; ok {
		row = append([]bot.Button{bot.Press("Next question", s.act("on"))}, row...)
	}
	return bot.Row(row...)
}

// on goes on to the next question, once somebody has answered.
func (a assess) on(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	_, answered := s.run.Answers[s.run.Current]
	if late(e, s) || !s.run.Together() || !answered || !s.asks(s.run.Current) {
		return a.tooLate(d, s)
	}
	return a.onward(d, e, s)
}

// alone goes on in the owner's direct messages.
func (a assess) alone(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || !s.run.Together() {
		return a.tooLate(d, s)
	}
	effects := s.moveOut(bot.View{
		Title:  s.pack.Title + ": " + s.owner() + " goes on alone",
		Blocks: []bot.Block{bot.Say("Thank you for answering. Nothing more is asked here.")},
	})
	s.run.Channel = ""
	effects = append(effects, a.next(d, e, s)...)
	return append(effects, a.elsewhere(e, s)...)
}

// leaveShared goes on alone because others may read the channel by now.
func (a assess) leaveShared(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	effects := s.moveOut(bot.View{Title: s.pack.Title + " goes on elsewhere", Blocks: []bot.Block{bot.Say("People of other companies may read this channel now.")}})
	s.run.Channel, s.run.Paused = "", false
	effects = append(effects, a.next(d, e, s)...)
	return append(effects, say("It goes on in your direct messages", "People of other companies may read that channel now, so nothing more is asked there.")...)
}

// lostChannel goes on alone because the channel cannot be written to.
func (a assess) lostChannel(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	s.run.Channel, s.run.At = "", bot.To(s.run.Owner)
	effects := []bot.Effect{bot.Show{Key: "trouble/" + s.id, To: s.run.At, View: bot.View{
		Title:  "I couldn't go on in the channel",
		Blocks: []bot.Block{bot.Say(prose.Sentence(e.Undelivered.Reason) + ". Every answer is kept; it goes on here, for you alone.")},
	}}}
	return append(effects, a.next(d, e, s)...)
}

// moveOut leaves the channel with a last word, for the owner's direct
// messages.
func (s *sheet) moveOut(last bot.View) []bot.Effect {
	there := bot.Show{Key: "run/" + s.id, To: s.run.At, View: last}
	s.run.At = bot.To(s.run.Owner)
	return []bot.Effect{there, bot.End{Key: there.Key, To: there.To}}
}

// thanks stays in the channel when all is answered.
func (a assess) thanks(s sheet) bot.View {
	return bot.View{
		Title:  s.pack.Title + ": all questions are answered",
		Blocks: []bot.Block{bot.Say(fmt.Sprintf("Thank you all. The result went to %s, who can share a summary here.", s.owner()))},
	}
}

// differed tells the owner where people said different things.
func (a assess) differed(s sheet) []bot.Effect {
	v := bot.View{Title: "Where you saw it differently"}
	for _, pq := range s.pack.Questions {
		if voices := s.run.Voices[pq.ID]; len(voices) > 0 && differ(voices) {
			q := a.lib.Questions[pq.ID]
			v.Blocks = append(v.Blocks, bot.Head(q.Ask), bot.Say(a.voices(q, voices)))
		}
	}
	if len(v.Blocks) == 0 {
		return say("You all said the same", "Nobody's answer differed from another's.")
	}
	v.Blocks = append(v.Blocks, bot.Small("The last answer to each counts. A difference is worth a talk: both may have seen something."))
	return []bot.Effect{bot.Answer{View: v}}
}
