package teams

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"secadvisor/bot"
)

var hostile = []string{
	"plain", "", " ", "<at>Everyone</at>", "[bank](https://evil.example)", "**x** _y_ `z` # h", "{{DATE(2026-01-01T00:00:00Z,SHORT)}}", "${x}",
	"\u202egnihsihp\u202c", "a\u200bb", "a\x00b\x07", "\xff\xfe", "line\nline\n\n\nline", `"}],"text":"x"`, "👩‍💻🚨", strings.Repeat("ä", 5000), strings.Repeat("word ", 8000),
}

// every has a view of every kind of block with a text, n times.
func every(s string, n int) map[string]bot.View {
	var press []bot.Button
	var items []string
	var fields []bot.Field
	var bars []bot.Bar
	var rows [][]string
	for i := range n {
		press = append(press, bot.Press(s, bot.Do("who", "topic", fmt.Sprint(i))), bot.Behind(s, bot.Do("who", "side", fmt.Sprint(i))))
		items, fields, bars = append(items, s), append(fields, bot.Field{Name: s, Value: s}), append(bars, bot.Bar{Label: s, Value: i*40 - 30, Text: s})
		rows = append(rows, []string{s, s, s})
	}
	views := map[string]bot.View{}
	for name, b := range map[string]bot.Block{
		"text": bot.Say(s), "heading": bot.Head(s), "steps": bot.Steps(items...), "points": bot.Points(items...), "note": bot.Small(s), "code": bot.Copy(s),
		"buttons": bot.Row(press...), "menu": bot.Pick(s, press...), "fields": {Fields: &bot.Fields{Items: fields}},
		"table": {Table: &bot.Table{Head: []string{s, s}, Rows: rows}}, "bars": {Bars: &bot.Bars{Items: bars}}, "progress": {Progress: &bot.Progress{Done: n, Of: 7}}, "none": {},
	} {
		views[name] = bot.View{Title: s, Tone: bot.Urgent, Blocks: []bot.Block{b, bot.Row(bot.Press("Last", bot.Do("menu", "menu")))}}
	}
	return views
}

func TestAnyViewIsACardThatFits(t *testing.T) {
	for _, s := range hostile {
		for _, n := range []int{0, 1, 3, 120} {
			for name, v := range every(s, n) {
				raw, err := json.Marshal(Render(v))
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range faults(raw) {
					t.Errorf("%s, %d times %.20q: %s", name, n, s, fault)
				}
			}
		}
	}
}

// faults is what Teams would not take of a card, or would draw as marks.
func faults(raw []byte) (all []string) {
	if len(raw) > maxCard {
		all = append(all, fmt.Sprintf("%d bytes", len(raw)))
	}
	var c map[string]any
	if err := json.Unmarshal(raw, &c); err != nil {
		return append(all, err.Error())
	}
	if c["type"] != "AdaptiveCard" || c["version"] != "1.5" || c["fallbackText"] == "" {
		all = append(all, "it is no card of version 1.5 with a fallback")
	}
	ids := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			switch v["type"] {
			case "TextBlock":
				all = append(all, "a TextBlock draws marks")
			case "TextRun":
				if text, _ := v["text"].(string); text == "" || strings.ContainsAny(text, "\n\x00\u202e") {
					all = append(all, fmt.Sprintf("a run of %.20q", text))
				}
			case "ActionSet":
				n, beside := 0, 0
				for _, a := range v["actions"].([]any) {
					if n++; a.(map[string]any)["mode"] == nil {
						beside++
					}
				}
				if n == 0 || beside > rowOf {
					all = append(all, fmt.Sprintf("a row of %d", beside))
				}
			case "Action.Execute":
				if v["title"] == "" || v["fallback"] == nil || v["style"] != nil {
					all = append(all, "a button without a title or fallback, or with a style")
				}
			case "Input.ChoiceSet", "Input.Text":
				id, _ := v["id"].(string)
				if id == "" || ids[id] {
					all = append(all, "an input without an id of its own")
				}
				ids[id] = true
			}
			for _, one := range v {
				walk(one)
			}
		}
	}
	walk(c)
	if len(c["body"].([]any)) == 0 {
		all = append(all, "an empty body")
	}
	return all
}

func TestButtonsStayWhereACardIsCut(t *testing.T) {
	v := every(strings.Repeat("word ", 8000), 3)["text"]
	if raw, _ := json.Marshal(Render(v)); !strings.Contains(string(raw), `"Last"`) || !strings.Contains(string(raw), "more than fits here") {
		t.Errorf("the button is gone, or nothing says that text is: %d bytes", len(raw))
	}
}
