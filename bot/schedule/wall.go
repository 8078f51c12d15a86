package schedule

import "time"

// farthest is more than any zone has ever been from UTC.
const farthest = 26 * time.Hour

// wallOf is what the clock on the wall shows, kept as if it were UTC.
func wallOf(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// instant is when the clock on the wall of a zone shows a time. What the
// clock leaps over happens when it leaps; what it shows twice happens the
// first time. So a later time on the wall is never an earlier instant.
func instant(wall time.Time, loc *time.Location) time.Time {
	near := wall.Add(-farthest).In(loc)
	for {
		_, offset := near.Zone()
		begin, end := bounds(near)
		at := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		switch {
		case !begin.IsZero() && at.Before(begin):
			return begin
		case end.IsZero() || at.Before(end):
			return at
		}
		near = end
	}
}

// bounds is ZoneBounds, whose end comes after the time; zero: there is none.
// Go 1.26 counts 365 days for every year that it computes by a zone's last
// rule, so that on 31 December of a leap year its end is the midnight before.
func bounds(t time.Time) (begin, end time.Time) {
	begin, end = t.ZoneBounds()
	if !end.IsZero() && !end.After(t) {
		y, m, d := t.UTC().Date()
		end = time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC).In(t.Location())
	}
	return begin, end
}
