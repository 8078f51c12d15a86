package bottest

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
)

// Hostile are texts that would mention, format, link, turn or hide something
// if anything looked for marks in them.
var Hostile = []string{
	"<!channel>", "<!here|x>", "<@U1>", "<#C1|general>", "<https://evil.example|your bank>", "&lt;!channel&gt;", "&amp;",
	"<at>Everyone</at>", "[bank](https://evil.example)", "{{DATE(2026-01-01T00:00:00Z,SHORT)}}", "${x}",
	"*x* **x** _x_ ~x~ `x` ```x``` # h", "> quote", ":smile: :+1::skin-tone-2:", "@channel @here", "https://evil.example",
	"\u202egnihsihp\u202c", "אבג דהו", "a\u200bb\u200d\ufeffc", "\u200b", " ",
	"in\u00advi\u2060si\u2064ble\u034f", "\u061c\u200eto\u2066 turn\u2069\u200f", "\u3164\uffa0\u115f", "tag\U000e0068\U000e0069\U000e007fs", "v\ufe0fa❤\ufe0f\ufe0e\U000e0101r",
	"new\u0085line\u2028and\u2029more\r\nof\rthem", "lost \ufffd", "\x1b[31mred\u009b2J", "\ufffe\ufff9note\ufffb", "\n", "\t\n ", "line\nline\n\n\nline", "", "a\x00b\x07c", "\xff\xfe", "é́́́", "👩‍💻🚨",
	`"}],"text":"x"`, "\\u003c!channel\\u003e",
}

// Views has a view of every kind of block with a text, with lists of n and n
// times with short lists.
func Views(text string, n int) map[string]bot.View {
	views := map[string]bot.View{
		"title": {Title: text}, "urgent": {Title: text, Tone: bot.Urgent}, "gist": {Gist: text}, "empty": {Blocks: []bot.Block{{}}},
	}
	for name, b := range everyBlock(text, n) {
		views[name] = bot.View{Title: text, Blocks: []bot.Block{b}}
	}
	for name, b := range everyBlock(text, min(n, few)) {
		views[name+" many times"] = bot.View{Title: text, Tone: bot.Urgent, Blocks: append(slices.Repeat([]bot.Block{b}, n), bot.Row(bot.Press("Last", bot.Do("menu", "menu"))))}
	}
	return views
}

// few are the items of a block that is repeated.
const few = 7

func everyBlock(text string, n int) map[string]bot.Block {
	press := make([]bot.Button, n)
	behind := make([]bot.Button, n)
	items := make([]string, n)
	fields := make([]bot.Field, n)
	bars := make([]bot.Bar, n)
	rows := make([][]string, n)
	for i := range n {
		press[i] = bot.Press(text, bot.Do("who", "topic", fmt.Sprint(i), text))
		behind[i] = bot.Behind(text, bot.Do("who", "topic", fmt.Sprint(i%97), text))
		items[i], fields[i], bars[i] = text, bot.Field{Name: text, Value: text}, bot.Bar{Label: text, Value: 40*i - 30, Text: text}
		rows[i] = []string{text, text, text}
	}
	return map[string]bot.Block{
		"text": bot.Say(text), "heading": bot.Head(text), "steps": bot.Steps(items...), "points": bot.Points(items...),
		"note": bot.Small(text), "code": bot.Copy(text), "buttons": bot.Row(press...), "more": bot.Row(behind...),
		"both": bot.Row(append(press[:n:n], behind...)...), "menu": bot.Pick(text, press...),
		"fields": {Fields: &bot.Fields{Items: fields}}, "table": {Table: &bot.Table{Head: []string{text, text}, Rows: rows}},
		"bars": {Bars: &bot.Bars{Items: bars}}, "progress": {Progress: &bot.Progress{Done: n, Of: 7}},
	}
}

// Pressable has views whose buttons and choices carry odd actions, in all the
// ways in which they are grouped.
func Pressable(most int) map[string]bot.View {
	odd := bot.Do("who", "case", "a/b", "ü %2F \"q\" <&>", "")
	numbered := func(n int, make func(string, bot.Action) bot.Button) (all []bot.Button) {
		for i := range n {
			all = append(all, make(fmt.Sprintf("No. %d", i), bot.Do("who", "topic", fmt.Sprint(i))))
		}
		return all
	}
	long := bot.Do("who", "topic", strings.Repeat("x", most))
	views := map[string]bot.View{}
	for name, b := range map[string]bot.Block{
		"buttons":          bot.Row(numbered(12, bot.Press)...),
		"an odd action":    bot.Row(bot.Press("Odd", odd)),
		"one behind":       bot.Row(bot.Press("Main", odd), bot.Behind("Other", bot.Do("menu", "menu"))),
		"dots":             bot.Row(append(numbered(2, bot.Press), numbered(5, bot.Behind)[2:]...)...),
		"many behind":      bot.Row(numbered(20, bot.Behind)...),
		"long behind":      bot.Row(bot.Behind("Long", long), bot.Behind("Short", odd), bot.Behind("Short2", bot.Do("a", "b"))),
		"menu":             bot.Pick("Which?", numbered(100, bot.Press)...),
		"menu of many":     bot.Pick("Which?", numbered(205, bot.Press)...),
		"menu with a long": bot.Pick("Which?", bot.Press("Long", long), bot.Press("Odd", odd)),
	} {
		views[name] = bot.View{Title: "Title", Blocks: []bot.Block{b}}
	}
	return views
}
