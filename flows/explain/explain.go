// Package explain is the flow that leads through who does what: a tour in
// short pages, and the story behind any topic or word that somebody asks for by
// name. It is for everybody, guests too, and owns no document.
package explain

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// New makes the flow.
func New(lib *content.Library, m *match.Matcher) bot.Flow {
	f := flow{lib: lib, match: m, says: pagePhrases(lib)}
	return bot.Flow{
		Name:  "explain",
		Words: []string{"explain"},
		Typed: []string{"tour"},
		Open:  true,
		Step:  f.step,
	}
}

type flow struct {
	lib   *content.Library
	match *match.Matcher
	says  []phrase
}

// turn is one step of the flow.
type turn struct {
	flow
	event bot.Event
}

func (f flow) step(_ *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{f, e}
	switch e.Kind {
	case bot.Command, bot.Message:
		return bot.Respond(t.typed())
	case bot.Click, bot.Submit:
		return bot.Respond(t.press())
	}
	return nil
}

// press answers a button: a page, or a topic told as one.
func (t *turn) press() bot.View {
	id := t.event.Action.Arg(0)
	if topic, ok := t.lib.Topic(id); ok && t.event.Action.Verb == "topic" {
		return t.topic(topic)
	}
	if w, ok := t.lib.Word(id); ok && t.event.Action.Verb == "word" {
		return t.word(w)
	}
	return t.pageOrFirst(id)
}

func (t *turn) pageOrFirst(id string) bot.View {
	p, ok := t.lib.Page(id)
	if !ok {
		p, ok = t.lib.Page(content.FirstPage)
	}
	if !ok {
		return bot.View{Title: "The tour is not available here", Blocks: []bot.Block{
			bot.Say("Ask me about anything instead: " + t.lib.Command + " who handles printers?")}}
	}
	return t.page(p)
}

// typed finds what somebody wants explained: by its id, or in their words.
func (t *turn) typed() bot.View {
	if wanted := strings.ToLower(strings.TrimSpace(t.event.Text)); wanted == "" || wanted == "tour" {
		return t.pageOrFirst(content.FirstPage)
	} else if p, ok := t.lib.Page(wanted); ok {
		return t.page(p)
	}
	if w, ok := t.wordCalled(t.event.Text); ok {
		return t.word(w)
	}
	if p, ok := t.pageCalled(t.event.Text); ok {
		return t.page(p)
	}
	found := t.match.Find(t.event.Text)
	if found.Outcome == match.Answer {
		topic, _ := t.lib.Topic(found.Best[0].Topic)
		return t.topic(topic)
	}
	if len(strings.Fields(t.event.Text)) == 1 {
		return t.unknown(found.Best)
	}
	v := bot.View{Title: "What shall I explain?"}
	if found.Outcome != match.Choose {
		v = bot.View{Title: "I am not sure what you mean. Is it one of these?", Blocks: []bot.Block{bot.Say("Nothing was kept or passed on.")}}
	}
	var buttons []bot.Button
	for _, s := range found.Best {
		buttons = append(buttons, t.to(s.Topic))
	}
	v.Blocks = append(v.Blocks, bot.Row(append(buttons, bot.Press("The tour", bot.Do("explain", "page", content.FirstPage)))...))
	return v
}

func (t *turn) to(id string) bot.Button {
	topic, _ := t.lib.Topic(id)
	if topic.Urgency == content.Emergency {
		return bot.Press(topic.Label(), bot.Do("who", "topic", topic.ID))
	}
	return bot.Press(topic.Label(), bot.Do("explain", "topic", topic.ID))
}
