package remind_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/remind"
)

var (
	monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	olga   = bot.Person{ID: "olga", Affiliation: bot.Home, Role: bot.Owner, Zone: "Europe/Berlin"}
	due    = time.Date(2026, 6, 2, 7, 0, 0, 0, time.UTC) // 09:00 in Berlin, in summer
)

// scene is a world in which Olga has set a quarterly reminder.
type scene struct {
	*testing.T
	*bottest.World
}

func newScene(t *testing.T) scene {
	t.Helper()
	lib, err := content.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	s := scene{t, bottest.NewWorld([]bot.Flow{remind.New(lib)}, monday)}
	s.do(bot.Event{Kind: bot.Command, Text: "quarterly"})
	s.press("Set it")
	return s
}

func (s scene) do(e bot.Event) {
	s.Helper()
	if e.Kind != bot.Timer && e.Kind != bot.Failed {
		e.From = olga
	}
	if _, err := s.Do("remind", e); err != nil {
		s.Fatal(err)
	}
}

// press presses the latest button of a label.
func (s scene) press(label string) bot.Action {
	s.Helper()
	for i := len(s.Buttons) - 1; i >= 0; i-- {
		if b := s.Buttons[i]; b.Label == label {
			s.do(bot.Event{Kind: bot.Click, Action: b.Action})
			return b.Action
		}
	}
	s.Fatalf("no button %q", label)
	return bot.Action{}
}

func (s scene) fire() {
	s.Helper()
	if _, err := s.Fire(); err != nil {
		s.Fatal(err)
	}
}

// says checks the latest view.
func (s scene) says(words string) {
	s.Helper()
	if last := s.Texts[len(s.Texts)-1]; !strings.Contains(last, words) {
		s.Errorf("it says %q, want %q", last, words)
	}
}

// timer checks when the next one is.
func (s scene) timer(want time.Time) {
	s.Helper()
	if got := s.Timers["remind/quick-check.olga/due"]; !got.Equal(want) {
		s.Errorf("the timer is set for %v, want %v", got, want)
	}
}

func TestItFiresAtNineInTheOwnersZone(t *testing.T) {
	s := newScene(t)
	s.timer(due)
	s.fire()
	s.says("Quick check · 10 questions, 5 minutes")
	s.timer(time.Date(2026, 9, 2, 7, 0, 0, 0, time.UTC))
}

func TestAMissedOneComesLateAndSaysSo(t *testing.T) {
	s := newScene(t)
	s.Now = due.Add(3 * 24 * time.Hour)
	s.fire()
	s.says("This was due on Tuesday 2 June 2026, 09:00 (Europe/Berlin); I was not running then.")
	s.timer(time.Date(2026, 9, 2, 7, 0, 0, 0, time.UTC))
}

func TestOneOlderThanACycleIsDroppedWithALine(t *testing.T) {
	s := newScene(t)
	s.Now = due.AddDate(0, 7, 0)
	s.fire()
	s.says("I missed the reminder of Tuesday 2 June 2026")
	s.timer(time.Date(2027, 3, 2, 8, 0, 0, 0, time.UTC))
}

func TestATimerThatIsOutOfDateDoesNothing(t *testing.T) {
	s := newScene(t)
	before := len(s.Texts)
	s.do(bot.Event{Kind: bot.Timer, Timer: "quick-check.olga/due"}) // months too early
	s.do(bot.Event{Kind: bot.Timer, Timer: "quick-check.olga/snooze"})
	s.do(bot.Event{Kind: bot.Timer, Timer: "nobody/due"})
	s.do(bot.Event{Kind: bot.Timer, Timer: ""})
	if len(s.Texts) != before {
		t.Errorf("it said %q", s.Texts[before:])
	}
}

func TestSnoozeThenStop(t *testing.T) {
	s := newScene(t)
	s.fire()
	s.press("In a week")
	s.says("I'll ask again on Tuesday 9 June 2026, 09:00 (Europe/Berlin)")
	s.press("Stop reminding")
	if len(s.Timers) != 0 {
		t.Errorf("timers remain: %v", s.Timers)
	}
	s.press("In a week")
	s.says("This reminder is stopped")
}

func TestASnoozeOverAWeekendComesOnMonday(t *testing.T) {
	s := newScene(t)
	s.fire()
	s.Now = time.Date(2026, 6, 5, 20, 0, 0, 0, time.UTC) // a Friday
	s.press("In a day")
	s.says("Monday 8 June 2026, 09:00")
}

func TestPressingTwiceChangesNothing(t *testing.T) {
	s := newScene(t)
	s.fire()
	skip := s.press("Skip this time")
	s.says("Skipped this time")
	s.do(bot.Event{Kind: bot.Click, Action: skip})
	s.says("That was settled already")
	s.press("In a week")
	s.says("That was settled already")
}

func TestOnlyItsOwnerTouchesAReminder(t *testing.T) {
	s := newScene(t)
	s.fire()
	stop := s.Buttons[len(s.Buttons)-1].Action
	otto := olga
	otto.ID = "otto"
	if _, err := s.Do("remind", bot.Event{Kind: bot.Click, Action: stop, From: otto}); err != nil {
		t.Fatal(err)
	}
	s.says("This reminder is not yours")
	staff := bot.Person{ID: "sam", Affiliation: bot.Home}
	if _, err := s.Do("remind", bot.Event{Kind: bot.Click, Action: stop, From: staff}); err != nil {
		t.Fatal(err)
	}
	s.says("Only an owner can do that")
	if len(s.Timers) != 1 {
		t.Errorf("timers: %v", s.Timers)
	}
}

func TestAReminderThatDidNotArriveIsToldAtTheNextContact(t *testing.T) {
	s := newScene(t)
	s.fire()
	s.do(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "remind/quick-check.olga/2", Reason: "that person's account was switched off"}})
	s.do(bot.Event{Kind: bot.Command})
	found := false
	for key, body := range s.Docs {
		if key == company.Schedules.Key("quick-check.olga") {
			found = strings.Contains(string(body), "switched off")
		}
	}
	if !found {
		t.Error("the reason is not kept")
	}
}
