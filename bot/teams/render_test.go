package teams

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestOnlyWhatIsVisibleIsDrawn(t *testing.T) {
	bottest.OnlyVisible(t, func(v bot.View) string { return bottest.Texts(t, Render(v)) })
}

// part is a block of a card, as tests look at it.
type part struct {
	Type    string
	ID      string
	Actions []struct {
		Title string
		Mode  string
		Data  map[string]any
	}
	Choices []struct{ Value string }
	Data    struct{ Dataset string } `json:"choices.data"`
}

func parts(t *testing.T, c *card) []part {
	t.Helper()
	var read struct{ Body []part }
	if err := json.Unmarshal(c.json(), &read); err != nil {
		t.Fatalf("%s: %v", c.json(), err)
	}
	return read.Body
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
	v := bottest.Views(strings.Repeat("word ", 8000), 3)["text many times"]
	if raw := Render(v).json(); !strings.Contains(string(raw), `"Last"`) || !strings.Contains(string(raw), "more than fits here") {
		t.Errorf("the button is gone, or nothing says that text is: %d bytes", len(raw))
	}
}

// Dots in a row of their own say nothing, and dots for one button hide it.
// A menu stays with its button, or goes with it: alone, neither does anything.
func TestMenusStayWhereACardIsCut(t *testing.T) {
	for _, c := range []struct{ lines, options, menus int }{{200, 60, 1}, {200, 150, 2}, {1, 350, 1}} {
		var lines []string
		var options []bot.Button
		for i := range c.lines {
			lines = append(lines, fmt.Sprint(i, strings.Repeat(" word", 40)))
		}
		for i := range c.options {
			options = append(options, bot.Press(fmt.Sprint("Option ", i), bot.Do("flow", "verb", fmt.Sprint(i), strings.Repeat("x", 40))))
		}
		choices, sends := map[string]bool{}, map[string]bool{}
		for _, p := range parts(t, Render(bot.View{Title: "Long", Blocks: []bot.Block{bot.Points(lines...), bot.Pick("Which?", options...)}})) {
			if len(p.Choices) > 0 {
				choices[p.ID] = true
			}
			for _, a := range p.Actions {
				id, _ := a.Data["m"].(string)
				sends[id] = true
			}
		}
		if diff := cmp.Diff(choices, sends); diff != "" || len(choices) < c.menus {
			t.Errorf("of %d lines and %d options, choices %v and their buttons %v stay", c.lines, c.options, choices, sends)
		}
	}
}

func TestDotsStandBesideButtons(t *testing.T) {
	press := func(labels ...string) (all []bot.Button) {
		for _, label := range labels {
			b := bot.Press(strings.TrimPrefix(label, "…"), bot.Do("menu", label))
			b.More = strings.HasPrefix(label, "…")
			all = append(all, b)
		}
		return all
	}
	for name, row := range map[string]struct {
		blocks []bot.Block
		want   string
	}{
		"one row":           {[]bot.Block{bot.Row(press("A", "B", "…C", "…D")...)}, "A B …C …D"},
		"one alone":         {[]bot.Block{bot.Row(press("A", "…B")...)}, "A B"},
		"a row of its own":  {[]bot.Block{bot.Row(press("A", "B")...), bot.Row(press("…C", "…D")...)}, "A B …C …D"},
		"one in a row":      {[]bot.Block{bot.Row(press("A")...), bot.Row(press("…B")...)}, "A | B"},
		"below a text":      {[]bot.Block{bot.Row(press("A")...), bot.Say("x"), bot.Row(press("…B", "…C")...)}, "A | …B …C"},
		"below a menu":      {[]bot.Block{bot.Pick("Which?", press("A")...), bot.Row(press("…B", "…C")...)}, "Choose | …B …C"},
		"after a full row":  {[]bot.Block{bot.Row(press("A", "B", "C", "D", "E", "F")...), bot.Row(press("…G", "…H")...)}, "A B C D E F …G …H"},
		"nothing above":     {[]bot.Block{bot.Row(press("…A", "…B")...)}, "…A …B"},
		"two rows of a row": {[]bot.Block{bot.Row(press("A", "B", "C", "D", "E", "F", "G", "…H", "…I")...)}, "A B C D E F | G …H …I"},
	} {
		var rows []string
		for _, part := range parts(t, Render(bot.View{Title: "Title", Blocks: row.blocks})) {
			var labels []string
			for _, a := range part.Actions {
				labels = append(labels, map[string]string{"secondary": "…"}[a.Mode]+a.Title)
			}
			if labels != nil {
				rows = append(rows, strings.Join(labels, " "))
			}
		}
		if got := strings.Join(rows, " | "); got != row.want {
			t.Errorf("%s: got %s, want %s", name, got, row.want)
		}
	}
}
