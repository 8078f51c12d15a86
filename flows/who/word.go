package who

import (
	"secadvisor/bot"
	"secadvisor/flows/content"
)

// word tells what a word means to somebody who asked just that. If it has
// happened to them, what to do is the first button.
func (t *turn) word(w content.Word) bot.View {
	v := bot.View{Title: w.Says[0], Gist: w.Says[0] + ": " + w.Means, Blocks: []bot.Block{bot.Say(w.Means)}}
	topic, ok := t.lib.Topic(w.Topic)
	if !ok {
		return v
	}
	ask := bot.Button{Label: "Who handles that here?", Action: bot.Do("who", "topic", topic.ID), Main: true}
	if topic.Urgency == content.Emergency {
		ask.Label = "It happened here: what to do"
	}
	v.Blocks = append(v.Blocks, bot.Row(ask, bot.Press("More about it", bot.Do("explain", "topic", topic.ID)), bot.Press("All topics", bot.Do("who", "none"))))
	return v
}
