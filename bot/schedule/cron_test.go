package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/schedule"
)

func TestHostileExpressionsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "0 of the five fields",
		"   ":                                  "0 of the five fields",
		"* * * *":                              "4 of the five fields",
		"0 0 9 * * *":                          "6 of the five fields",
		"TZ=UTC":                               "the time zone stands apart",
		"CRON_TZ=UTC 0 9 * * *":                "the time zone stands apart",
		"0 9 * * TZ=UTC":                       "the time zone stands apart",
		"@daily":                               "write the five fields",
		"@every 1s":                            "write the five fields",
		"0 9 * * @daily":                       "write the five fields",
		"60 9 * * *":                           "the minute goes from 0 to 59",
		"0 24 * * *":                           "the hour goes from 0 to 23",
		"0 9 0 * *":                            "the day goes from 1 to 31",
		"0 9 1 13 *":                           "the month goes from 1 to 12",
		"0 9 * * 7":                            "0 is Sunday",
		"0 9 * * fri-mon":                      "the weekday goes from 0 to 6",
		"0 9 * * noday":                        "the weekday goes from 0 to 6",
		"+5 9 * * *":                           "the minute",
		"-5 9 * * *":                           "the minute",
		", 9 * * *":                            "the minute",
		"1,,2 9 * * *":                         "the minute",
		"*/0 9 * * *":                          "the minute",
		"0 9/0 * * *":                          "the hour",
		"0 9-8 * * *":                          "the hour",
		"0 1-2-3 * * *":                        "the hour",
		"0 1/2/3 * * *":                        "the hour",
		"0 18446744073709551617 * * *":         "the hour",
		"0 \uff19 * * *":                       "the hour", // a wide nine
		"0 9\x00 * * *":                        "the hour",
		"0 9 31 2 *":                           "a date that never comes",
		"0 9 30 feb *":                         "a date that never comes",
		"0 9 31 4,6,9,11 *":                    "a date that never comes",
		strings.Repeat("1,", 60) + "1 * * * *": "at most 100 characters",
		strings.Repeat(" ", 1<<20) + "0 9 * *": "at most 100 characters",
	} {
		r, err := schedule.Cron(text, "UTC")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
		if _, ok := r.Next(typed); ok {
			t.Errorf("%.40q was refused, and comes", text)
		}
		if (schedule.Rule{Cron: text, Zone: "UTC"}).Check() == nil {
			t.Errorf("%.40q passes the check", text)
		}
		if got, err := schedule.Read(text, "UTC", typed); err == nil {
			t.Errorf("%.40q is read as %s", text, got)
		}
	}
}

// The library looks five years ahead; 2100 is no leap year.
func TestALeapDayIsFoundAcrossEightYears(t *testing.T) {
	r, err := schedule.Cron("0 9 29 2 *", "Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Wed 2096-02-29 09:00 +0100", "Fri 2104-02-29 09:00 +0100", "Wed 2108-02-29 09:00 +0100"}
	if diff := cmp.Diff(want, next(t, r, "2092-03-01T00:00:00Z", 3)); diff != "" {
		t.Error(diff)
	}
}

func TestRulesEndWithTheYear9999(t *testing.T) {
	for _, text := range []string{"0 9 * * *", "quarterly from 2026-01-01", "every Monday", "last working day", "every 10 days"} {
		r, err := schedule.Read(text, "Pacific/Kiritimati", typed)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for at := range r.After(time.Date(9999, 7, 1, 0, 0, 0, 0, time.UTC)) {
			if at.Year() > 9999 || n > 200 {
				t.Fatalf("%s comes at %v", text, at)
			}
			n++
		}
		if n == 0 {
			t.Errorf("%s ends before the year 9999", text)
		}
	}
}
