package handoff_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// An older preview may still be there, with its button: nothing goes to
// somebody whom it does not name, in words that it does not show.
func TestOnlyWhatStandsAboveTheButtonIsSent(t *testing.T) {
	for name, change := range map[string]bot.Event{
		"the text": {Action: bot.Do("handoff", "changed"), Values: map[string]string{"text": "it crashes in accounts"}},
		"somebody else": {Action: bot.Do("handoff", "chosen"), Values: map[string]string{"user": "olga"},
			Picked: map[string]bot.Picked{"user": {ID: "olga", Name: "Olga", Affiliation: bot.Home}}},
	} {
		w := office(t)
		first, id := drafted(t, w, "software-trouble", "it crashes")
		change.Kind, change.From = bot.Submit, sam
		change.Action = bot.Do("handoff", change.Action.Verb, id)
		second := bottest.Answered(w.Play(change))

		late := w.Play(bot.Event{Kind: bot.Click, From: sam, Action: w.Button("Send", first)})
		w.Sees(bottest.Answered(late), "You have changed it since. This is how it stands now; nothing was sent yet.", second.Title, "[Send]")
		if sent := read(late); len(sent) > 0 || len(w.Timers) > 0 {
			t.Errorf("%s is changed, and an older button sends %v", name, sent)
		}
		sent := read(w.Play(bot.Event{Kind: bot.Click, From: sam, Action: w.Button("Send", bottest.Answered(late))}))
		if len(sent) != 1 || !strings.Contains(bottest.Lines(second), "[Send]") {
			t.Errorf("%s is changed, and then it goes to %v", name, sent)
		}
	}
}
