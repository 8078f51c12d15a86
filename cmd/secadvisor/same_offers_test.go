package main

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
	"secadvisor/flows/content"
)

// What a view offers can be pressed or chosen in Slack as well as in Teams:
// everything that an owner and staff can reach, and every view of the stories.
func TestSlackAndTeamsOfferTheSame(t *testing.T) {
	lib, matcher, err := knowledge.Load(content.Settings{Country: "GB"})
	if err != nil {
		t.Fatal(err)
	}
	offers := 0
	for _, role := range []bot.Role{bot.Owner, bot.Staff} {
		who := bot.Person{ID: "U1", Affiliation: bot.Home, Role: role}
		w := explored(t, flows.All(lib, matcher, func(string) []string { return nil }), who, 1000)
		for _, v := range w.Views {
			offers += offersTheSame(t, v)
		}
	}
	if offers < 1000 {
		t.Errorf("only %d offers", offers)
	}
}

// offeringTheSame are the same flows, of which every view is looked at.
func offeringTheSame(t *testing.T, all []bot.Flow) []bot.Flow {
	watched := slices.Clone(all)
	for i, f := range all {
		watched[i].Step = func(d *bot.Docs, e bot.Event) []bot.Effect {
			effects := f.Step(d, e)
			for _, x := range effects {
				switch x := x.(type) {
				case bot.Answer:
					offersTheSame(t, x.View)
				case bot.Show:
					offersTheSame(t, x.View)
				case bot.Send:
					offersTheSame(t, x.View)
				}
			}
			return effects
		}
	}
	return watched
}

// offersTheSame compares what a view offers with what both platforms draw of
// it, and tells how much that is.
func offersTheSame(t *testing.T, v bot.View) int {
	t.Helper()
	want := map[string]bool{}
	for _, b := range v.Actions() {
		want[b.Action.String()] = true
	}
	_, blocks := slack.Render(v)
	for platform, got := range map[string]map[string]bool{
		"Slack": actionsOf(t, blocks),
		"Teams": actionsOf(t, teams.Render(v)),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s offers something else for %q (- the view, + drawn):\n%s", platform, v.Title, diff)
		}
	}
	return len(want)
}

// actionsOf are what the buttons and menus of something drawn carry.
func actionsOf(t *testing.T, drawn any) map[string]bool {
	t.Helper()
	raw, err := json.Marshal(drawn)
	if err != nil {
		t.Fatal(err)
	}
	var parts any
	if err := json.Unmarshal(raw, &parts); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	var walk func(any)
	walk = func(part any) {
		switch part := part.(type) {
		case []any:
			for _, one := range part {
				walk(one)
			}
		case map[string]any:
			for _, name := range []string{"a", "value"} { // a button of Teams; one of Slack, and choices
				if action, ok := part[name].(string); ok {
					found[action] = true
				}
			}
			for name, inner := range part {
				if name != "fallback" {
					walk(inner)
				}
			}
		}
	}
	walk(parts)
	return found
}
