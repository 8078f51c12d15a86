package bottest_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestLinesLeaveNoTextOut(t *testing.T) {
	const text = "somewhere"
	for name, v := range bottest.Views(text, 3) {
		if v.Gist != "" || name == "empty" || strings.HasPrefix(name, "progress") {
			continue // no text that is drawn in the view
		}
		all := v
		all.Title = ""
		if name == "title" || name == "urgent" {
			all = v
		}
		if got := bottest.Lines(all); !strings.Contains(got, text) {
			t.Errorf("%s: the text is not in %q", name, got)
		}
	}
	v := bot.View{Title: "Title", Blocks: []bot.Block{
		{Progress: &bot.Progress{Done: 2, Of: 7}}, {Fields: &bot.Fields{Items: []bot.Field{{Name: "Name", Value: "Robin"}}}},
		{Table: &bot.Table{Head: []string{"Then", "Now"}, Rows: [][]string{{"40", "60"}}}}, {Bars: &bot.Bars{Items: []bot.Bar{{Label: "Backups", Text: "3 of 4"}}}},
		bot.Pick("Which?", bot.Press("This", bot.Do("a", "b"))), bot.Row(bot.Behind("More of it", bot.Do("a", "c"))),
	}}
	const want = "Title\n2 of 7\nName: Robin\nThen | Now\n40 | 60\nBackups 3 of 4\nWhich?\n[This]\n[More of it]"
	if got := bottest.Lines(v); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
