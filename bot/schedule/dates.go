package schedule

import "time"

// nextWall is the first time on the wall after another; false if there is
// none.
func (r Rule) nextWall(after time.Time) (time.Time, bool) {
	if r.Cron != "" {
		s, err := parseCron(r.Cron)
		if err != nil {
			return time.Time{}, false
		}
		next := s.Next(after)
		return next, !next.IsZero()
	}
	start, err := time.Parse(dateForm, r.Start)
	if err != nil {
		return time.Time{}, false
	}
	clock, err := time.Parse(timeForm, r.At)
	if err != nil {
		return time.Time{}, false
	}
	ofDay := time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	for k := r.guess(start, after); ; k++ {
		day, ok := r.date(start, k)
		if !ok {
			return time.Time{}, false
		}
		if at := day.Add(ofDay); at.After(after) && !day.Before(start) {
			return at, true
		}
	}
}

// guess is a number of a date that surely lies before after, and not far.
func (r Rule) guess(start, after time.Time) int {
	days := int(after.Sub(start).Hours() / 24)
	months := (after.Year()-start.Year())*12 + int(after.Month()-start.Month())
	switch {
	case r.Every > 0 && r.Unit == Days:
		return max(0, days/r.Every-5)
	case r.Every > 0 && r.Unit == Weeks:
		return max(0, days/(7*r.Every)-3)
	case r.Every > 0:
		return max(0, months/r.Every-3)
	}
	return max(0, months-2)
}

// date is the day of number k, from 0; false if there is none.
func (r Rule) date(start time.Time, k int) (time.Time, bool) {
	if k > 1_000_000 {
		return time.Time{}, false
	}
	var day time.Time
	month := time.Date(start.Year(), start.Month()+time.Month(k), 1, 0, 0, 0, 0, time.UTC)
	switch {
	case r.Once:
		return r.working(start), k == 0
	case r.LastWorkday:
		day = month.AddDate(0, 1, -1)
		for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			day = day.AddDate(0, 0, -1)
		}
		return day, true
	case r.Nth > 0:
		ahead := (int(r.Weekday) - int(month.Weekday()) + 7) % 7
		day = month.AddDate(0, 0, ahead+7*(r.Nth-1))
	case r.Unit == Days:
		day = start.AddDate(0, 0, (k+1)*r.Every)
	case r.Unit == Weeks:
		day = start.AddDate(0, 0, 7*(k+1)*r.Every)
	default:
		day = sameDay(start, (k+1)*r.Every)
	}
	return r.working(day), true
}

// sameDay is the same day so many months later, or the last of a month that
// is too short.
func sameDay(start time.Time, months int) time.Time {
	first := time.Date(start.Year(), start.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(start.Day(), last.Day())-1)
}

// working moves a day on a weekend to the Monday, if the rule wants that.
func (r Rule) working(day time.Time) time.Time {
	if !r.Workday {
		return day
	}
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDate(0, 0, 2)
	case time.Sunday:
		return day.AddDate(0, 0, 1)
	}
	return day
}
