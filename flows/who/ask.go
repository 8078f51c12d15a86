package who

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// ask answers what somebody typed. The company's own words come first, but
// nothing comes before an emergency, and before that only people's lives.
func (t *turn) ask(text string) []bot.Effect {
	if strings.TrimSpace(text) == "" {
		return bot.Respond(t.help())
	}
	if inDanger(text) {
		return bot.Respond(t.safety())
	}
	found := t.match.Find(text)
	if isBack(text, found) {
		if topic, ok := t.lib.Topic(lost); ok {
			return t.back(topic)
		}
	}
	if id, ok := t.meant(text); ok && !(found.Emergency && found.Outcome == match.Answer) {
		return t.taughtAs(id, found)
	}
	if slices.Contains(phoning, text) {
		return bot.Respond(t.next())
	}
	if slices.Contains(settled, text) {
		return bot.Respond(t.over())
	}
	if w, ok := t.lib.Defined(text); ok {
		return bot.Respond(t.word(w))
	}
	if aboutMe(text) {
		return bot.Respond(t.myself())
	}
	if v, ok := t.family(text, found); ok {
		return bot.Respond(v)
	}
	switch found.Outcome {
	case match.NotOurs:
		return bot.Respond(t.notOurs(found.Best))
	case match.Choose:
		if topic, ok := t.lib.Topic(found.Best[0].Topic); ok && found.Supposed {
			return bot.Respond(t.supposed(found, topic))
		}
		return bot.Respond(t.choose(found))
	case match.Sensitive:
		return bot.Respond(t.sensitive())
	case match.Foreign:
		return bot.Respond(t.foreign())
	}
	topic, ok := t.lib.Topic(found.Best[0].Topic)
	if !ok {
		return bot.Respond(t.moved())
	}
	if found.Emergency && found.Case != "" {
		return t.oneCase(topic, found.Case, "")
	}
	if also, asked := t.lib.Topic(found.Also); asked && topic.Urgency != content.Emergency {
		return bot.Respond(t.both(topic, also, likely(found.Best[1:])))
	}
	return t.topic(topic, "", likely(found.Best[1:]))
}

// both answers a text that asks for two things: the second is one press away.
func (t *turn) both(topic, also content.Topic, others []string) bot.View {
	v := t.about(topic).card(topic, others)
	second := []bot.Block{bot.Say("And the other thing you asked:"), bot.Row(t.toTopic(also))}
	v.Blocks = append(v.Blocks, second...)
	return v
}

// help says how to ask, by example.
func (t *turn) help() bot.View {
	sec := t.lib.Command
	return bot.View{
		Title: "Ask who handles something, or tell me what happened",
		Blocks: []bot.Block{
			bot.Points(sec+" who handles the printers?", sec+" who may see the finance folder?", sec+" I clicked a strange link"),
			bot.Row(t.happened(), bot.Press("Menu", bot.Do("menu", "menu"))),
		},
	}
}

// choose asks which topic is meant, an emergency first.
func (t *turn) choose(found match.Result) bot.View {
	v := bot.View{Title: "Which is it?"}
	if found.Emergency {
		v.Blocks = append(v.Blocks, bot.Say("If this happened just now, press the first one. It shows what to do."))
	}
	var buttons []bot.Button
	for i, s := range found.Best {
		topic, ok := t.lib.Topic(s.Topic)
		if !ok || i > 0 && s.Score < unlikely {
			continue
		}
		b := t.toTopic(topic)
		if c, told := topic.Case(found.Case); i == 0 && found.Emergency && told {
			b = bot.Press("Urgent: "+c.Title, bot.Do("who", "case", topic.ID, c.ID))
		}
		b.Main = i == 0
		buttons = append(buttons, b)
	}
	none := "None of these"
	if len(buttons) == 1 {
		v.Title, none = "Is it this?", "No"
	}
	buttons = append(buttons, bot.Press(none, bot.Do("who", "none")))
	v.Blocks = append(v.Blocks, bot.Row(buttons...))
	return v
}

// notOurs says kindly that a text is about something else.
func (t *turn) notOurs(closest []match.Scored) bot.View {
	if len(closest) == 0 {
		return t.noWords()
	}
	v := bot.View{
		Title:  "I don't think that is IT or security",
		Blocks: []bot.Block{bot.Say("The office usually knows. Nothing was kept or passed on.")},
	}
	buttons := t.topics(likely(closest))
	if len(buttons) > 0 {
		v.Blocks = append(v.Blocks, bot.Say("If it is about computers or safety after all, this comes closest, or say it in other words."))
	}
	buttons = append(append(buttons, t.passOn()...), t.happened(), bot.Press("All topics", bot.Do("who", "none")))
	v.Blocks = append(v.Blocks, row(buttons...))
	return v
}

// noWords is for text in which no word is known: slips of a hand, signs,
// swearing. It may be somebody in a hurry.
func (t *turn) noWords() bot.View {
	happened := t.happened()
	happened.Main = true
	return bot.View{Title: "I didn't understand that", Blocks: []bot.Block{
		bot.Say("A few plain words are enough, such as: printer jammed, strange e-mail, phone lost. Nothing was kept or passed on."),
		bot.Row(happened, bot.Press("All topics", bot.Do("who", "none")), bot.Press("Menu", bot.Do("menu", "menu"))),
	}}
}

// taughtAs answers what the company's own words mean. What the model thinks
// stays one press away, so that a doubt about an emergency is not lost.
func (t *turn) taughtAs(id string, found match.Result) []bot.Effect {
	if topic, ok := t.lib.Topic(id); ok {
		others := slices.DeleteFunc(likely(found.Best), func(other string) bool { return other == id })
		return t.topic(topic, "", others)
	}
	return t.press(bot.Do("who", "topic", id))
}

// passOn is the button by which somebody lets the owners know what is missing.
func (t *turn) passOn() []bot.Button {
	if t.event.From.Affiliation != bot.Home || t.event.From.Owner() {
		return nil
	}
	return []bot.Button{bot.Press("Ask the owner to add this", bot.Do("teach", "pass"))}
}

// toTopic is the button that leads to a topic.
func (t *turn) toTopic(topic content.Topic) bot.Button {
	return bot.Press(topic.Label(), bot.Do("who", "topic", topic.ID))
}

func (t *turn) happened() bot.Button {
	return bot.Press("Something happened", bot.Do("menu", "urgent"))
}

// unlikely is below which a topic would only puzzle: the third of three guesses
// may have nothing to do with what was asked.
const unlikely = 0.02

// likely lists the topics that may be meant instead.
func likely(best []match.Scored) []string {
	var all []string
	for _, s := range best {
		if s.Score >= unlikely {
			all = append(all, s.Topic)
		}
	}
	return all
}

// row is a row of at most five: what is too many goes behind More, which
// counts as one.
func row(buttons ...bot.Button) bot.Block {
	const most = 5
	shown := 0
	more := len(buttons) > most
	for _, b := range buttons {
		more = more || b.More
	}
	for i := range buttons {
		if buttons[i].More || shown == most-1 && more {
			buttons[i].More = true
			continue
		}
		shown++
	}
	return bot.Row(buttons...)
}
