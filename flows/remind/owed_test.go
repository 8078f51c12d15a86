package remind_test

import (
	"fmt"
	"testing"
	"time"

	"secadvisor/bot/bottest"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
)

// Who has just heard that the day of a task has come, or chose another one, is
// not asked about the same by the reminder before a few days have passed, and
// then is.
func TestNobodyIsAskedTwiceAboutATaskWithinDays(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 6, day, hour, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		part company.Part
		want time.Time // of the first card; the reminder comes on Tuesday 2 June, 09:00 in Berlin
	}{
		"told the day before":        {company.Part{Due: at(1, 0), Told: at(1, 10)}, at(4, 10)},
		"told a week before":         {company.Part{Due: at(1, 0), Told: at(1, 10).AddDate(0, 0, -7)}, at(2, 7)},
		"another day since":          {company.Part{Due: at(6, 0), Moved: at(1, 12)}, at(4, 12)},
		"told an hour before":        {company.Part{Due: at(1, 0), Told: at(2, 6)}, at(5, 6)},
		"no day, and nothing of one": {company.Part{}, at(2, 7)},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			c.part.User, c.part.Name = "robin", "Robin"
			bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{company.RestoreQuestion: {State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": c.part}}}})
			s.types("fixes quarterly")
			s.press("Set it")
			s.firesUntil("@robin")
			if s.Now.Sub(c.want).Abs() > time.Hour {
				t.Errorf("asked at %v, want %v", s.Now, c.want)
			}
			s.Sees(s.card("@robin"), "Still with you: 1 open fix")
		})
	}
}

// The day of a task comes between two askings: the second one waits.
func TestTheNextAskingWaitsAfterADayThatWasSaid(t *testing.T) {
	s := begin(t)
	gap(s)
	s.types("fixes quarterly")
	s.press("Set it")
	s.firesUntil("@robin")
	asked := s.Now
	fixes := get(s, company.FixesOf, company.FixesID)
	f := fixes.Tasks[company.RestoreQuestion]
	told := func(at time.Time) {
		p := f.Parts["it"]
		p.Told = at
		f.Parts = map[string]company.Part{"it": p}
		fixes.Tasks[company.RestoreQuestion] = f
		bottest.Put(s, s.World, company.FixesOf, company.FixesID, fixes)
	}
	told(asked.Add(company.WordCounts + time.Hour)) // it was said aloud
	s.firesUntil("@robin")
	if got := s.Now.Sub(asked); got < 2*company.WordCounts {
		t.Errorf("asked again after %v", got)
	}
	again := s.Now
	told(again.Add(time.Hour)) // the reminder's word counted, and nothing was said
	s.firesUntil("@robin")
	if want := schedule.Workdays(again, 3, "UTC"); s.Now.Sub(want).Abs() > time.Hour {
		t.Errorf("asked a third time at %v, want %v", s.Now, want)
	}
}

// Everybody who owes something is asked at the first date, however many.
func TestManyWhoOweAreAllAskedAtOnce(t *testing.T) {
	s := begin(t)
	fixes := company.Fixes{Tasks: map[string]company.Fix{}}
	for i := range 13 {
		fixes.Tasks[fmt.Sprintf("gone-%d", i)] = company.Fix{State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": {User: fmt.Sprintf("u%d", i), Name: "U"}}}
	}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, fixes)
	s.types("fixes quarterly")
	s.press("Set it")
	s.firesUntil("@u0")
	first := s.Now
	for len(s.shown) < 13 && s.Now.Sub(first) < time.Minute {
		s.fires()
	}
	if len(s.shown) != 13 || s.Now.Sub(first) > time.Minute {
		t.Errorf("%d people are asked within %v", len(s.shown), s.Now.Sub(first))
	}
}

// Who is asked again whatever about, who is back, and who wants this reminder
// again may owe something whose day has come.
func TestWhoWantsToBeAskedAgainWakesTheFixList(t *testing.T) {
	s := begin(t)
	gap(s)
	for _, press := range []string{"Ask me only once", "Ask me up to 3 times again"} {
		s.as(robin)
		s.types("")
		delete(s.Timers, "fixes/"+company.TimerDays)
		s.press(press)
		if at := s.Timers["fixes/"+company.TimerDays]; !at.Equal(s.Now) {
			t.Errorf("%s: the fix list looks at %v", press, at)
		}
	}
}
