package schedule_test

import (
	"testing"
	"time"

	"secadvisor/bot/schedule"
)

const stamp = "Mon 2006-01-02 15:04 -0700"

func shown(at time.Time, zone string) string { return at.In(schedule.Location(zone)).Format(stamp) }

func read(t *testing.T, at string) time.Time {
	t.Helper()
	x, err := time.Parse(stamp, at)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAtWork(t *testing.T) {
	for _, row := range []struct{ zone, at, want string }{
		{"Europe/Berlin", "Wed 2026-03-04 08:00 +0100", "Wed 2026-03-04 08:00 +0100"},
		{"Europe/Berlin", "Wed 2026-03-04 17:59 +0100", "Wed 2026-03-04 17:59 +0100"},
		{"Europe/Berlin", "Wed 2026-03-04 07:59 +0100", "Wed 2026-03-04 08:00 +0100"},
		{"Europe/Berlin", "Wed 2026-03-04 18:00 +0100", "Thu 2026-03-05 08:00 +0100"},
		{"Europe/Berlin", "Fri 2026-03-06 18:00 +0100", "Mon 2026-03-09 08:00 +0100"},
		{"Europe/Berlin", "Sat 2026-03-07 10:30 +0100", "Mon 2026-03-09 10:30 +0100"},
		{"Europe/Berlin", "Sun 2026-03-08 23:00 +0100", "Mon 2026-03-09 08:00 +0100"},

		// The clock changes on the weekend in between, and in the night.
		{"Europe/Berlin", "Sat 2026-03-28 10:30 +0100", "Mon 2026-03-30 10:30 +0200"},
		{"Europe/Berlin", "Fri 2026-10-23 19:00 +0200", "Mon 2026-10-26 08:00 +0100"},
		{"Europe/Berlin", "Sun 2026-03-29 03:30 +0200", "Mon 2026-03-30 08:00 +0200"},
		{"Africa/Cairo", "Fri 2026-04-24 01:00 +0300", "Fri 2026-04-24 08:00 +0300"}, // at midnight there

		// Where it is another day than in UTC, and half an hour off.
		{"Pacific/Auckland", "Mon 2026-06-08 09:00 +1200", "Mon 2026-06-08 09:00 +1200"},
		{"Pacific/Auckland", "Sun 2026-06-07 22:00 +1200", "Mon 2026-06-08 08:00 +1200"},
		{"America/Los_Angeles", "Fri 2026-06-05 17:30 -0700", "Fri 2026-06-05 17:30 -0700"},
		{"Asia/Kolkata", "Tue 2026-06-02 07:45 +0530", "Tue 2026-06-02 08:00 +0530"},

		// A zone that nobody knows is UTC.
		{"Mars/Base", "Fri 2026-03-06 19:00 +0000", "Mon 2026-03-09 08:00 +0000"},
		{"", "Fri 2026-03-06 17:00 +0000", "Fri 2026-03-06 17:00 +0000"},
		{"Local", "Fri 2026-03-06 07:00 +0000", "Fri 2026-03-06 08:00 +0000"},
	} {
		at := read(t, row.at)
		got := schedule.AtWork(at, row.zone)
		if shown(got, row.zone) != row.want {
			t.Errorf("%s in %q: at work on %s, want %s", row.at, row.zone, shown(got, row.zone), row.want)
		}
		if again := schedule.AtWork(got, row.zone); !again.Equal(got) {
			t.Errorf("%s in %q: at work on %s, and from then on only on %s", row.at, row.zone, got, again)
		}
	}
}

func TestWorkdays(t *testing.T) {
	for _, row := range []struct {
		zone, at string
		n        int
		want     string
	}{
		{"Europe/Berlin", "Wed 2026-03-04 09:41 +0100", 1, "Thu 2026-03-05 09:41 +0100"},
		{"Europe/Berlin", "Wed 2026-03-04 09:41 +0100", 0, "Wed 2026-03-04 09:41 +0100"},
		{"Europe/Berlin", "Fri 2026-03-06 17:00 +0100", 1, "Mon 2026-03-09 17:00 +0100"},
		{"Europe/Berlin", "Fri 2026-03-06 20:00 +0100", 1, "Tue 2026-03-10 08:00 +0100"},
		{"Europe/Berlin", "Sat 2026-03-07 12:00 +0100", 1, "Tue 2026-03-10 08:00 +0100"},
		{"Europe/Berlin", "Sun 2026-03-08 20:00 +0100", 2, "Wed 2026-03-11 08:00 +0100"},
		{"Europe/Berlin", "Thu 2026-03-26 10:00 +0100", 3, "Tue 2026-03-31 10:00 +0200"},
		{"Europe/Berlin", "Fri 2026-10-23 10:00 +0200", 6, "Mon 2026-11-02 10:00 +0100"},
		{"America/New_York", "Fri 2026-03-06 02:00 -0500", 5, "Fri 2026-03-13 08:00 -0400"},
		{"Pacific/Kiritimati", "Fri 2026-03-06 10:00 +1400", 1, "Mon 2026-03-09 10:00 +1400"},
		{"Mars/Base", "Fri 2026-03-06 10:00 +0000", 2, "Tue 2026-03-10 10:00 +0000"},
	} {
		got := schedule.Workdays(read(t, row.at), row.n, row.zone)
		if shown(got, row.zone) != row.want {
			t.Errorf("%d working days after %s in %q: %s, want %s", row.n, row.at, row.zone, shown(got, row.zone), row.want)
		}
	}
}

// Over a year, at all hours, in zones of all kinds, work begins at once or within
// a weekend, and never at night.
func TestAtWorkIsNeverAtNight(t *testing.T) {
	for _, zone := range []string{"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "America/Santiago", "Africa/Casablanca", "UTC"} {
		for n := range 366 * 24 / 7 {
			at := time.Date(2026, 1, 1, 7*n, 20, 0, 0, time.UTC)
			got := schedule.AtWork(at, zone)
			wall := got.In(schedule.Location(zone))
			if wall.Hour() < 8 || wall.Hour() >= 18 || wall.Weekday()%6 == 0 || got.Before(at) || got.Sub(at) > 3*24*time.Hour {
				t.Fatalf("from %s on, somebody in %s is at work on %s", at, zone, wall)
			}
		}
	}
}
