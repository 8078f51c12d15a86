package trial

import (
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows/content"
	"secadvisor/storage"
)

// aMonday is when the company begins.
var aMonday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// What is scheduled is told in words: no name of a timer is shown.
func TestWhatIsScheduledIsToldInWords(t *testing.T) {
	lib, matcher, err := knowledge.Load(content.Settings{Command: "/sec"})
	if err != nil {
		t.Fatal(err)
	}
	all := allFlows(lib, matcher)
	s, c := filledDemo(t, all, lib, aMonday)
	if err := c.Say(t.Context(), demoPerson("staff:Sam"), play.Direct("staff:Sam"), "my laptop was stolen"); err != nil {
		t.Fatal(err)
	}
	change := storage.Change{}
	for _, f := range all { // of every flow, whether it sets one today or not
		change.Timers = append(change.Timers, storage.Timer{Name: f.Name + "/some-id/some-name", At: aMonday.AddDate(1, 0, 0)})
	}
	if _, err := s.store.Apply(t.Context(), play.Tenant, change); err != nil {
		t.Fatal(err)
	}
	due, err := s.waiting(t.Context(), lib)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, x := range due {
		words = append(words, x.What)
		if strings.ContainsAny(x.What, "/") || x.At.IsZero() {
			t.Errorf("%+v", x)
		}
	}
	for _, want := range []string{"Reminder: Quick check, for Alex", "Sam is asked whether somebody could be reached", "Sam is asked whether it is dealt with", "Whoever has a task hears that its day has come", "People are asked about what they handle", "A reminder"} {
		if !slices.Contains(words, want) {
			t.Errorf("nothing says %q: %q", want, words)
		}
	}
	if err := c.Move(t.Context(), 12*24*time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, b, asked := c.Find(demoPerson(play.Owner), func(b bot.Button) bool { return b.Action.Flow == "remind" }); !asked {
		t.Errorf("the reminder did not come: %+v", b)
	}
}
