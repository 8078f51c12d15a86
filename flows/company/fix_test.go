package company_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/company"
)

// tasks of every state; the day of the test is 10 June.
func someFixes() (company.Fixes, time.Time) {
	day := func(d int) time.Time { return time.Date(2026, 6, d, 0, 0, 0, 0, time.UTC) }
	return company.Fixes{Tasks: map[string]company.Fix{
		"open":    {State: company.FixOpen, Side: "it", Priority: 8, Parts: map[string]company.Part{"it": {User: "robin", Name: "Robin", Due: day(20)}}},
		"weighty": {State: company.FixOpen, Side: "it", Priority: 8, KnockOut: true},
		"late": {State: company.FixPlanned, Side: "both", Priority: 30, Parts: map[string]company.Part{
			"it":       {User: "robin", Name: "Robin", Due: day(1)},
			"security": {User: "kim", Name: "Kim", Due: day(1), Done: day(2)},
			"both":     {Name: "Acme"},
		}},
		"outside":  {State: company.FixOpen, Side: "it", Priority: 4, Parts: map[string]company.Part{"it": {Name: "Acme", Due: day(2)}}},
		"done":     {State: company.FixDone, Side: "it", Priority: 50, Parts: map[string]company.Part{"it": {User: "robin", Name: "Robin", Due: day(1)}}},
		"accepted": {State: company.FixAccepted, Side: "it", Priority: 50, Accepted: company.Acceptance{Until: day(30)}},
		"expired":  {State: company.FixAccepted, Side: "it", Priority: 2, Accepted: company.Acceptance{Until: day(8)}},
		"closed":   {State: company.FixClosed, Side: "it", Priority: 50, Parts: map[string]company.Part{"it": {User: "robin", Name: "Robin", Due: day(1)}}},
	}}, day(10)
}

func TestWhatIsOpenComesInOrder(t *testing.T) {
	fixes, now := someFixes()
	if diff := cmp.Diff([]string{"late", "weighty", "open", "outside", "expired"}, fixes.Open(now)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"late", "outside"}, fixes.Overdue(now)); diff != "" {
		t.Error(diff)
	}
}

func TestWhoOwesWhat(t *testing.T) {
	fixes, now := someFixes()
	owed := fixes.Owed(now)
	if len(owed) != 1 || len(owed["robin"]) != 2 || owed["robin"][0].Question != "late" || owed["robin"][0].Side != "it" || owed["robin"][1].Question != "open" {
		t.Errorf("owed is %+v", owed)
	}
}

func TestADayEndsWhenItHasEndedEverywhere(t *testing.T) {
	day := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]bool{day: false, day.Add(36*time.Hour - time.Second): false, day.Add(36 * time.Hour): true} {
		if company.DayOver(day, at) != want {
			t.Errorf("at %v it is over: %v", at, !want)
		}
	}
	if company.DayOver(time.Time{}, day) {
		t.Error("no day at all is over")
	}
}

func TestWhatIsComplete(t *testing.T) {
	done, open := company.Part{Name: "A", Done: time.Now()}, company.Part{Name: "B"}
	for name, c := range map[string]struct {
		side  string
		parts map[string]company.Part
		want  bool
	}{
		"nobody has it":       {"it", nil, false},
		"its one part":        {"it", map[string]company.Part{"it": done}, true},
		"not yet":             {"it", map[string]company.Part{"it": open}, false},
		"one of two":          {"both", map[string]company.Part{"it": done, "security": open}, false},
		"one, nobody has two": {"both", map[string]company.Part{"it": done}, false},
		"both":                {"both", map[string]company.Part{"it": done, "security": done}, true},
		"one for all":         {"both", map[string]company.Part{"both": done}, true},
	} {
		if got := (company.Fix{Side: c.side, Parts: c.parts}).Complete(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
