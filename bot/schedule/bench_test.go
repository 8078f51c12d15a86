package schedule_test

import (
	"testing"
	"time"

	"secadvisor/bot/schedule"
)

// kinds are rules of each kind, in a zone whose clock changes.
var kinds = map[string]string{
	"quarterly": "quarterly", "weekdays": "weekdays at 8", "nth": "first Monday at 9", "last-workday": "last working day 16:30",
	"every-may": "every May", "cron": "0 9 1 */3 *", "cron-rare": "0 9 29 2 *",
}

// BenchmarkNext is one date of a rule as it is stored: its zone and its
// expression are read each time.
func BenchmarkNext(b *testing.B) {
	for name, text := range kinds {
		b.Run(name, func(b *testing.B) {
			r, err := schedule.Read(text, "Europe/Berlin", typed)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := r.Next(typed); !ok {
					b.Fatal("no next date")
				}
			}
		})
	}
}

// BenchmarkAfter is each further date of a rule that has been read once.
func BenchmarkAfter(b *testing.B) {
	for name, text := range kinds {
		b.Run(name, func(b *testing.B) {
			r, err := schedule.Read(text, "Europe/Berlin", typed)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			n := 0
			for n < b.N {
				for range r.After(typed.AddDate(n%100, 0, 0)) {
					if n++; n%50 == 0 || n >= b.N {
						break
					}
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"short": "quarterly", "long": "every three months on the last working day at half past four in the afternoon",
		"date": "on 15 January 2027 at 8", "refused": "every second Friday or thereabouts", "cron": "*/5 8-17 * jan-jun mon-fri",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = schedule.Read(text, "Europe/Berlin", typed)
			}
		})
	}
}

func BenchmarkString(b *testing.B) {
	r, err := schedule.Parse("first Monday of each quarter at 9", "Europe/Berlin", time.Now())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = r.String()
	}
}
