package handoff

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// write opens the form for the words. Nothing that was typed before is known
// here: the asker writes what shall be read.
func (t *turn) write(id string, n Note) []bot.Effect {
	if id == "" && !t.exists(n.Topic) {
		return bot.Respond(over())
	}
	action := bot.Do("handoff", "written", n.Topic, n.Case)
	if id != "" {
		action = bot.Do("handoff", "changed", id)
	}
	value := n.Text
	if value == "" && t.urgent(n.Topic) {
		value = t.began(n) + " I have begun with the first steps. Please phone me."
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Tell them",
		Intro:  "About: " + t.title(n) + ". Next you see the exact words and who will read them. Nothing is sent yet.",
		Fields: []bot.Input{{ID: "text", Label: "What shall they read?", Hint: "What you see, where, since when. No passwords or codes", Value: value, Lines: true, Max: maxText}},
		Submit: "Show me",
		Action: action,
	}}}
}

// began is what happened in one sentence, as whoever it happened to says it.
func (t *turn) began(n Note) string {
	if topic, ok := t.lib.Topic(n.Topic); ok {
		if c, ok := topic.Case(n.Case); ok {
			return c.Button + "."
		}
	}
	return t.title(n) + "."
}

func (t *turn) exists(topic string) bool {
	if _, ok := t.lib.Topic(topic); ok || topic == noAnswer {
		return true
	}
	m, _ := company.Maps.Get(t.d, company.MapID)
	_, ok := m.Own[topic]
	return ok
}

func (t *turn) urgent(topic string) bool {
	found, ok := t.lib.Topic(topic)
	return ok && found.Urgency == content.Emergency || topic == noAnswer
}

// written makes a draft of what the form says.
func (t *turn) written(topic, inCase string) []bot.Effect {
	text := strings.TrimSpace(t.event.Values["text"])
	switch {
	case !t.exists(topic):
		return bot.Respond(over())
	case text == "":
		return []bot.Effect{bot.Refuse{Why: map[string]string{"text": "Please write what they shall read."}}}
	}
	n := Note{Topic: topic, Case: inCase, From: t.event.From.ID, Name: t.event.From.Name, Text: inert(text), State: Draft, Urgent: t.urgent(topic)}
	all := t.targets(n)
	if len(all) == 0 {
		return bot.Respond(t.nobody(n))
	}
	n.To, n.Rest = all[0], reachable(all[1:])
	return t.keep(company.NewID(t.event), n)
}

// keep stores a draft and shows it.
func (t *turn) keep(id string, n Note) []bot.Effect {
	Notes.PutFor(t.d, id, n, draftFor)
	return bot.Respond(t.preview(id, n))
}

func (t *turn) changed(id string, n Note) []bot.Effect {
	text := strings.TrimSpace(t.event.Values["text"])
	if text == "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"text": "Please write what they shall read."}}}
	}
	n.Text = inert(text)
	n.Changes++
	return t.keep(id, n)
}

// preview shows the exact words and who will read them, and the way back to the
// steps, where it may stand now.
func (t *turn) preview(id string, n Note) bot.View {
	if n.Report {
		return t.previewReport(id, n)
	}
	change := bot.Press("Change the text", bot.Do("handoff", "change", id))
	other := bot.Press("Send to somebody else", bot.Do("handoff", "other", id))
	drop := bot.Press("Don't send", bot.Do("handoff", "drop", id))
	if n.To.outside() {
		v := bot.View{Title: n.To.Name + " is not here in chat: call them, or copy this", Blocks: []bot.Block{bot.Say(ways(n.To)), bot.Copy(n.Text)}}
		row := append([]bot.Button{other, change, drop}, stepsAgain(n)...)
		if len(n.Rest) > 0 {
			row = append([]bot.Button{bot.Press("Send to "+n.Rest[0].Name, bot.Do("handoff", "instead", id))}, row...)
		}
		v.Blocks = append(v.Blocks, bot.Row(row...))
		return v
	}
	if n.To.Channel != "" {
		if room := t.d.Room(n.To.Channel); room.Kind != bot.Channel {
			return bot.View{
				Title:  "People of other companies may read " + n.To.Name + ", so I don't send it there",
				Blocks: []bot.Block{bot.Copy(n.Text), bot.Row(append([]bot.Button{other, drop}, stepsAgain(n)...)...)},
			}
		}
	}
	send := bot.Button{Label: "Send", Action: bot.Do("handoff", "send", id, n.version()), Main: true}
	return bot.View{
		Title: "Send this to " + n.To.Name + "?",
		Blocks: []bot.Block{
			bot.Say("It will be read by " + t.readers(n.To) + ", with your name. " + later(n)),
			bot.Copy(n.Text),
			bot.Row(append([]bot.Button{send, change, other, drop}, stepsAgain(n)...)...),
		},
	}
}

// readers says who reads what is sent to a target.
func (t *turn) readers(x Target) string {
	if x.Channel == "" {
		return x.Name + " alone"
	}
	switch n := t.d.Room(x.Channel).People; n {
	case 0:
		return "everybody in " + x.Name
	default:
		return fmt.Sprintf("everybody in %s, %d people", x.Name, n)
	}
}

// later says who reads it next if nobody answers.
func later(n Note) string {
	after := "a working day"
	if n.Urgent {
		after = "ten minutes"
	}
	if len(n.Rest) == 0 {
		return "No answer in " + after + "? Then I tell you so."
	}
	return "No answer in " + after + "? Then " + inTurn(n.Rest) + "."
}

// inTurn names targets in their order; of many, the first three.
func inTurn(all []Target) string {
	var names []string
	for _, x := range all[:min(len(all), 3)] {
		if !slices.Contains(names, x.Name) {
			names = append(names, x.Name)
		}
	}
	return strings.Join(names, ", then ")
}

// ways says how to reach somebody outside of chat.
func ways(x Target) string {
	switch {
	case x.Phone != "" && x.Email != "":
		return "Phone " + x.Phone + ", or write to " + x.Email + "."
	case x.Phone != "":
		return "Phone " + x.Phone + "."
	case x.Email != "":
		return "Write to " + x.Email + "."
	}
	return "Phone or walk to them."
}

// nobody is shown where nobody can get it.
func (t *turn) nobody(n Note) bot.View {
	v := bot.View{
		Title:  "Nobody is saved for this yet, so nothing was sent",
		Blocks: []bot.Block{bot.Say("Phone or walk to whoever looks after your computers. Here are your words, to copy:"), bot.Copy(n.Text)},
	}
	if t.event.From.Owner() && n.Topic != noAnswer {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("Say who handles it", bot.Do("duty", "assign", n.Topic))))
	}
	return v
}
