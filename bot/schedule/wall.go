package schedule

import "time"

// farthest is more than any zone has ever been from UTC.
const farthest = 26 * time.Hour

// wallOf is what the clock on the wall shows, kept as if it were UTC.
func wallOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instant is when the clock on the wall of a zone shows a time. What the
// clock leaps over happens when it leaps; what it shows twice happens the
// first time. So a later time on the wall is never an earlier instant.
func instant(wall time.Time, loc *time.Location) time.Time {
	near := wall.Add(-farthest).In(loc)
	for {
		_, offset := near.Zone()
		begin, end := near.ZoneBounds() // zero: there is none
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
