// Package who is the flow that answers "who handles this?": it says whether
// IT support, security expertise or both handle something, whom to ask at
// this company, and what to do now. It keeps nothing of what people ask.
package who

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// New makes the flow.
func New(lib *content.Library, m *match.Matcher) bot.Flow {
	w := &who{lib: lib, match: m, page: pageOf(lib)}
	return bot.Flow{
		Name:     "who",
		Words:    []string{"who"},
		Fallback: true,
		Open:     true,
		Reads:    func(bot.Event) []string { return []string{company.ContactsOf.Key(company.ContactsID)} },
		Step:     w.step,
	}
}

type who struct {
	lib   *content.Library
	match *match.Matcher
	page  map[string]string // topic -> the page of the tour that tells of it
}

func (w *who) step(d *bot.Docs, e bot.Event) ([]bot.Effect, error) {
	t := turn{who: w, event: e, contact: contactFor(d, e)}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.ask(), nil
	case bot.Click, bot.Submit:
		return t.press(e.Action), nil
	}
	return nil, nil
}

// turn is one event with what the answers to it need.
type turn struct {
	*who
	event   bot.Event
	contact company.Contact // whom this person may be told to phone; may be empty
}

// press answers a button.
func (t turn) press(a bot.Action) []bot.Effect {
	switch a.Verb {
	case "none":
		return answer(t.none())
	case "side":
		return answer(t.all(content.Side(a.Arg(0))))
	}
	topic, ok := t.lib.Topic(a.Arg(0))
	if !ok {
		return answer(t.moved())
	}
	switch a.Verb {
	case "topic":
		return t.topic(topic, a.Arg(1), nil)
	case "case":
		return t.oneCase(topic, a.Arg(1), a.Arg(2))
	case "already":
		return t.already(topic, a.Arg(1), a.Arg(2), a.Arg(3))
	case "why":
		return answer(t.why(topic))
	case "related":
		return answer(t.related(topic))
	case "not":
		return answer(t.notThis(topic, a.Args[1:]))
	}
	return answer(t.moved())
}

// topic answers with what is known of a topic: an emergency by what to do
// now, anything else by who handles it. others are what else may be meant.
func (t turn) topic(topic content.Topic, saved string, others []string) []bot.Effect {
	if topic.Urgency == content.Emergency {
		return t.urgent(saved, func(saved string) bot.View { return t.common(topic, saved) })
	}
	return answer(t.card(topic, others))
}

func answer(v bot.View) []bot.Effect { return []bot.Effect{bot.Answer{View: v}} }

// pageOf finds for each topic the first page of the tour that names it.
func pageOf(lib *content.Library) map[string]string {
	of := map[string]string{}
	for _, p := range lib.Pages {
		for _, id := range p.Topics {
			if _, taken := of[id]; !taken {
				of[id] = p.ID
			}
		}
	}
	return of
}
