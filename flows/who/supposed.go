package who

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// ready are the topics for whoever wants to be ready for an emergency.
var ready = []string{"incident-response", "awareness-training", "security-policy"}

// supposed is for a text that asks what may happen, or tells of what is long
// past: no alarm, but the steps are the first button.
func (t *turn) supposed(found match.Result, topic content.Topic) bot.View {
	do := bot.Button{Label: "Show what to do", Action: bot.Do("who", "topic", topic.ID), Main: true}
	if _, told := topic.Case(found.Case); told {
		do.Action = bot.Do("who", "case", topic.ID, found.Case)
	}
	others := likely(found.Best[1:])
	for _, id := range ready {
		if len(others) < 3 && !slices.Contains(others, id) {
			others = append(others, id)
		}
	}
	buttons := append([]bot.Button{do}, t.topics(others)...)
	return bot.View{
		Title: topic.Title + ": did it happen just now?",
		Blocks: []bot.Block{
			bot.Say("The first button shows what to do, now or on the day. The others are about being ready."),
			row(append(buttons, bot.Press("None of these", bot.Do("who", "none")))...),
		},
	}
}
