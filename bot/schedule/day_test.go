package schedule_test

import (
	"testing"
	"time"

	"secadvisor/bot/schedule"
)

func TestDaysAreReadAsPeopleTypeThem(t *testing.T) {
	now := time.Date(2026, 1, 31, 23, 30, 0, 0, time.UTC) // a Saturday; Sunday already in Berlin
	for text, want := range map[string]string{
		"2026-12-01": "2026-12-01", " by 2026-12-01. ": "2026-12-01", "2026-2-3": "2026-02-03", "1.12.2026": "2026-12-01",
		"1 December": "2026-12-01", "December 1st": "2026-12-01", "Dec 1, 2027": "2027-12-01", "the 3rd of March": "2026-03-03",
		"5 January": "2027-01-05", "29 February": "2028-02-29", "2020-01-01": "2020-01-01",
		"today": "2026-01-31", "Tomorrow!": "2026-02-01", "next week": "2026-02-07", "next month": "2026-02-28",
		"in two weeks": "2026-02-14", "In 2 weeks": "2026-02-14", "three days": "2026-02-03", "in a month": "2026-02-28", "in a year": "2027-01-31",
		"in 90 days": "2026-05-01", "friday": "2026-02-06", "next Sat": "2026-02-07", "end of the month": "2026-01-31", "end of year": "2026-12-31",
	} {
		if got, err := schedule.ParseDay(text, "UTC", now); err != nil || got.Format(time.DateOnly) != want || got.Hour() != 0 {
			t.Errorf("%q is %v (%v), want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "soon", "12/01/2026", "2026-13-01", "31 February", "in many weeks", "in -2 weeks", "in 99999 years", "in weeks", "\x00", "1", "<!channel>"} {
		if got, err := schedule.ParseDay(text, "UTC", now); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestTodayIsTheDayOfTheZone(t *testing.T) {
	now := time.Date(2026, 1, 31, 23, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{"Europe/Berlin": "2026-02-01", "America/New_York": "2026-01-31", "": "2026-01-31", "Not/AZone": "2026-01-31"} {
		if got, _ := schedule.ParseDay("today", zone, now); got.Format(time.DateOnly) != want {
			t.Errorf("today in %q is %v, want %s", zone, got, want)
		}
	}
}
