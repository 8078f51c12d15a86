package slack

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// What a press did is done: whatever fails after it, its answer arrives, and
// nobody reads that it did not work.
func TestTheAnswerToAPressArrivesAlthoughSlackFails(t *testing.T) {
	row := bot.Row(bot.Press("Go", bot.Do("who", "topic")))
	for name, c := range map[string]struct {
		fault fakeslack.Fault
		n     int
	}{
		"broken": {fakeslack.Broken(500), 2}, "too many": {fakeslack.TooMany("1"), 1}, "cut": {fakeslack.Cut(), 1},
		"accepted but 500": {fakeslack.AcceptedBut(500), 1}, "for ever": {fakeslack.Broken(503), 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, "http")
			receipt, err := s.Deliver(t.Context(), bot.Post{ID: "1", To: bot.Address{Channel: fakeslack.General}, View: bot.View{Title: "Card", Blocks: []bot.Block{row}}, Tenant: "slack." + fakeslack.Team})
			if err != nil {
				t.Fatal(err)
			}
			card, _ := s.slack.Message(split2(receipt))
			s.shows(bot.View{Title: "Shared"})
			s.slack.Fail(fakeslack.ResponseURL, c.fault, c.n)
			d := s.slack.Press(fakeslack.Owner, card, "Go")
			all := s.slack.Ephemerals(fakeslack.Owner)
			if len(all) == 0 || !d.Acked() {
				t.Fatalf("acknowledged %v, shown %v", d.Acked(), all)
			}
			for _, m := range all {
				if !strings.Contains(m.Shown(), "Shared") {
					t.Errorf("they read %q", m.Shown())
				}
			}
		})
	}
}

func TestAFormOpensAlthoughSlackFailsOnce(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{"broken": fakeslack.Broken(500), "cut after": fakeslack.CutAfter(), "accepted but 500": fakeslack.AcceptedBut(500)} {
		s := newScene(t, "http")
		s.says(func(bot.Event) (bot.Reply, error) {
			return bot.Reply{Form: &bot.Form{Title: "Note", Fields: []bot.Input{{ID: "note", Label: "A note"}}, Action: bot.Do("assess", "note")}}, nil
		})
		s.slack.Fail("views.open", fault, 1)
		d := s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "note")
		if got, said := d.Answer(); len(s.slack.Views()) != 1 || said {
			t.Errorf("%s: %d forms, they read %q", name, len(s.slack.Views()), got.Shown())
		}
	}
}
