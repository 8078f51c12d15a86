package schedule_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"secadvisor/bot/schedule"
)

// forward checks that an accepted rule passes its own check, and that its
// dates only go forward.
func forward(t *testing.T, r schedule.Rule, now time.Time) {
	t.Helper()
	if err := r.Check(); err != nil {
		t.Fatalf("%+v is accepted, but: %v", r, err)
	}
	last, n := now, 0
	for at := range r.After(now) {
		if !at.After(last) {
			t.Fatalf("%+v: after %v comes %v", r, last, at)
		}
		if last, n = at, n+1; n == 5 {
			break
		}
	}
	if n == 0 && !r.Once && now.Year() < 9000 && r.Start < "9000" {
		t.Fatalf("%+v never comes after %v", r, now)
	}
}

// Whatever is typed, a rule that is understood goes forward and is understood
// again, and a text that is not gets a sentence.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"quarterly at 9", "every 1000 months", "monthly on the first Monday at 9", "every other Friday 4pm", "last working day 16:30",
		"on 2027-01-15", "on Friday 15 January 2027 at 8", "every May", "yearly on 29 February", "weekdays at half past nine", "twice a year",
		"mon-fri in the morning", "every 6 weeks from 1 March, weekends too (Asia/Tokyo)", "every day of the week at noon", "end of each quarter",
		"first and third Monday", "TZ=UTC", "every 0 weeks at 25:99", "at at at", "half half past", "day", "on", "(", ")(", "31 31 31", "1st of",
	} {
		f.Add(text, "Europe/Berlin", int64(1772000000))
	}
	f.Add("every 6 weeks", "Australia/Lord_Howe", int64(1<<33))
	f.Fuzz(func(t *testing.T, text, zone string, unix int64) {
		now := time.Unix(unix%(1<<34), 0).UTC()
		r, err := schedule.Parse(text, zone, now)
		if err != nil {
			if err.Error() == "" || !utf8.ValidString(err.Error()) {
				t.Fatalf("%q is answered %q", text, err)
			}
			return
		}
		forward(t, r, now)
		again, err := schedule.Parse(r.String(), "UTC", now)
		if err != nil || again != r {
			t.Fatalf("%q is %+v; %q is %+v, %v", text, r, r, again, err)
		}
	})
}

// Whatever an expression holds, it is refused or goes forward.
func FuzzCron(f *testing.F) {
	for _, text := range []string{
		"0 9 1 */3 *", "* * * * *", "TZ=UTC", "CRON_TZ=", "@every 1ns", "0 9 29 2 *", "59 23 31 dec ?", "*/61 * * * *", "1-5/2,7 */2 ? JAN-mar sun,3",
		", , , , ,", "- - - - -", "/ / / / /", "0 0 30 2 *", "0 9 * * 1#2", "0 9 L * *",
	} {
		f.Add(text, "Europe/Berlin", int64(1772000000))
	}
	f.Add("30 2 * * *", "America/Scoresbysund", int64(1711800000))
	f.Fuzz(func(t *testing.T, text, zone string, unix int64) {
		now := time.Unix(unix%(1<<34), 0).UTC()
		r, err := schedule.Cron(text, zone)
		if err != nil {
			return
		}
		forward(t, r, now)
		again, err := schedule.Read(r.String(), "UTC", now)
		if err != nil || again != r {
			t.Fatalf("%q is %+v; %q is %+v, %v", text, r, r, again, err)
		}
	})
}

// Whatever day is typed, it is one.
func FuzzParseDay(f *testing.F) {
	for _, text := range []string{"2026-12-01", "the 1st of December", "in two weeks", "next fri", "end of the month", "29 February", "1.12.2026"} {
		f.Add(text, "Europe/Berlin", int64(1772000000))
	}
	f.Fuzz(func(t *testing.T, text, zone string, unix int64) {
		day, err := schedule.ParseDay(text, zone, time.Unix(unix%(1<<34), 0).UTC())
		if err == nil && !day.Equal(day.Truncate(24*time.Hour)) {
			t.Fatalf("%q is %v", text, day)
		}
	})
}
