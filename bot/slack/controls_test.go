package slack

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/bottest/fakeslack"
)

func TestTheSameChoiceTwiceIsShownOnce(t *testing.T) {
	same := bot.Press("Same", bot.Do("a", "b"))
	gist, blocks := Render(one(bot.Pick("Which?", same, same, bot.Press("Other", bot.Do("a", "c")))))
	mustBeValid(t, gist, blocks)
	if n := len(blocks[len(blocks)-1].Elements[0].(*element).Options); n != 2 {
		t.Errorf("%d options, want 2", n)
	}
}

// Dots in a row of their own say nothing.
func TestDotsStandBesideButtons(t *testing.T) {
	a, b := bot.Press("A", bot.Do("a", "a")), bot.Press("B", bot.Do("a", "b"))
	behind := bot.Row(bot.Behind("C", bot.Do("a", "c")), bot.Behind("D", bot.Do("a", "d")))
	for name, row := range map[string]struct {
		blocks []bot.Block
		want   string
	}{
		"a row of its own": {[]bot.Block{bot.Row(a, b), behind}, "button button overflow"},
		"below a text":     {[]bot.Block{bot.Row(a, b), bot.Say("x"), behind}, "button button | overflow"},
		"below a menu":     {[]bot.Block{bot.Pick("Which?", a, b), behind}, "static_select | overflow"},
		"twice":            {[]bot.Block{bot.Row(a), behind, behind}, "button overflow | overflow"},
		"one in a row":     {[]bot.Block{bot.Row(a), bot.Row(bot.Behind("B", b.Action))}, "button | button"},
	} {
		gist, blocks := Render(bot.View{Title: "Title", Blocks: row.blocks})
		mustBeValid(t, gist, blocks)
		var rows []string
		for _, b := range blocks {
			if b.Type != "actions" {
				continue
			}
			var kinds []string
			for _, e := range b.Elements {
				kinds = append(kinds, e.(*element).Type)
			}
			rows = append(rows, strings.Join(kinds, " "))
		}
		if got := strings.Join(rows, " | "); got != row.want {
			t.Errorf("%s: got %s, want %s", name, got, row.want)
		}
	}
}

func TestAFormGivesBackWhatWasTyped(t *testing.T) {
	s := newScene(t, "http")
	form := bot.Form{Title: "A title that is far too long for Slack", Intro: "Please", Submit: "Save", Action: bot.Do("assess", "note", "q/1"), Fields: []bot.Input{
		{ID: "note", Label: "Note", Hint: "What you know", Max: 500},
		{ID: "who", Label: "Who", Options: []bot.Option{{Value: "it", Label: "IT"}, {Value: "sec", Label: "Security"}, {Value: "it", Label: "IT again"}}, Value: "sec"},
		{ID: "more", Label: "More", Optional: true, Value: "was here"},
	}}
	s.says(func(e bot.Event) (bot.Reply, error) {
		if e.Kind == bot.Submit && e.Values["note"] == "" {
			return bot.Reply{Refused: map[string]string{"note": "Write something, please."}}, nil
		}
		if e.Kind == bot.Submit {
			return bot.Reply{View: &bot.View{Title: "Noted"}}, nil
		}
		return bot.Reply{Form: &form}, nil
	})
	s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "note")
	view, ok := s.slack.View(fakeslack.Staff)
	if !ok {
		t.Fatalf("no form is open; log:\n%s", s.logs)
	}
	if d := s.slack.SubmitForm(fakeslack.Staff, view, map[string]string{"note": " "}); d.Errors()["note"] == "" {
		t.Errorf("an empty note: errors %v, attempt %+v", d.Errors(), d.Last())
	}
	s.slack.SubmitForm(fakeslack.Staff, view, map[string]string{"note": "a < b & c > d *e*"})
	got := s.last()
	if diff := difference(map[string]string{"note": "a < b & c > d *e*", "who": "sec", "more": "was here"}, got.Values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	if got.Kind != bot.Submit || form.Action.String() != got.Action.String() || got.Place != (bot.Place{Channel: fakeslack.General, Kind: bot.Channel}) {
		t.Errorf("submit = %+v", got)
	}
	seen := s.slack.Ephemerals(fakeslack.Staff)
	if len(seen) == 0 || !strings.Contains(seen[len(seen)-1].Shown(), "Noted") {
		t.Errorf("the answer to a form was not shown: %v", seen)
	}
}

func TestAnyFormIsOneThatSlackTakes(t *testing.T) {
	s := newScene(t, "http")
	for _, text := range append([]string{strings.Repeat("x", 3001), strings.Repeat("ä", 2001)}, bottest.Hostile...) {
		form := bot.Form{Title: text, Intro: text, Submit: text, Action: bot.Do("a", "b"), Fields: []bot.Input{
			{ID: "typed", Label: text, Hint: text, Value: text, Max: 100_000},
			{ID: "person", Label: text, Hint: text, Value: text, Pick: bot.PickPerson},
			{ID: "channel", Label: text, Value: text, Pick: bot.PickChannel},
			{ID: "lines", Label: text, Value: text, Lines: true},
			{ID: "chosen", Label: text, Value: "v", Options: []bot.Option{{Value: "v", Label: text}, {Value: text, Label: text}}},
		}}
		s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{Form: &form}, nil })
		before := len(s.slack.Views())
		s.slack.Command(fakeslack.Staff, "", "/sec", "x")
		if len(s.slack.Views()) != before+1 {
			t.Errorf("%.40q: no form; log:\n%s", text, s.logs)
		}
	}
}

func split2(receipt string) (channel, ts string) {
	channel, ts, _ = strings.Cut(receipt, ":")
	return channel, ts
}
