package who

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// related offers the topics that lie near another.
func (t *turn) related(topic content.Topic) bot.View {
	buttons := append(t.topics(topic.Related), bot.Press("Back", bot.Do("who", "topic", topic.ID)))
	return bot.View{Title: "Related to: " + topic.Title, Blocks: []bot.Block{row(buttons...)}}
}

// notThis offers what else somebody may have meant.
func (t *turn) notThis(topic content.Topic, others []string) bot.View {
	for _, id := range topic.Related {
		if !slices.Contains(others, id) {
			others = append(others[:len(others):len(others)], id)
		}
	}
	v := bot.View{
		Title:  "Sorry. What is it closer to?",
		Blocks: []bot.Block{bot.Say("Or say it in other words: what you see, and what you were doing.")},
	}
	buttons := append(t.topics(others[:min(len(others), 3)]), t.happened(), bot.Press("None of these", bot.Do("who", "none")))
	v.Blocks = append(v.Blocks, row(buttons...))
	return v
}

// topics are buttons for those of the ids that exist.
func (t *turn) topics(ids []string) []bot.Button {
	var buttons []bot.Button
	for _, id := range ids {
		if topic, ok := t.lib.Topic(id); ok {
			buttons = append(buttons, t.toTopic(topic))
		}
	}
	return buttons
}

// none is where somebody goes whom no guess has helped.
func (t *turn) none() bot.View {
	return bot.View{
		Title: "Let's find it together",
		Blocks: []bot.Block{
			bot.Say("Say it in other words, or look through the list. Unsure and worried? Phone or walk to " + t.named() + "."),
			row(append([]bot.Button{t.happened(),
				bot.Press("What IT support does", bot.Do("who", "side", string(content.IT))),
				bot.Press("What both do", bot.Do("who", "side", string(content.Both))),
				bot.Press("What security does", bot.Do("who", "side", string(content.Security)))}, t.passOn()...)...),
		},
	}
}

// all lists the topics of a side that are no emergency.
func (t *turn) all(side content.Side) bot.View {
	var options []bot.Button
	for _, topic := range t.lib.Topics {
		if topic.Side == side && topic.Urgency != content.Emergency {
			options = append(options, t.toTopic(topic))
		}
	}
	if len(options) == 0 {
		return t.moved()
	}
	return bot.View{
		Title:  side.Mark() + " " + side.Word(),
		Blocks: []bot.Block{bot.Pick("Who handles it, and what to do first:", options...), bot.Row(t.happened(), bot.Press("Back", bot.Do("who", "none")))},
	}
}

// moved answers a button whose topic or verb is no longer there.
func (t *turn) moved() bot.View {
	v := t.help()
	v.Title = "That has moved since this button was shown"
	return v
}
