package schedule

import (
	"iter"
	"time"
)

// nextWall is the first time on the wall after another; false if there is
// none.
func (p plan) nextWall(after time.Time) (time.Time, bool) {
	if p.cron != nil {
		return nextCron(p.cron, after)
	}
	for day := range p.days(after) {
		if day.Before(p.start) {
			continue
		}
		if p.Workday {
			day = working(day)
		}
		if at := day.Add(p.ofDay); at.After(after) {
			return at, true
		}
	}
	return time.Time{}, false
}

// days are the days of a rule in order, from one well before another time.
func (p plan) days(after time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		switch {
		case p.Once:
			yield(p.start)
		case p.On != 0:
			p.weekdays(after, yield)
		case p.Every > 0:
			p.rhythm(after, yield)
		default:
			p.ofMonths(after, yield)
		}
	}
}

// margin is more days than a date can be moved.
const margin = 4

// daysBetween counts midnights; a Duration would end after 292 years.
func daysBetween(a, b time.Time) int { return int((b.Unix() - a.Unix()) / 86400) }

// rhythm are the days that are so many units apart.
func (p plan) rhythm(after time.Time, yield func(time.Time) bool) {
	first := 1
	if p.From {
		first = 0
	}
	for k := max(first, p.units(after)/p.Every-1); ; k++ {
		var day time.Time
		switch p.Unit {
		case Days:
			day = p.start.AddDate(0, 0, k*p.Every)
		case Weeks:
			day = p.start.AddDate(0, 0, 7*k*p.Every)
		default:
			day = sameDay(p.start, k*p.Every)
		}
		if day.Year() > maxYear || !yield(day) {
			return
		}
	}
}

// units counts from Start to well before another time.
func (p plan) units(after time.Time) int {
	switch p.Unit {
	case Days:
		return daysBetween(p.start, after) - margin
	case Weeks:
		return daysBetween(p.start, after)/7 - 1
	}
	return (after.Year()-p.start.Year())*12 + int(after.Month()-p.start.Month()) - 1
}

// weekdays are the named days of every so many weeks. The week of the first
// named day on or after Start counts as the first.
func (p plan) weekdays(after time.Time, yield func(time.Time) bool) {
	first := p.start
	for !p.On.Has(first.Weekday()) {
		first = first.AddDate(0, 0, 1)
	}
	monday := first.AddDate(0, 0, -sinceMonday(first.Weekday()))
	k := max(0, (daysBetween(monday, after)-margin)/(7*p.Every)-1)
	for ; ; k++ {
		week := monday.AddDate(0, 0, 7*k*p.Every)
		for _, weekday := range p.On.days() {
			if day := week.AddDate(0, 0, sinceMonday(weekday)); day.Year() > maxYear || !yield(day) {
				return
			}
		}
	}
}

// ofMonths are the days of a rule that names a day of the month.
func (p plan) ofMonths(after time.Time, yield func(time.Time) bool) {
	from := after.AddDate(0, 0, -margin)
	if from.Before(p.start) {
		from = p.start
	}
	month := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	for ; month.Year() <= maxYear; month = month.AddDate(0, 1, 0) {
		if p.In != 0 && !p.In.Has(month.Month()) {
			continue
		}
		if !yield(p.dayOf(month)) {
			return
		}
	}
}

// dayOf is the rule's day in the month that begins with a day.
func (p plan) dayOf(first time.Time) time.Time {
	last := first.AddDate(0, 1, -1)
	switch {
	case p.FirstWorkday:
		return working(first)
	case p.LastWorkday:
		for !workingWeek.Has(last.Weekday()) {
			last = last.AddDate(0, 0, -1)
		}
		return last
	case p.Nth == Last:
		return last.AddDate(0, 0, -(int(last.Weekday()-p.Weekday)+7)%7)
	case p.Nth > 0:
		return first.AddDate(0, 0, (int(p.Weekday-first.Weekday())+7)%7+7*(p.Nth-1))
	}
	return first.AddDate(0, 0, min(p.Day, last.Day())-1)
}

// sameDay is the same day so many months later, or the last of a month that
// is too short.
func sameDay(start time.Time, months int) time.Time {
	first := time.Date(start.Year(), start.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(start.Day(), last.Day())-1)
}

// working moves a day on a weekend to the Monday.
func working(day time.Time) time.Time {
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDate(0, 0, 2)
	case time.Sunday:
		return day.AddDate(0, 0, 1)
	}
	return day
}
