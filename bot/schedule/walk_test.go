package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/schedule"
)

// minutes are times as a plain reader of a cron expression sees them: for
// each field, which numbers are in it. It shares nothing with the package.
type minutes struct {
	minute, hour, day, month, weekday [60]bool
	anyDay, anyWeekday                bool // the field is a star
}

func (m minutes) onDate(wall time.Time) bool {
	day, weekday := m.day[wall.Day()], m.weekday[wall.Weekday()]
	match := day || weekday
	if m.anyDay || m.anyWeekday {
		match = day && weekday
	}
	return match && m.month[wall.Month()]
}

func (m minutes) inHour(wall time.Time) bool { return m.onDate(wall) && m.hour[wall.Hour()] }
func (m minutes) at(wall time.Time) bool     { return m.inHour(wall) && m.minute[wall.Minute()] }

// onWall is what a zone's clock shows, kept as UTC.
func onWall(t time.Time, loc *time.Location) time.Time {
	y, mo, d := t.In(loc).Date()
	h, mi, _ := t.In(loc).Clock()
	return time.Date(y, mo, d, h, mi, 0, 0, time.UTC)
}

// walk goes through the minutes of the world one by one, and looks at the
// clock on the wall. A minute counts when the clock first shows it, or when
// the clock leaps over it. Days and hours without any match are passed by.
func walk(m minutes, loc *time.Location, after, until time.Time, most int) []time.Time {
	var all []time.Time
	t := after.Add(-48 * time.Hour) // so that it is known what was shown before
	highest := onWall(t, loc)
	pass := func(step time.Duration, meant func(time.Time) bool) bool {
		begin, end := onWall(t, loc), onWall(t.Add(step), loc)
		if end.Sub(begin) != step || anyBetween(highest, end, step, meant) {
			return false // the clock moves, or something is meant
		}
		t, highest = t.Add(step), later(highest, end)
		return true
	}
	for t.Before(until) && len(all) < most {
		if pass(24*time.Hour, m.onDate) || pass(time.Hour, m.inHour) {
			continue
		}
		t = t.Add(time.Minute)
		now := onWall(t, loc)
		if now.After(highest) && anyBetween(highest.Add(time.Minute), now, time.Minute, m.at) && t.After(after) && !t.After(until) {
			all = append(all, t)
		}
		highest = later(highest, now)
	}
	return all
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// anyBetween reports whether one of the days, hours or minutes from one time
// on the wall to another, both of them too, is meant.
func anyBetween(from, to time.Time, step time.Duration, meant func(time.Time) bool) bool {
	for w := from.Truncate(step); !w.After(to); w = w.Add(step) {
		if meant(w) {
			return true
		}
	}
	return false
}

// random writes a field of an expression, and says what is in it.
func random(r *rand.Rand, low, high int, names string, in *[60]bool) (text string, star bool) {
	some := func() int { return low + r.IntN(high-low+1) }
	add := func(from, to, step int) {
		for i := from; i <= to; i += step {
			in[i] = true
		}
	}
	write := func(n int) string {
		if names != "" && r.IntN(3) == 0 {
			name := strings.Fields(names)[n-low]
			return []string{name, strings.ToUpper(name)}[r.IntN(2)]
		}
		return fmt.Sprint(n)
	}
	kind := r.IntN(8)
	if kind < 2 {
		add(low, high, 1)
		return []string{"*", "?", "*/1"}[r.IntN(3)], true
	}
	var parts []string
	for range 1 + r.IntN(3)*(kind%2) {
		a, b, step := some(), some(), 1+r.IntN(high)
		a, b = min(a, b), max(a, b)
		switch r.IntN(5) {
		case 0:
			add(a, b, 1)
			parts = append(parts, write(a)+"-"+write(b))
		case 1:
			add(a, b, step)
			parts = append(parts, fmt.Sprintf("%s-%s/%d", write(a), write(b), step))
		case 2:
			add(a, high, step)
			parts = append(parts, fmt.Sprintf("%s/%d", write(a), step))
		default:
			add(a, a, 1)
			parts = append(parts, write(a))
		}
	}
	return strings.Join(parts, ","), false
}

const (
	monthNames   = "jan feb mar apr may jun jul aug sep oct nov dec"
	weekdayNames = "sun mon tue wed thu fri sat"
)

func expression(r *rand.Rand) (string, minutes) {
	var m minutes
	minute, _ := random(r, 0, 59, "", &m.minute)
	hour, _ := random(r, 0, 23, "", &m.hour)
	if r.IntN(2) == 0 { // where most clocks change
		m.hour = [60]bool{1: true, 2: true}
		hour = "1-2"
	}
	day, anyDay := random(r, 1, 31, "", &m.day)
	month, _ := random(r, 1, 12, monthNames, &m.month)
	weekday, anyWeekday := random(r, 0, 6, weekdayNames, &m.weekday)
	m.anyDay, m.anyWeekday = anyDay, anyWeekday
	return strings.Join([]string{minute, hour, day, month, weekday}, " "), m
}

// Random expressions in random zones and years agree with the plain walk.
// Where the clock changes, most walks begin shortly before that.
func TestRandomExpressionsAgreeWithAPlainWalk(t *testing.T) {
	const cases, most = 2000, 120
	r := rand.New(rand.NewPCG(7, 11))
	names := allZones(t)
	never, dates, changes := 0, 0, 0
	for i := range cases {
		text, m := expression(r)
		name := names[r.IntN(len(names))]
		loc := load(t, name)
		after := time.Date(1975+r.IntN(100), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), 0, 0, time.UTC)
		until := after.AddDate(1, 0, 0)
		if change := clockChanges(loc, after, until); i%4 != 0 && len(change) > 0 {
			after, changes = change[0].Truncate(time.Minute).Add(-time.Duration(r.IntN(300))*time.Minute), changes+1
		}
		want := walk(m, loc, after, until, most)
		rule, err := schedule.Cron(text, name)
		if err != nil {
			if never++; len(want) > 0 {
				t.Fatalf("%q in %s is refused (%v), but comes at %v", text, name, err, want[0])
			}
			continue
		}
		n := 0
		for got := range rule.After(after) {
			if n == len(want) {
				if len(want) < most && !got.After(until) {
					t.Fatalf("%q in %s from %v: %v is too much", text, name, after, got)
				}
				break
			}
			if !got.Equal(want[n]) {
				t.Fatalf("%q in %s from %v: date %d is %v, want %v", text, name, after, n, got, want[n].In(loc))
			}
			n++
		}
		if n < len(want) {
			t.Fatalf("%q in %s from %v: ends before %v", text, name, after, want[n])
		}
		dates += n
	}
	t.Logf("%d expressions, %d dates, %d from a change of the clock, %d expressions that never come", cases, dates, changes, never)
	if dates < 50*cases || changes < cases/5 {
		t.Error("the cases say too little")
	}
}
