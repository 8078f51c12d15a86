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
func (t *turn) colleague() bool {
	return t.run.Channel != "" && t.event.Place.Channel == t.run.Channel && t.event.Place.Kind == bot.Channel && t.event.From.Affiliation == bot.Home
}

// joined is a press of a colleague.
func (t *turn) joined() []bot.Effect {
	switch verb := t.event.Action.Verb; {
	case verb == "fresh":
		return t.asItIs()
	case verb == "why":
		return t.why()
	case !t.run.Together():
		return bot.Tell("This assessment is finished here", "Thank you for answering. The result is with "+t.owner()+".")
	case verb == "answer":
		return t.speak()
	}
	return bot.Tell("That button is for "+t.owner(), "Whoever started it goes on, goes back and ends it. The answers are for everybody here.")
}

// speak takes somebody's answer to the question that stands in the channel.
// Others may be answering it at the same moment, so no button becomes late.
func (t *turn) speak() []bot.Effect {
	id := t.event.Action.Arg(2)
	said, known := t.said(id, t.event.Action.Arg(3))
	if !known || !t.asks(id) || t.run.Paused {
		return t.tooLate()
	}
	said.Name = nameOf(t.event.From, "somebody here")
	others := slices.DeleteFunc(slices.Clone(t.run.Voices[id]), func(v company.Answer) bool { return v.By == said.By })
	if t.run.Voices == nil {
		t.run.Voices = map[string][]company.Answer{}
	}
	t.run.Voices[id] = append(others, said)
	t.record(id, said)
	t.store()
	return []bot.Effect{t.card()}
}

// heard is who said what to a question, and whether they differ.
func (t *turn) heard(q content.Question) []string {
	voices := t.run.Voices[q.ID]
	if len(voices) == 0 {
		return nil
	}
	lines := []string{"So far: " + t.voices(q, voices)}
	if differ(voices) {
		last := voices[len(voices)-1]
		lines = append(lines, "You see it differently. The last answer counts: "+last.Name+"'s.")
	}
	return lines
}

func (t *turn) voices(q content.Question, voices []company.Answer) string {
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
func (t *turn) on() []bot.Effect {
	_, answered := t.run.Answers[t.run.Current]
	if t.late() || !t.run.Together() || !answered || !t.asks(t.run.Current) {
		return t.tooLate()
	}
	return t.onward()
}

// alone goes on in the owner's direct messages.
func (t *turn) alone() []bot.Effect {
	if t.late() || !t.run.Together() {
		return t.tooLate()
	}
	effects := t.moveOut(bot.View{
		Title:  t.pack.Title + ": " + t.owner() + " goes on alone",
		Blocks: []bot.Block{bot.Say("Thank you for answering. Nothing more is asked here.")},
	})
	t.run.Channel = ""
	effects = append(effects, t.next()...)
	return append(effects, t.elsewhere()...)
}

// leaveShared goes on alone because others may read the channel by now.
func (t *turn) leaveShared() []bot.Effect {
	effects := t.moveOut(bot.View{Title: t.pack.Title + " goes on elsewhere", Blocks: []bot.Block{bot.Say("People of other companies may read this channel now.")}})
	t.run.Channel, t.run.Paused = "", false
	effects = append(effects, t.next()...)
	return append(effects, bot.Tell("It goes on in your direct messages", "People of other companies may read that channel now, so nothing more is asked there.")...)
}

// lostChannel goes on alone because the channel cannot be written to.
func (t *turn) lostChannel() []bot.Effect {
	t.run.Channel, t.run.At = "", bot.To(t.run.Owner)
	effects := []bot.Effect{t.trouble("I couldn't go on in the channel",
		prose.Sentence(t.event.Undelivered.Reason)+". Every answer is kept; it goes on here, for you alone.")}
	return append(effects, t.next()...)
}

// moveOut leaves the channel with a last word, for the owner's direct
// messages.
func (s *sheet) moveOut(last bot.View) []bot.Effect {
	there := bot.Show{Key: "run/" + s.id, To: s.run.At, View: last}
	s.run.At = bot.To(s.run.Owner)
	return []bot.Effect{there, bot.End{Key: there.Key, To: there.To}}
}

// thanks stays in the channel when all is answered.
func (t *turn) thanks() bot.View {
	return bot.View{
		Title:  t.pack.Title + ": all questions are answered",
		Blocks: []bot.Block{bot.Say(fmt.Sprintf("Thank you all. The result went to %s, who can share a summary here.", t.owner()))},
	}
}

// differed tells the owner where people said different things.
func (t *turn) differed() []bot.Effect {
	v := bot.View{Title: "Where you saw it differently"}
	for _, pq := range t.pack.Questions {
		if voices := t.run.Voices[pq.ID]; len(voices) > 0 && differ(voices) {
			q := t.lib.Questions[pq.ID]
			v.Blocks = append(v.Blocks, bot.Head(q.Ask), bot.Say(t.voices(q, voices)))
		}
	}
	if len(v.Blocks) == 0 {
		return bot.Tell("You all said the same", "Nobody's answer differed from another's.")
	}
	v.Blocks = append(v.Blocks, bot.Small("The last answer to each counts. A difference is worth a talk: both may have seen something."))
	return bot.Respond(v)
}
