package remind_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestItFiresAtNineInTheOwnersZone(t *testing.T) {
	s := quarterly(t)
	s.timer("quick-check.olga/due", due)
	s.fires()
	s.Sees(s.card("@olga"), "Quick check · 10 questions, 5 minutes", "1 of 10: Does everybody", "[Yes, I've seen it]", "Shown only to you here; whoever runs this server could read it", "[Ask me in a week]", "Another day, or not at all?", "[Another day]", "[Skip this time]", "[Change]", "[Stop reminding]")
	s.Unseen(s.card("@olga"), "[Start]") // one thing is asked
	s.timer("quick-check.olga/due", time.Date(2026, 9, 2, 7, 0, 0, 0, time.UTC))
}

func TestAMissedOneComesLateAndSaysSo(t *testing.T) {
	s := quarterly(t)
	s.Now = due.Add(3 * 24 * time.Hour)
	s.fires()
	s.Sees(s.card("@olga"), "This was due on Tuesday 2 June 2026, 09:00 (Europe/Berlin); I was not running then.")
	s.timer("quick-check.olga/due", time.Date(2026, 9, 2, 7, 0, 0, 0, time.UTC))
}

func TestALateOneWaitsForTheMorning(t *testing.T) {
	s := quarterly(t)
	s.Now = due.Add(12 * time.Hour) // 21:00 in Berlin
	s.fires()
	if len(s.shown) > 0 {
		t.Fatalf("shown at night: %+v", s.shown)
	}
	s.fires()
	if want := time.Date(2026, 6, 3, 6, 0, 0, 0, time.UTC); !s.Now.Equal(want) {
		t.Errorf("asked at %v, want %v", s.Now, want)
	}
	s.Sees(s.card("@olga"), "I was not running then")
}

func TestOneOlderThanACycleIsDroppedWithALine(t *testing.T) {
	s := quarterly(t)
	s.Now = due.AddDate(0, 7, 0) // a Saturday: Olga reads it on Monday
	s.firesUntil("@olga")
	s.Sees(s.card("@olga"), "I missed the reminder of Tuesday 2 June 2026", "The next is on Tuesday 2 March 2027")
	s.timer("quick-check.olga/due", time.Date(2027, 3, 2, 8, 0, 0, 0, time.UTC))
	s.timer("quick-check.olga/next", time.Time{})
}

func TestATimerThatIsOutOfDateDoesNothing(t *testing.T) {
	s := quarterly(t)
	for _, name := range []string{"quick-check.olga/snooze", "quick-check.olga/next", "quick-check.olga/gone", "nobody/due", "", "/", strings.Repeat("x", 900) + "/due"} {
		if s.do(bot.Event{Kind: bot.Timer, Timer: name}); s.told > 0 {
			t.Errorf("%.30q said something", name)
		}
	}
}

// The store's clock may be ahead of ours, or ours was set back.
func TestATimerThatComesTooEarlyComesAgain(t *testing.T) {
	s := quarterly(t)
	delete(s.Timers, "remind/quick-check.olga/due")
	s.do(bot.Event{Kind: bot.Timer, Timer: "quick-check.olga/due"})
	if s.told > 0 {
		t.Error("it reminded months too early")
	}
	s.timer("quick-check.olga/due", due)
}

func TestAClockThatWentBackRemindsOfNothingTwice(t *testing.T) {
	s := quarterly(t)
	s.fires()
	s.Now = due.AddDate(0, 0, -3)
	s.do(bot.Event{Kind: bot.Timer, Timer: "quick-check.olga/due"})
	if s.told > 0 {
		t.Error("it reminded of the same date twice")
	}
}

// A clock that was years ahead for a moment has used up all dates until then.
func TestAClockThatWasAheadIsPutRight(t *testing.T) {
	s := quarterly(t)
	s.Now = due.AddDate(3, 0, 0)
	s.fires()
	s.Now = due.AddDate(0, 0, -3)
	s.types("")
	s.timer("quick-check.olga/due", due)
	s.Sees(s.answer, "Next on Tuesday 2 June 2026")
}

func TestSnoozeThenStop(t *testing.T) {
	s := quarterly(t)
	s.fires()
	s.press("Ask me in a week")
	s.Sees(s.card("@olga"), "I'll ask again on Tuesday 9 June 2026, 09:00 (Europe/Berlin)")
	s.press("Stop reminding")
	s.Sees(s.answer, "I won't remind you any more")
	if len(s.Timers) != 0 {
		t.Errorf("timers remain: %v", s.Timers)
	}
	late := s.shown["@olga"][0].View
	s.on(late, "Ask me in a week")
	s.Sees(s.answer, "This reminder is stopped")
	s.on(late, "Stop reminding")
	s.Sees(s.answer, "This reminder is stopped")
}

func TestASnoozeOverAWeekendComesOnMonday(t *testing.T) {
	s := quarterly(t)
	s.fires()
	s.Now = time.Date(2026, 6, 5, 20, 0, 0, 0, time.UTC) // a Friday
	s.press("In a day")
	s.Sees(s.card("@olga"), "Monday 8 June 2026, 09:00")
	s.fires()
	s.Sees(s.card("@olga"), "You asked me to come back.", "[Yes, I've seen it]")
	s.Sees(s.shown["@olga"][2].View, "I asked again on 8 June, below.")
}

func TestAnotherDayIsTakenFromAForm(t *testing.T) {
	s := quarterly(t)
	s.fires()
	s.press("Another day")
	for typed, why := range map[string]string{"yesterday": "I didn't understand the day", "2026-06-02": "from tomorrow on", "2026-05-01": "from tomorrow on", "in nine weeks": "two months", "in four months": "two months"} {
		if got := bottest.Refused(s.fill(map[string]string{"day": typed}, nil)); !strings.Contains(got["day"], why) {
			t.Errorf("%q: %q, want %q", typed, got["day"], why)
		}
	}
	s.fill(map[string]string{"day": "17 June"}, nil)
	s.Sees(s.card("@olga"), "I'll ask again on Wednesday 17 June 2026, 09:00 (Europe/Berlin)")
	s.fill(map[string]string{"day": "18 June"}, nil) // the same form again
	s.Sees(s.card("@olga"), "Thursday 18 June 2026")
	s.timer("quick-check.olga/snooze", time.Date(2026, 6, 18, 7, 0, 0, 0, time.UTC))
}

func TestPressingTwiceChangesNothing(t *testing.T) {
	s := quarterly(t)
	s.fires()
	card := s.card("@olga")
	s.on(card, "Skip this time")
	s.Sees(s.card("@olga"), "Skipped this time", "Next on Wednesday 2 September 2026")
	for _, label := range []string{"Skip this time", "Ask me in a week", "Another day", "In a day"} {
		s.on(card, label)
		s.Sees(s.answer, "That was settled already", "Next on Wednesday 2 September")
	}
	s.firesUntil("@olga")
	s.on(card, "Skip this time")
	s.Sees(s.answer, "That was settled already")
	s.Sees(s.card("@olga"), "[Yes, I've seen it]")
}

func TestWhatIsSetIsTold(t *testing.T) {
	s := begin(t)
	s.types("")
	s.Sees(s.answer, "No reminder is set", "[Every quarter]", "[Restore test]", "[Quarterly essentials]", "[Something else, in your words]")
	s.types("restore test every 6 months")
	s.Sees(s.answer, "Restore test, every 6 months at 09:00 (Europe/Berlin)", "Wednesday 2 September 2026, 09:00", "Tuesday 2 March 2027, 09:00")
	set := s.press("Set it")
	s.Sees(s.answer, "Set: Restore test", "/sec remind changes or stops it")
	s.do(bot.Event{Kind: bot.Click, Action: set})
	s.Sees(s.answer, "That is set already")
	s.types("restore test quarterly")
	s.Sees(s.answer, "This is set already: every 6 months")
	s.press("Set it")
	s.types("ask our IT provider about the firewall every May")
	s.Sees(s.answer, "Ask our IT provider about the firewall, on the first working day of May every year")
	s.press("Set it")
	s.types("quarterly")
	s.press("Set it")
	s.types("every Friday at 16:30 empty the shredder")
	s.Sees(s.answer, "Empty the shredder, every Friday at 16:30")
	s.types("")
	s.Sees(s.answer, "3 reminders are set", "Quick check, every three months at 09:00 (Europe/Berlin), to you. Next on Tuesday 2 June", "Restore test, every three months", "Friday 1 May 2026")
	s.press("Stop reminding")
	s.Sees(s.answer, "I won't remind you any more", "firewall")
	s.types("")
	s.Sees(s.answer, "2 reminders are set")
	s.Unseen(s.answer, "firewall")
}

func TestTheButtonSetsWhatWasProposed(t *testing.T) {
	s := begin(t)
	s.types("quarterly")
	s.Now = s.Now.AddDate(0, 0, 20)
	s.press("Set it")
	s.timer("quick-check.olga/due", due)
}

// A button of version 1 carried words.
func TestAButtonOfAnEarlierVersionProposesAgain(t *testing.T) {
	s := begin(t)
	s.do(bot.Event{Kind: bot.Click, Action: bot.Do("remind", "set", "quick-check", "quarterly", "2026-03-02", "UTC")})
	s.Sees(s.answer, "Quick check, every three months", "[Set it]")
}

func TestWhatIsNotUnderstoodIsAsked(t *testing.T) {
	s := begin(t)
	for typed, want := range map[string]string{
		"whenever":               "Of: “whenever”",
		"ask Robin about backup": "Of: “ask Robin about backup”",
		"every 40 o'clock":       "Write the time like",
	} {
		s.types(typed)
		s.Sees(s.answer, "When shall I remind you?", want, "[Every quarter]")
	}
	s.types("water the plants")
	s.press("Every month")
	s.Sees(s.answer, "Water the plants, every month")
	s.press("Set it")
	s.Sees(s.answer, "Set: Water the plants")
}

// A schedule of version 1 was stored without any of what came later.
func TestAScheduleOfVersionOneKeepsReminding(t *testing.T) {
	s := begin(t)
	s.Docs[company.Schedules.Key("quick-check.olga")] = []byte(`{"v":1,"d":{"rule":{"every":3,"unit":"month","start":"2026-03-02","at":"09:00","zone":"Europe/Berlin","workday":true},"pack":"quick-check","owner":"olga","due":"2026-06-02T07:00:00Z","cycle":2,"fired":"2026-03-02T08:00:00Z"}}`)
	s.Timers["remind/quick-check.olga/due"] = due
	s.do(bot.Event{Kind: bot.Click, Action: bot.Do("remind", "snooze", "quick-check.olga", "2", "7")}) // of the card that lies there
	s.Sees(s.card("@olga"), "I'll ask again on Monday 9 March 2026, 09:00")
	if key := s.shown["@olga"][0].Key; key != "remind/quick-check.olga/2" {
		t.Errorf("the card of version 1 is not edited, but %s posted", key)
	}
	s.fires()
	s.Sees(s.card("@olga"), "You asked me to come back.")
	s.press("Skip this time")
	s.firesUntil("@olga")
	s.Sees(s.card("@olga"), "Quick check · 10 questions")
	s.timer("quick-check.olga/due", time.Date(2026, 9, 2, 7, 0, 0, 0, time.UTC))
}

func TestThereAreOnlySoManyInOwnWords(t *testing.T) {
	s := begin(t)
	for i := range company.MostCustom + 1 {
		s.types("look at shelf " + strings.Repeat("x", i+1) + " monthly")
		s.press("Set it")
	}
	s.Sees(s.answer, "That is many reminders", "30 of your own words")
	s.types("restore test monthly")
	s.press("Set it")
	s.Sees(s.answer, "Set: Restore test")
}
