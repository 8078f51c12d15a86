package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/schedule"
)

// next lists the next n times of a rule, in its own zone.
func next(t *testing.T, r schedule.Rule, after string, n int) []string {
	t.Helper()
	at, err := time.Parse(time.RFC3339, after)
	if err != nil {
		t.Fatal(err)
	}
	loc, err := time.LoadLocation(r.Zone)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for range n {
		var ok bool
		if at, ok = r.Next(at); !ok {
			break
		}
		all = append(all, at.In(loc).Format("Mon 2006-01-02 15:04 -0700"))
	}
	return all
}

func TestNext(t *testing.T) {
	berlin := func(r schedule.Rule) schedule.Rule {
		r.Zone = "Europe/Berlin"
		if r.At == "" && r.Cron == "" {
			r.At = "09:00"
		}
		if r.Start == "" {
			r.Start = "2026-01-31"
		}
		return r
	}
	for name, c := range map[string]struct {
		rule  schedule.Rule
		after string
		want  []string
	}{
		"quarterly, from the last of a month": {berlin(schedule.Rule{Every: 3, Unit: schedule.Months}), "2026-01-31T12:00:00Z",
			[]string{"Thu 2026-04-30 09:00 +0200", "Fri 2026-07-31 09:00 +0200", "Sat 2026-10-31 09:00 +0100"}},
		"a weekend moves to the Monday": {berlin(schedule.Rule{Every: 3, Unit: schedule.Months, Workday: true}), "2026-08-01T00:00:00Z",
			[]string{"Mon 2026-11-02 09:00 +0100", "Mon 2027-02-01 09:00 +0100"}},
		"every six weeks": {berlin(schedule.Rule{Every: 6, Unit: schedule.Weeks, Start: "2026-03-02"}), "2026-03-02T08:00:00Z",
			[]string{"Mon 2026-04-13 09:00 +0200", "Mon 2026-05-25 09:00 +0200"}},
		"the first Monday": {berlin(schedule.Rule{Nth: 1, Weekday: time.Monday, Start: "2026-03-01"}), "2026-03-02T08:00:00Z",
			[]string{"Mon 2026-04-06 09:00 +0200", "Mon 2026-05-04 09:00 +0200"}},
		"the last working day": {berlin(schedule.Rule{LastWorkday: true, At: "16:30", Start: "2026-01-01"}), "2026-05-01T00:00:00Z",
			[]string{"Fri 2026-05-29 16:30 +0200", "Tue 2026-06-30 16:30 +0200"}},
		"once": {berlin(schedule.Rule{Once: true, Start: "2027-01-15"}), "2026-05-01T00:00:00Z", []string{"Fri 2027-01-15 09:00 +0100"}},
		"the leap of spring: at the instant the clock leaps": {berlin(schedule.Rule{Every: 1, Unit: schedule.Days, At: "02:30", Start: "2026-03-01"}), "2026-03-28T00:00:00Z",
			[]string{"Sat 2026-03-28 02:30 +0100", "Sun 2026-03-29 03:00 +0200", "Mon 2026-03-30 02:30 +0200"}},
		"the repeated hour of autumn: the first time": {berlin(schedule.Rule{Every: 1, Unit: schedule.Days, At: "02:30", Start: "2026-10-01"}), "2026-10-24T12:00:00Z",
			[]string{"Sun 2026-10-25 02:30 +0200", "Mon 2026-10-26 02:30 +0100"}},
		"cron in spring":    {berlin(schedule.Rule{Cron: "30 2 * * *"}), "2026-03-28T12:00:00Z", []string{"Sun 2026-03-29 03:00 +0200", "Mon 2026-03-30 02:30 +0200"}},
		"cron each quarter": {berlin(schedule.Rule{Cron: "0 9 1 */3 *"}), "2026-03-02T00:00:00Z", []string{"Wed 2026-04-01 09:00 +0200", "Wed 2026-07-01 09:00 +0200"}},
		"a zone without clock changes": {schedule.Rule{Every: 1, Unit: schedule.Months, At: "09:00", Start: "2026-01-05", Zone: "Asia/Kolkata"}, "2026-03-02T00:00:00Z",
			[]string{"Thu 2026-03-05 09:00 +0530"}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.rule.Check(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, next(t, c.rule, c.after, len(c.want))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestADayThatNeverWas(t *testing.T) {
	// Samoa left out 30 December 2011.
	r := schedule.Rule{Every: 1, Unit: schedule.Days, At: "09:00", Start: "2011-12-01", Zone: "Pacific/Apia"}
	want := []string{"Thu 2011-12-29 09:00 -1000", "Sat 2011-12-31 00:00 +1400", "Sat 2011-12-31 09:00 +1400"}
	if diff := cmp.Diff(want, next(t, r, "2011-12-29T00:00:00Z", 3)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCannotBeARule(t *testing.T) {
	good := schedule.Rule{Every: 3, Unit: schedule.Months, At: "09:00", Start: "2026-01-31", Zone: "UTC"}
	for name, change := range map[string]func(*schedule.Rule){
		"no zone":               func(r *schedule.Rule) { r.Zone = "" },
		"the machine's zone":    func(r *schedule.Rule) { r.Zone = "Local" },
		"an unknown zone":       func(r *schedule.Rule) { r.Zone = "Mars/Base" },
		"two kinds":             func(r *schedule.Rule) { r.Once = true },
		"no kind":               func(r *schedule.Rule) { r.Every = 0 },
		"an hour too many":      func(r *schedule.Rule) { r.At = "24:00" },
		"no date":               func(r *schedule.Rule) { r.Start = "2026-02-30" },
		"a unit of its own":     func(r *schedule.Rule) { r.Unit = "moon" },
		"a fifth Monday":        func(r *schedule.Rule) { r.Every, r.Nth = 0, 5 },
		"cron with a zone":      func(r *schedule.Rule) { r.Every, r.Cron = 0, "TZ=UTC 0 9 * * *" },
		"cron that would panic": func(r *schedule.Rule) { r.Every, r.Cron = 0, "TZ=UTC" },
		"cron of six fields":    func(r *schedule.Rule) { r.Every, r.Cron = 0, "0 0 9 * * *" },
		"cron in words":         func(r *schedule.Rule) { r.Every, r.Cron = 0, "@every 1s" },
		"cron that never comes": func(r *schedule.Rule) { r.Every, r.Cron = 0, "0 9 31 2 *" },
		"cron too long":         func(r *schedule.Rule) { r.Every, r.Cron = 0, strings.Repeat("1,", 60)+"1 * * * *" },
	} {
		r := good
		change(&r)
		if err := r.Check(); err == nil {
			t.Errorf("%s is accepted: %+v", name, r)
		}
	}
}
