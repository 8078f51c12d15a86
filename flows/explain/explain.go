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
	x := explain{lib: lib, match: m, says: pagePhrases(lib)}
	return bot.Flow{
		Name:  "explain",
		Words: []string{"explain"},
		Typed: []string{"tour"},
		Open:  true,
		Step:  x.step,
	}
}

type explain struct {
	lib   *content.Library
	match *match.Matcher
	says  []phrase
}

func (x explain) step(_ *bot.Docs, e bot.Event) []bot.Effect {
	switch e.Kind {
	case bot.Command, bot.Message:
		return bot.Respond(x.typed(e))
	case bot.Click, bot.Submit:
		return bot.Respond(x.press(e))
	}
	return nil
}

// press answers a button: a page, or a topic told as one.
func (x explain) press(e bot.Event) bot.View {
	id := e.Action.Arg(0)
	if topic, ok := x.lib.Topic(id); ok && e.Action.Verb == "topic" {
		return x.topic(e, topic)
	}
	if w, ok := x.lib.Word(id); ok && e.Action.Verb == "word" {
		return x.word(e, w)
	}
	return x.pageOrFirst(e, id)
}

func (x explain) pageOrFirst(e bot.Event, id string) bot.View {
	p, ok := x.lib.Page(id)
	if !ok {
		p, ok = x.lib.Page(content.FirstPage)
	}
	if !ok {
		return bot.View{Title: "The tour is not available here", Blocks: []bot.Block{
			bot.Say("Ask me about anything instead: " + x.lib.Command + " who handles printers?")}}
	}
	return x.page(e, p)
}

// typed finds what somebody wants explained: by its id, or in their words.
func (x explain) typed(e bot.Event) bot.View {
	if wanted := strings.ToLower(strings.TrimSpace(e.Text)); wanted == "" || wanted == "tour" {
		return x.pageOrFirst(e, content.FirstPage)
	} else if p, ok := x.lib.Page(wanted); ok {
		return x.page(e, p)
	}
	if w, ok := x.wordCalled(e.Text); ok {
		return x.word(e, w)
	}
	if p, ok := x.pageCalled(e.Text); ok {
		return x.page(e, p)
	}
	found := x.match.Find(e.Text)
	if found.Outcome == match.Answer {
		topic, _ := x.lib.Topic(found.Best[0].Topic)
		return x.topic(e, topic)
	}
	if len(strings.Fields(e.Text)) == 1 {
		return x.unknown(e, found.Best)
	}
	v := bot.View{Title: "What shall I explain?"}
	if found.Outcome != match.Choose {
		v = bot.View{Title: "I am not sure what you mean. Is it one of these?", Blocks: []bot.Block{bot.Say("Nothing was kept or passed on.")}}
	}
	var buttons []bot.Button
	for _, s := range found.Best {
		buttons = append(buttons, x.to(s.Topic))
	}
	v.Blocks = append(v.Blocks, bot.Row(append(buttons, bot.Press("The tour", bot.Do("explain", "page", content.FirstPage)))...))
	return v
}

func (x explain) to(id string) bot.Button {
	topic, _ := x.lib.Topic(id)
	if topic.Urgency == content.Emergency {
		return bot.Press(topic.Label(), bot.Do("who", "topic", topic.ID))
	}
	return bot.Press(topic.Label(), bot.Do("explain", "topic", topic.ID))
}
