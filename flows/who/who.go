// Package who is the flow that answers "who handles this?": it says whether
// IT support, security expertise or both handle something, whom to ask at
// this company, and what to do now. It keeps nothing of what people ask, and
// owns no document: it reads the map, the numbers and the taught phrases.
package who

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// New makes the flow.
func New(lib *content.Library, m *match.Matcher) bot.Flow {
	f := &flow{lib: lib, match: m, page: pageOf(lib)}
	return bot.Flow{
		Name:     "who",
		Words:    []string{"who"},
		Typed:    slices.Concat(phoning, settled),
		Fallback: true,
		Open:     true,
		Reads:    records,
		Step:     f.step,
	}
}

type flow struct {
	lib   *content.Library
	match *match.Matcher
	page  map[string]string // topic -> the page of the tour that tells of it

	maps    bot.Seen[company.Map]
	phrases bot.Seen[company.Taught]
}

func (f *flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := f.turn(d, e)
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.ask(e.Text)
	case bot.Click, bot.Submit:
		return t.press(e.Action)
	case bot.Timer:
		return t.askNow(e.Timer)
	}
	return nil
}

// turn is one event with what the answers to it need.
type turn struct {
	*flow
	event    bot.Event
	contacts company.Contacts
	people   *company.Map
	taught   *company.Taught
	subject  content.Topic    // what it is about, for whom to phone
	first    *company.Contact // of them; nil: not looked up yet
}

func (f *flow) turn(d *bot.Docs, e bot.Event) *turn {
	t := &turn{flow: f, event: e}
	t.contacts, _ = company.ContactsOf.Get(d, company.ContactsID)
	t.people, _ = company.Maps.See(d, company.MapID, &f.maps)
	t.taught, _ = company.Taughts.See(d, company.TaughtID, &f.phrases)
	t.subject = content.Topic{Urgency: content.Emergency, Side: content.Security}
	return t
}

// about is the turn for a topic.
func (t *turn) about(topic content.Topic) *turn {
	its := *t
	its.subject, its.first = topic, nil
	return &its
}

// callee is whom this person may be told to phone; it may be empty.
func (t *turn) callee() company.Contact {
	if t.first == nil {
		all := append(t.line(t.subject), company.Contact{})
		t.first = &all[0]
	}
	return *t.first
}

// press answers a button.
func (t *turn) press(a bot.Action) []bot.Effect {
	switch a.Verb {
	case "ask":
		return t.ask(t.event.Values["text"]) // from the form of the menu
	case "none":
		return bot.Respond(t.about(content.Topic{Side: content.Security}).none())
	case "side":
		return bot.Respond(t.all(content.Side(a.Arg(0))))
	case "reached":
		return t.reached()
	case "next":
		return bot.Respond(t.next())
	}
	if own, ok := t.people.Own[a.Arg(0)]; ok && a.Verb == "topic" && t.event.From.Affiliation == bot.Home {
		return bot.Respond(t.own(a.Arg(0), own))
	}
	topic, ok := t.lib.Topic(a.Arg(0))
	if !ok {
		return bot.Respond(t.moved())
	}
	t = t.about(topic)
	switch a.Verb {
	case "topic":
		return t.topic(topic, a.Arg(1), nil)
	case "case":
		return t.oneCase(topic, a.Arg(1), a.Arg(2))
	case "already":
		return t.already(topic, a.Arg(1), a.Arg(2), a.Arg(3))
	case "called":
		return t.called(topic, a.Arg(1))
	case "why":
		return bot.Respond(t.why(topic))
	case "related":
		return bot.Respond(t.related(topic))
	case "not":
		return t.notThisOne(topic, a.Args[1:])
	}
	return bot.Respond(t.moved())
}

// topic answers with what is known of a topic: an emergency by what to do
// now, anything else by who handles it. others are what else may be meant.
func (t *turn) topic(topic content.Topic, saved string, others []string) []bot.Effect {
	t = t.about(topic)
	if topic.Urgency == content.Emergency {
		return t.urgent(saved, func(saved string) bot.View { return t.common(topic, saved) })
	}
	return bot.Respond(t.card(topic, others))
}

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
