package slack

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// What is over does not stay pressable in somebody's direct messages.
func TestAnAnswerTakesThePlaceOfTheOneThatWasPressed(t *testing.T) {
	s := newScene(t, "http")
	act := bot.Do("explain", "page", "2")
	view := func(title string) bot.View {
		return bot.View{Title: title, Blocks: []bot.Block{bot.Row(bot.Press("Go", act)), bot.Pick("Which?", bot.Press("This", act), bot.Press("That", act))}}
	}
	deliver := func(key string, file *bot.File) fakeslack.Message {
		t.Helper()
		receipt, err := s.Deliver(t.Context(), bot.Post{ID: "one/" + key, Key: key, File: file, Tenant: "slack." + fakeslack.Team, To: bot.To(fakeslack.Staff), View: view("One")})
		if err != nil {
			t.Fatal(err)
		}
		m, _ := s.slack.Message(split2(receipt))
		return m
	}
	answer := deliver("", nil)
	for _, title := range []string{"Two", "Three", "Four"} {
		s.shows(view(title))
		if d := s.slack.Press(fakeslack.Staff, s.slack.Now(answer), "Go"); d.Problem() != "" {
			t.Fatal(d.Problem())
		}
		if now := s.slack.Now(answer); !strings.Contains(now.Shown(), title) || now.For != "" {
			t.Errorf("after a press it shows %s", now.Shown())
		}
	}
	if all := s.slack.Ephemerals(fakeslack.Staff); len(all) != 0 {
		t.Errorf("beside it stand %v", all)
	}
	marks := map[string]bool{}
	for _, edit := range append(s.slack.Now(answer).Edits, s.slack.Now(answer).Content) {
		for _, part := range strings.Split(string(edit.Blocks), `"block_id":"`)[1:] {
			mark, _, _ := strings.Cut(part, `"`)
			if marks[mark] || len(mark) > maxBlockID {
				t.Errorf("%q is there twice, or long", mark)
			}
			marks[mark] = true
		}
	}
	if len(marks) != 8 {
		t.Errorf("%d controls are marked, want 2 of each of the 4 answers", len(marks))
	}
	for name, card := range map[string]fakeslack.Message{"a card with a key": deliver("run/1", nil), "what stands beside a file": deliver("", &bot.File{Name: "a.txt", Type: "text/plain", Body: []byte("a")})} {
		s.slack.Press(fakeslack.Staff, card, "Go")
		if now := s.slack.Now(card); len(now.Edits) != 0 {
			t.Errorf("%s is replaced", name)
		}
	}
}

// What says "try again" is over when that worked and shows elsewhere: alone for one
// in a channel, in direct messages, and where a form opens.
func TestWhatIsOverVanishes(t *testing.T) {
	act := bot.Do("assess", "answer", "2")
	view := bot.View{Title: "I can't tell just now", Blocks: []bot.Block{bot.Row(bot.Button{Label: "Try again", Action: act, Vanishes: true})}}
	form := &bot.Form{Title: "Note", Fields: []bot.Input{{ID: "note", Label: "A note"}}, Action: bot.Do("assess", "note")}
	for name, row := range map[string]struct {
		reply bot.Reply
		left  bool
	}{
		"it shows elsewhere":        {bot.Reply{Shown: []bot.Show{{Key: "run/1"}}}, false},
		"a form opens":              {bot.Reply{Form: form}, false},
		"an answer takes its place": {bot.Reply{View: &view}, true},
	} {
		for where, to := range map[string]bot.Address{"direct messages": bot.To(fakeslack.Staff), "a channel": {Channel: fakeslack.General, User: fakeslack.Staff}} {
			t.Run(name+", "+where, func(t *testing.T) {
				s := newScene(t, "http")
				if _, err := s.Deliver(t.Context(), bot.Post{ID: "one", Tenant: "slack." + fakeslack.Team, To: to, View: view}); err != nil {
					t.Fatal(err)
				}
				read := func() []fakeslack.Message {
					return append(s.slack.DM(fakeslack.Staff), s.slack.Ephemerals(fakeslack.Staff)...)
				}
				s.says(func(bot.Event) (bot.Reply, error) { return row.reply, nil })
				if d := s.slack.Press(fakeslack.Staff, read()[0], "Try again"); d.Problem() != "" {
					t.Fatal(d.Problem())
				}
				if now := read(); (len(now) > 0) != row.left {
					t.Errorf("afterwards they read %v", now)
				}
			})
		}
	}
}

// The answer on which a form was opened is closed when the form is taken, and not
// before; what is edited by its key is not.
func TestAnAnswerIsClosedWhenItsFormIsTaken(t *testing.T) {
	act := bot.Do("handoff", "written", "printer-scanner")
	view := bot.View{Title: "Printers", Blocks: []bot.Block{bot.Row(bot.Press("Tell them", act))}}
	for _, key := range []string{"", "run/1"} {
		s := newScene(t, "http")
		receipt, err := s.Deliver(t.Context(), bot.Post{ID: "one", Key: key, Tenant: "slack." + fakeslack.Team, To: bot.To(fakeslack.Staff), View: view})
		if err != nil {
			t.Fatal(err)
		}
		card, _ := s.slack.Message(split2(receipt))
		s.says(func(bot.Event) (bot.Reply, error) {
			return bot.Reply{Form: &bot.Form{Title: "Tell them", Action: act, Fields: []bot.Input{{ID: "text", Label: "What shall they read?"}}}}, nil
		})
		s.slack.Press(fakeslack.Staff, card, "Tell them")
		form := s.slack.Views()[0]
		s.says(func(bot.Event) (bot.Reply, error) {
			return bot.Reply{Refused: map[string]string{"text": "Please write it."}}, nil
		})
		s.slack.SubmitForm(fakeslack.Staff, form, map[string]string{"text": "x"})
		if now := s.slack.Now(card); !strings.Contains(now.Shown(), "Printers") {
			t.Errorf("before the form is taken it shows %s", now.Shown())
		}
		s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, nil })
		s.slack.SubmitForm(fakeslack.Staff, form, map[string]string{"text": "it jams"})
		now := s.slack.Now(card)
		_, offers := now.Button("Tell them")
		if closed := strings.Contains(now.Shown(), "It goes on below") && !offers; closed != (key == "") {
			t.Errorf("key %q: afterwards it shows %s", key, now.Shown())
		}
	}
}
