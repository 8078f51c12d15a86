package teams

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"secadvisor/bot"
)

func TestAnyFormFits(t *testing.T) {
	for _, n := range []int{1, 5, 20} {
		for _, long := range []string{"", strings.Repeat("ä", 2000), strings.Repeat("<", 3000), strings.Repeat("\"\n", 1500)} {
			f := bot.Form{Title: "T", Intro: long, Submit: "Send", Action: bot.Do("a", "b")}
			values, why := map[string]string{}, map[string]string{}
			for i := range n {
				id := fmt.Sprint("f", i)
				f.Fields = append(f.Fields, bot.Input{ID: id, Label: "Label", Hint: "Hint", Value: long, Lines: true, Max: 2000})
				values[id], why[id] = long, "Please say more."
			}
			for name, c := range map[string]*card{"new": form(f, nil, nil, screen{}), "again": form(f, values, why, screen{}), "window": form(f, values, why, screen{window: true})} {
				if len(c.json()) > maxCard || !json.Valid(c.json()) {
					t.Errorf("%s: %d fields of %d bytes: %d bytes", name, n, len(long), len(c.json()))
				}
			}
		}
	}
	f := bot.Form{Title: "T", Submit: "Send", Action: bot.Do("a", "b"), Fields: []bot.Input{{ID: "x", Label: "x"}}}
	for i := range 100 {
		f.Fields[0].Options = append(f.Fields[0].Options, bot.Option{Value: fmt.Sprint("topic-", i), Label: strings.Repeat("w", 70)})
	}
	if raw := form(f, nil, nil, screen{}).json(); len(raw) > maxCard {
		t.Errorf("100 options: %d bytes", len(raw))
	}
}

func TestACardWithALongRefreshFits(t *testing.T) {
	v := bot.View{Title: "T", Gist: strings.Repeat("<", 3000), Fresh: bot.Do("assess", "look", strings.Repeat("x", 5000))}
	for range 300 {
		v.Blocks = append(v.Blocks, bot.Say(strings.Repeat("w", 200)))
	}
	raw := render(v, screen{key: "k", user: "29:x"}).json()
	if len(raw) > maxCard {
		t.Errorf("%d bytes", len(raw))
	}
}
