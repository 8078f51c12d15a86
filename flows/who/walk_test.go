package who_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

// From every topic and case, every button of this flow leads to an answer
// that fits, whoever presses it; the others lead to flows that exist.
func TestEveryButtonLeadsOn(t *testing.T) {
	lib := contenttest.Library(t, content.Settings{Country: "GB", Partner: content.Partner{Name: "Partner Ltd", Contact: "help@partner.example"}})
	for name, from := range map[string]bot.Person{"owner": owner, "staff": staff, "guest": guest, "foreign": foreign} {
		t.Run(name, func(t *testing.T) {
			w := world(t, lib, "")
			open := []bot.Action{bot.Do("who", "none")}
			for _, topic := range lib.Topics {
				open = append(open, bot.Do("who", "topic", topic.ID))
			}
			seen := map[string]bool{}
			for len(open) > 0 {
				a := open[0]
				open = open[1:]
				if seen[a.String()] {
					continue
				}
				seen[a.String()] = true
				v := press(t, w, from, a)
				checkView(t, a, v)
				for _, b := range v.Actions() {
					if b.Action.Flow == "who" {
						open = append(open, b.Action)
					} else {
						checkElsewhere(t, lib, b.Action)
					}
				}
			}
			for _, topic := range lib.Topics {
				for _, c := range topic.Cases {
					if !seen[bot.Do("who", "case", topic.ID, c.ID, "").String()] {
						t.Errorf("the case %s/%s cannot be reached", topic.ID, c.ID)
					}
				}
			}
		})
	}
}

func checkView(t *testing.T, a bot.Action, v bot.View) {
	t.Helper()
	if strings.HasPrefix(v.Title, "That has moved") {
		t.Errorf("%v leads nowhere", a)
	}
	if text := words(v); strings.Contains(text, "{") && strings.Contains(text, "incident_contact") {
		t.Errorf("%v shows a placeholder: %s", a, text)
	}
	for _, b := range v.Blocks {
		if b.Buttons == nil {
			continue
		}
		shown, more := 0, 0
		for _, button := range b.Buttons.Items {
			if button.More {
				more = 1
			} else {
				shown++
			}
		}
		if shown+more > 5 {
			t.Errorf("%v shows %d buttons in a row, want five at most", a, shown+more)
		}
	}
	for _, b := range v.Actions() {
		if n := utf8.RuneCountInString(b.Label); n == 0 || n > 75 {
			t.Errorf("%v has a label of %d characters: %q", a, n, b.Label)
		}
		if n := len(b.Action.String()); n > 200 {
			t.Errorf("%v has an action of %d bytes", a, n)
		}
	}
}

// checkElsewhere checks a button that leads to another flow, by the actions
// that flows promise each other.
func checkElsewhere(t *testing.T, lib *content.Library, a bot.Action) {
	t.Helper()
	switch a.Flow + "/" + a.Verb {
	case "menu/menu", "menu/urgent", "emergency/edit", "duty/assign", "teach/pass", "teach/list", "handoff/tell", "handoff/called", "handoff/no-number":
		return
	case "explain/page":
		if _, ok := lib.Page(a.Arg(0)); ok {
			return
		}
	case "assess/start":
		if _, ok := lib.Pack(a.Arg(0)); ok {
			return
		}
	}
	t.Errorf("%v is nothing that another flow promises", a)
}
