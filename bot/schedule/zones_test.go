package schedule_test

import (
	"archive/zip"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/schedule"
)

// TestMain lets all tests use the zones that are embedded in the program, and
// not those of the machine.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "zones-")
		if err == nil {
			defer os.RemoveAll(dir)
			err = unpackZones(filepath.Join(dir, "zoneinfo.zip"))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "read time/tzdata:", err)
			return 1
		}
		return m.Run()
	}())
}

// unpackZones writes the archive that package time/tzdata embeds, and makes
// package time look there first.
func unpackZones(path string) error {
	source, err := build.Import("time/tzdata", "", build.FindOnly)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(source.Dir, "zzipdata.go"), nil, 0)
	if err != nil {
		return err
	}
	data, ok := file.Scope.Objects["zipdata"].Decl.(*ast.ValueSpec)
	if !ok {
		return fmt.Errorf("no zipdata in %s", source.Dir)
	}
	text, err := joined(data.Values[0])
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Setenv("ZONEINFO", path)
}

// joined is the value of a constant that is written as literals and pluses.
func joined(e ast.Expr) (string, error) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return strconv.Unquote(e.Value)
	case *ast.BinaryExpr:
		left, err := joined(e.X)
		if err != nil {
			return "", err
		}
		right, err := joined(e.Y)
		return left + right, err
	}
	return "", fmt.Errorf("%T is no string", e)
}

// allZones are the names of the embedded zones. Some are names for the same.
func allZones(t testing.TB) []string {
	t.Helper()
	var names []string
	for _, same := range zonesByContent(t) {
		names = append(names, same...)
	}
	return names
}

// zonesByContent are the embedded zones, those with the same data together.
func zonesByContent(t testing.TB) [][]string {
	t.Helper()
	archive, err := zip.OpenReader(os.Getenv("ZONEINFO"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	place := map[uint32]int{}
	var all [][]string
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		i, known := place[f.CRC32]
		if !known {
			i = len(all)
			place[f.CRC32], all = i, append(all, nil)
		}
		all[i] = append(all[i], f.Name)
	}
	if len(all) < 300 {
		t.Fatalf("only %d zones", len(all))
	}
	return all
}

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// clockChanges are the instants between two times at which the clocks of a
// zone move.
func clockChanges(loc *time.Location, from, until time.Time) []time.Time {
	var all []time.Time
	for at := from; at.Before(until); at = at.Add(7 * 24 * time.Hour) {
		all = append(all, changesIn(loc, at, at.Add(7*24*time.Hour))...)
	}
	return all
}

// changesIn halves the time between two instants until a change is left.
func changesIn(loc *time.Location, from, until time.Time) []time.Time {
	_, before := from.In(loc).Zone()
	_, after := until.In(loc).Zone()
	switch {
	case before == after:
		return nil
	case until.Sub(from) <= time.Second:
		return []time.Time{until}
	}
	middle := from.Add(until.Sub(from) / 2).Truncate(time.Second)
	return append(changesIn(loc, from, middle), changesIn(loc, middle, until)...)
}

// wallMinute is what the clock on the wall shows, as minutes since 1970.
func wallMinute(at time.Time, loc *time.Location) int64 {
	_, offset := at.In(loc).Zone()
	seconds := at.Unix() + int64(offset)
	return (seconds - (seconds%60+60)%60) / 60
}

// In every zone, through ten years with all changes of the clock in them,
// what is meant for each day comes for each day: none missed, none twice.
// Ten more years, by a cron expression, are counted by each zone's last rule.
func TestEveryDayOnceInEveryZone(t *testing.T) {
	for _, year := range []int{2009, 2032} {
		from, dates := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), 0
		for _, names := range zonesByContent(t) {
			loc := load(t, names[0])
			for i, clock := range restless(loc, from) {
				at := from.Add(clock).Format("15:04")
				r := schedule.Rule{Every: 1, Unit: schedule.Weeks, On: schedule.Weekdays(0, 1, 2, 3, 4, 5, 6), Start: "2000-01-01", At: at, Zone: names[0]}
				if year == 2032 {
					r = schedule.Rule{Cron: at[3:] + " " + at[:2] + " * * *", Zone: names[0]}
				}
				if i == 0 || year == 2009 {
					dates += onceADay(t, r, clock, loc, from)
				}
			}
		}
		t.Logf("%d dates in the ten years from %d", dates, year)
	}
}

// restless are the times of day to try in a zone: one within the hour that is
// leapt over and one within the hour that comes twice, or nine o'clock.
func restless(loc *time.Location, from time.Time) []time.Duration {
	var forward, back []time.Duration
	for _, change := range clockChanges(loc, from, from.AddDate(10, 0, 0)) {
		_, before := change.Add(-time.Second).In(loc).Zone()
		_, after := change.In(loc).Zone()
		middle := change.UTC().Add(time.Duration(before+after) / 2 * time.Second)
		clock := middle.Sub(middle.Truncate(24 * time.Hour)).Truncate(time.Minute)
		if after > before {
			forward = []time.Duration{clock}
		} else {
			back = []time.Duration{clock}
		}
	}
	if times := append(forward, back...); len(times) > 0 {
		return times
	}
	return []time.Duration{9 * time.Hour}
}

// onceADay checks ten years of a rule for every day, and counts its dates.
func onceADay(t *testing.T, r schedule.Rule, clock time.Duration, loc *time.Location, from time.Time) int {
	t.Helper()
	const day = 24 * 60
	want := from.Add(24*time.Hour+clock).Unix() / 60
	n, before := 0, time.Time{}
	for got := range r.After(time.Date(from.Year(), 1, 2, 0, 0, 0, 0, loc).Add(-time.Second)) {
		switch is := wallMinute(got, loc); {
		case is == want:
			// The same minute twice makes a day of another length.
			if got.Sub(before) != 24*time.Hour {
				if earlier := shownBefore(got, loc); !earlier.IsZero() {
					t.Fatalf("%s: %v was shown before, at %v", r, got, earlier)
				}
			}
		case is < want || wallMinute(got.Add(-time.Minute), loc) >= want:
			t.Fatalf("%s: %v instead of %v", r, got, time.Unix(want*60, 0).UTC())
		}
		want, n, before = want+day, n+1, got
		if want >= from.AddDate(10, 0, 0).Unix()/60 {
			return n
		}
	}
	t.Fatalf("%s: no more after %d dates", r, n)
	return n
}

// shownBefore is an earlier instant at which the clock showed the same, before
// a change within a day; zero if there is none.
func shownBefore(at time.Time, loc *time.Location) time.Time {
	_, now := at.In(loc).Zone()
	_, before := at.Add(-26 * time.Hour).In(loc).Zone()
	earlier := at.Add(-time.Duration(before-now) * time.Second)
	if earlier.Before(at) && wallMinute(earlier, loc) == wallMinute(at, loc) {
		return earlier
	}
	return time.Time{}
}

// Rules that come seldom agree with the calendar in every zone.
func TestSeldomDatesInEveryZone(t *testing.T) {
	from, until := time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC), time.Date(2030, 1, 3, 0, 0, 0, 0, time.UTC)
	for _, name := range allZones(t) {
		loc := load(t, name)
		for text, want := range map[string]int{"last working day": 120, "first Monday": 120, "every May": 10, "every 6 weeks": 87, "monthly on the 31st": 120} {
			r, err := schedule.Parse(text+" at 2:30", name, time.Date(2019, 12, 31, 12, 0, 0, 0, loc))
			if err != nil {
				t.Fatal(err)
			}
			last, n := "", 0
			for at := range r.After(from) {
				if at.After(until) {
					break
				}
				date := at.In(loc).Format(time.DateOnly)
				if weekday := at.In(loc).Weekday(); weekday == 0 || weekday == 6 || date <= last {
					t.Fatalf("%s in %s: %s after %s", text, name, date, last)
				}
				last, n = date, n+1
			}
			if n != want {
				t.Errorf("%s in %s: %d times in ten years, want %d", text, name, n, want)
			}
		}
	}
}
