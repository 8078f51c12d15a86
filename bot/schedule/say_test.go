package schedule_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/schedule"
)

// anyRule is a rule of any kind that can be.
func anyRule(r *rand.Rand, zones []string) schedule.Rule {
	rule := schedule.Rule{
		Start: time.Date(2000+r.IntN(60), 1, 1+r.IntN(366), 0, 0, 0, 0, time.UTC).Format(time.DateOnly), From: r.IntN(3) == 0,
		At: time.Date(0, 1, 1, r.IntN(24), r.IntN(60), 0, 0, time.UTC).Format("15:04"), Zone: zones[r.IntN(len(zones))], Workday: r.IntN(4) > 0,
	}
	months := schedule.MonthSet(0)
	for range r.IntN(4) {
		months |= schedule.InMonths(time.Month(1 + r.IntN(12)))
	}
	switch r.IntN(8) {
	case 0:
		rule.Every, rule.Unit = 1+r.IntN(1000), []schedule.Unit{schedule.Days, schedule.Weeks, schedule.Months}[r.IntN(3)]
	case 1:
		rule.Every, rule.Unit = 1+r.IntN(12), []schedule.Unit{schedule.Days, schedule.Weeks, schedule.Months}[r.IntN(3)]
	case 2:
		rule.Every, rule.Unit, rule.On = 1+r.IntN(4), schedule.Weeks, schedule.WeekdaySet(1+r.IntN(127))
	case 3:
		rule.Nth, rule.Weekday, rule.In = []int{1, 2, 3, 4, schedule.Last}[r.IntN(5)], time.Weekday(r.IntN(7)), months
	case 4:
		rule.FirstWorkday, rule.In, rule.Workday = true, months, true
	case 5:
		rule.LastWorkday, rule.In, rule.Workday = true, months, true
	case 6:
		rule.Day, rule.In = 1+r.IntN(28), months
		if months == 0 {
			rule.Day += r.IntN(4)
		}
	default:
		rule.Once, rule.From = true, false
	}
	return rule
}

// noon is the middle of the day on which a rule starts, in its zone.
func noon(t *testing.T, r schedule.Rule) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, r.Start)
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, load(t, r.Zone))
}

func TestWhatARuleSaysIsReadAsTheSameRule(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	zones := allZones(t)
	for range 4000 {
		rule := anyRule(r, zones)
		if err := rule.Check(); err != nil {
			t.Fatalf("%+v: %v", rule, err)
		}
		for _, read := range []func(string, string, time.Time) (schedule.Rule, error){schedule.Parse, schedule.Read} {
			again, err := read(rule.String(), "UTC", noon(t, rule))
			if diff := cmp.Diff(rule, again); err != nil || diff != "" {
				t.Fatalf("%s: %v\n%s", rule, err, diff)
			}
		}
		again, err := schedule.Parse(rule.Words(), rule.Zone, noon(t, rule))
		if err != nil || again != rule {
			t.Fatalf("%s: %+v, %v", rule.Words(), again, err)
		}
	}
}

func TestRulesAreSaidInWords(t *testing.T) {
	of := func(r schedule.Rule) schedule.Rule {
		r.At, r.Start, r.Zone = "09:00", "2027-01-16", "UTC"
		return r
	}
	for want, r := range map[string]schedule.Rule{
		"every working day at 09:00 (UTC)":                                     of(schedule.Rule{Every: 1, Unit: schedule.Weeks, On: schedule.Weekdays(1, 2, 3, 4, 5), Workday: true}),
		"every 2 weeks on working days at 09:00 (UTC)":                         of(schedule.Rule{Every: 2, Unit: schedule.Weeks, On: schedule.Weekdays(1, 2, 3, 4, 5), Workday: true}),
		"every Monday, Wednesday and Friday at 09:00 (UTC)":                    of(schedule.Rule{Every: 1, Unit: schedule.Weeks, On: schedule.Weekdays(5, 3, 1), Workday: true}),
		"every 10 days at 09:00, also on weekends (UTC)":                       of(schedule.Rule{Every: 10, Unit: schedule.Days}),
		"on the 22nd of each month at 09:00 (UTC)":                             of(schedule.Rule{Day: 22, Workday: true}),
		"on the 13th of May and June every year at 09:00 (UTC)":                of(schedule.Rule{Day: 13, In: schedule.InMonths(6, 5), Workday: true}),
		"on the last Sunday of each month at 09:00 (UTC)":                      of(schedule.Rule{Nth: schedule.Last, Weekday: time.Sunday}),
		"once on Saturday 16 January 2027 at 09:00, also on weekends (UTC)":    of(schedule.Rule{Once: true}),
		"every month from 16 January 2027 at 09:00 (UTC)":                      of(schedule.Rule{Every: 1, Unit: schedule.Months, From: true, Workday: true}),
		"by the cron expression 0 9 1 */3 * (UTC)":                             of(schedule.Rule{Cron: "0 9 1 */3 *"}),
		"never at 09:00 (UTC)":                                                 of(schedule.Rule{Workday: true}),
		"on the first working day of May every year at 09:00 (UTC)":            of(schedule.Rule{FirstWorkday: true, In: schedule.InMonths(5)}),
		"on the third Wednesday of each month at 09:00 (UTC)":                  of(schedule.Rule{Nth: 3, Weekday: 3, Workday: true}),
		"every Saturday at 09:00, moved to the Monday (UTC)":                   of(schedule.Rule{Every: 1, Unit: schedule.Weeks, On: schedule.Weekdays(6), Workday: true}),
		"once on Saturday 16 January 2027 at 09:00, moved to the Monday (UTC)": of(schedule.Rule{Once: true, Workday: true}),
	} {
		if got := r.String(); got != want {
			t.Errorf("%+v is %q, want %q", r, got, want)
		}
	}
}

func TestARuleIsStoredAndReadAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	zones := allZones(t)
	for range 2000 {
		rule := anyRule(r, zones)
		raw, err := json.Marshal(rule)
		if err != nil {
			t.Fatal(err)
		}
		var again schedule.Rule
		if err := json.Unmarshal(raw, &again); err != nil || again != rule {
			t.Fatalf("%s: %+v, %v", raw, again, err)
		}
	}
	want := `{"every":1,"unit":"week","on":"mon,thu,sun","start":"2027-01-15","at":"09:00","zone":"UTC"}`
	raw, _ := json.Marshal(schedule.Rule{Every: 1, Unit: schedule.Weeks, On: schedule.Weekdays(0, 4, 1), Start: "2027-01-15", At: "09:00", Zone: "UTC"})
	if string(raw) != want {
		t.Errorf("stored as %s, want %s", raw, want)
	}
	for _, raw := range []string{`{"on":"mon,noday"}`, `{"in":"may,"}`, `{"on":3}`} {
		if err := json.Unmarshal([]byte(raw), &schedule.Rule{}); err == nil {
			t.Errorf("%s is read", raw)
		}
	}
}
