package teams

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestOnlyWhatIsVisibleIsDrawn(t *testing.T) {
	bottest.OnlyVisible(t, func(v bot.View) string { return bottest.Texts(t, Render(v)) })
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
	if raw, _ := json.Marshal(Render(v)); !strings.Contains(string(raw), `"Last"`) || !strings.Contains(string(raw), "more than fits here") {
		t.Errorf("the button is gone, or nothing says that text is: %d bytes", len(raw))
	}
}
