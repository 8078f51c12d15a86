package schedule

import "time"

// rule makes a rule of what was understood: when it is, without the time of
// day, zone and start. Words are all that was typed, for the hint.
func (w wish) rule(words []string) (Rule, error) {
	positions := 0
	for _, set := range []bool{w.nth != 0, w.first || w.last, w.day != 0} {
		if set {
			positions++
		}
	}
	switch {
	case positions > 1 || positions == 1 && w.on != 0 || w.of != 0 && w.unit != "" && w.unit != Months:
		return Rule{}, near(words)
	case positions == 1:
		return w.ofMonths(words)
	case w.in != 0:
		yearly := w.every == 12 && w.unit == Months || w.every == 0 && w.each
		if !yearly || w.on != 0 || w.of != 0 {
			return Rule{}, near(words)
		}
		return Rule{FirstWorkday: true, In: w.in}, nil
	case w.on != 0:
		return w.ofWeeks(words)
	}
	return w.plainRhythm(words)
}

// ofMonths is a day of each month, or of some months.
func (w wish) ofMonths(words []string) (Rule, error) {
	if w.unit == Days || w.unit == Weeks || w.each && w.nth > 1 && w.every == 0 && w.of == 0 && w.in == 0 {
		return Rule{}, near(words) // "every second Friday" can mean two things
	}
	r := Rule{Nth: w.nth, Weekday: w.weekday, FirstWorkday: w.first, LastWorkday: w.last, Day: w.day, In: w.in}
	if w.ending {
		r.Day = r.In.longest()
	}
	months := w.every
	if months == 0 {
		months = w.of
	}
	switch {
	case w.of > months, w.in != 0 && months != 0 && months != 12, months > 12 || months != 0 && 12%months != 0:
		return Rule{}, near(words)
	case months == 0 && w.in == 0 && (w.edge || w.day != 0 && !w.each), r.Day > r.In.longest():
		return Rule{}, near(words)
	case w.in == 0 && months > 1:
		r.In = calendar(months, w.last || w.nth == Last || w.ending)
	}
	return r, nil
}

// calendar are the months that begin or end each so many months of the
// calendar: the quarters begin with January.
func calendar(every int, ends bool) MonthSet {
	var s MonthSet
	for m := time.January; m <= time.December; m += time.Month(every) {
		if ends {
			s |= InMonths(m + time.Month(every) - 1)
		} else {
			s |= InMonths(m)
		}
	}
	return s
}

// ofWeeks is named days of every so many weeks.
func (w wish) ofWeeks(words []string) (Rule, error) {
	if w.of != 0 || w.every != 0 && w.unit != Weeks {
		return Rule{}, near(words)
	}
	return Rule{Every: max(1, w.every), Unit: Weeks, On: w.on}, nil
}

// plainRhythm is every so many days, weeks or months.
func (w wish) plainRhythm(words []string) (Rule, error) {
	if w.every == 0 || w.of != 0 {
		return Rule{}, near(words)
	}
	return Rule{Every: w.every, Unit: w.unit}, nil
}

// namesWeekend reports whether a rule names a Saturday or Sunday, which is
// then meant. A date may be one by chance.
func (r Rule) namesWeekend() bool {
	return r.On&weekend != 0 || r.Nth != 0 && weekend.Has(r.Weekday)
}
