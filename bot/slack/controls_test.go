package slack

import (
	"fmt"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// Whatever can be pressed gives its action back.
func TestEveryControlGivesItsActionBack(t *testing.T) {
	odd := bot.Do("who", "case", "a/b", "ü %2F \"q\" <&>", "")
	numbered := func(n int, make func(string, bot.Action) bot.Button) (all []bot.Button) {
		for i := range n {
			all = append(all, make(fmt.Sprintf("No. %d", i), bot.Do("who", "topic", fmt.Sprint(i))))
		}
		return all
	}
	long := bot.Do("who", "topic", strings.Repeat("x", maxOptionValue))
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
		t.Run(name, func(t *testing.T) {
			s := newScene(t, "http")
			v := one(b)
			receipt, err := s.Deliver(t.Context(), bot.Post{ID: "1", Tenant: "slack." + fakeslack.Team, To: bot.To(fakeslack.Staff), View: v})
			if err != nil {
				t.Fatal(err)
			}
			m, ok := s.slack.Message(split2(receipt))
			if !ok {
				t.Fatalf("no message %s", receipt)
			}
			for _, want := range v.Actions() {
				s.use(m, want)
			}
			if len(m.Buttons())+len(m.Options()) != len(v.Actions()) {
				t.Errorf("%d buttons and %d options for %d actions", len(m.Buttons()), len(m.Options()), len(v.Actions()))
			}
		})
	}
}

func (s *scene) use(m fakeslack.Message, want bot.Button) {
	s.t.Helper()
	if _, ok := m.Button(want.Label); ok {
		s.slack.Press(fakeslack.Staff, m, want.Label)
	} else {
		s.slack.Select(fakeslack.Staff, m, want.Label)
	}
	if got := s.last(); got.Kind != bot.Click || want.Action.String() != got.Action.String() {
		s.t.Errorf("%q gave %s %+v, want %+v", want.Label, got.Kind, got.Action, want.Action)
	}
}

func TestTheSameChoiceTwiceIsShownOnce(t *testing.T) {
	same := bot.Press("Same", bot.Do("a", "b"))
	gist, blocks := Render(one(bot.Pick("Which?", same, same, bot.Press("Other", bot.Do("a", "c")))))
	mustBeValid(t, gist, blocks)
	if n := len(blocks[len(blocks)-1].Elements[0].(*element).Options); n != 2 {
		t.Errorf("%d options, want 2", n)
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
	for _, text := range append([]string{strings.Repeat("x", 3001), strings.Repeat("ä", 2001)}, hostile...) {
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
