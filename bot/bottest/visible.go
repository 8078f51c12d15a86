package bottest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"secadvisor/bot"
)

// written are texts with characters that nobody sees and that shape what
// stands around them: a word of Persian, one of Hindi, emoji of several parts.
var written = []string{
	"می\u200cخواهم", "क्\u200dष", "👩🏽\u200d🚒 🏳\ufe0f\u200d🌈", "❤\ufe0f 1\ufe0f\u20e3",
}

// OnlyVisible checks that a platform draws what bot.Visible keeps, all of it
// and nothing else. Draw is every text that a client is given for a view, each
// on a line of its own.
func OnlyVisible(t *testing.T, draw func(bot.View) string) {
	t.Helper()
	for _, text := range slices.Concat(Hostile, written) {
		for name, v := range Views(text, 2) {
			if got := draw(v); bot.Visible(got) != got {
				t.Errorf("%s of %+q draws %+q", name, text, got)
			}
		}
	}
	for _, text := range written {
		for _, b := range []bot.Block{bot.Say(text), bot.Head(text), bot.Points(text), bot.Copy(text), bot.Small(text)} {
			if got := draw(bot.View{Title: "x", Blocks: []bot.Block{b}}); !strings.Contains(got, text) {
				t.Errorf("%+q is drawn as %+q", text, got)
			}
		}
	}
}

// Texts are all the strings of what is sent as JSON, each on a line.
func Texts(t *testing.T, sent any) string {
	t.Helper()
	raw, err := json.Marshal(sent)
	if err != nil {
		t.Fatal(err)
	}
	var decoded any
	if err := json.Unmarshal(raw, &decoded); err != nil {
		t.Fatal(err)
	}
	var lines []string
	var walk func(x any)
	walk = func(x any) {
		switch x := x.(type) {
		case string:
			lines = append(lines, x)
		case []any:
			for _, one := range x {
				walk(one)
			}
		case map[string]any:
			for _, one := range x {
				walk(one)
			}
		}
	}
	walk(decoded)
	return strings.Join(lines, "\n")
}
