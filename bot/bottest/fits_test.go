package bottest_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestAFlowMayShowOnlyWhatPlatformsAreToDraw(t *testing.T) {
	press := func(labels ...string) bot.Block {
		var all []bot.Button
		for _, l := range labels {
			all = append(all, bot.Press(l, bot.Do("a", "b")))
		}
		return bot.Row(append(all, bot.Behind("Rest", bot.Do("a", "c")))...)
	}
	for name, c := range map[string]struct {
		v    bot.View
		want string // of the error
	}{
		"five, and more":  {bot.View{Title: "Title", Blocks: []bot.Block{press("1", "2", "3", "4", "5")}}, ""},
		"six":             {bot.View{Title: "Title", Blocks: []bot.Block{press("1", "2", "3", "4", "5", "6")}}, "6 buttons stand in a row"},
		"a label, 34":     {bot.View{Title: "Title", Blocks: []bot.Block{press(strings.Repeat("ü", 34))}}, ""},
		"a label, 35":     {bot.View{Title: "Title", Blocks: []bot.Block{press(strings.Repeat("ü", 35))}}, "a button of 35 characters is cut on a phone"},
		"a choice, 75":    {bot.View{Title: "Title", Blocks: []bot.Block{bot.Pick("Which?", bot.Press(strings.Repeat("x", 75), bot.Do("a", "b")))}}, ""},
		"a label, 76":     {bot.View{Title: "Title", Blocks: []bot.Block{press(strings.Repeat("ü", 76))}}, "a button has 76 characters"},
		"a choice, 76":    {bot.View{Title: "Title", Blocks: []bot.Block{bot.Pick("Which?", bot.Press(strings.Repeat("x", 76), bot.Do("a", "b")))}}, "a button has 76 characters"},
		"a label, none":   {bot.View{Title: "Title", Blocks: []bot.Block{press("")}}, "a button has 0 characters"},
		"no title":        {bot.View{Blocks: []bot.Block{bot.Say("x")}}, "it has no title"},
		"nothing to show": {bot.View{}, ""},
	} {
		flow := bot.Flow{Name: "a", Step: func(*bot.Docs, bot.Event) []bot.Effect { return []bot.Effect{bot.Answer{View: c.v}} }}
		_, err := bottest.NewWorld([]bot.Flow{flow}, time.Now()).Do("a", bot.Event{Kind: bot.Command})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
