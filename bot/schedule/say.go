package schedule

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// cronPhrase begins how a cron expression is said.
const cronPhrase = "by the cron expression "

// String says the rule in words. Parse makes the same rule of them on the day
// of Start; Read does so for a cron expression too.
func (r Rule) String() string { return r.Words() + " (" + r.Zone + ")" }

// Words says the rule without its zone, for a form that has another field for
// the zone.
func (r Rule) Words() string {
	if r.Cron != "" {
		return cronPhrase + r.Cron
	}
	text := r.rhythm()
	if r.From && !r.Once {
		text += " from " + r.dateOfStart("2 January 2006")
	}
	return text + " at " + r.At + r.aboutWeekends()
}

func (r Rule) rhythm() string {
	switch {
	case r.Once:
		return "once on " + r.dateOfStart("Monday 2 January 2006")
	case r.On != 0:
		return r.namedDays()
	case r.Every != 0:
		return everySo(r.Every, r.Unit)
	case r.Day != 0:
		return r.numberedDay()
	case r.FirstWorkday:
		return "on the first working day of " + r.ofWhich()
	case r.LastWorkday:
		return "on the last working day of " + r.ofWhich()
	case r.Nth == Last:
		return fmt.Sprintf("on the last %s of %s", r.Weekday, r.ofWhich())
	case r.Nth > 0 && r.Nth < len(nths):
		return fmt.Sprintf("on the %s %s of %s", nths[r.Nth], r.Weekday, r.ofWhich())
	}
	return "never"
}

var nths = []string{"", "first", "second", "third", "fourth"}

// everySo says a number of units, in the largest unit that people count.
func everySo(n int, unit Unit) string {
	years := unit == Months && n%12 == 0
	switch {
	case years && n == 12:
		return "every year"
	case years:
		return fmt.Sprintf("every %d years", n/12)
	case unit == Months && n == 3:
		return "every three months"
	case unit == Days && n == 1:
		return "every 1 day" // "every day" are named days
	case n == 1:
		return "every " + string(unit)
	}
	return fmt.Sprintf("every %d %ss", n, unit)
}

func (r Rule) namedDays() string {
	weeks := "every "
	if r.Every > 1 {
		weeks = everySo(r.Every, Weeks) + " on "
	}
	switch r.On {
	case workingWeek:
		if r.Every > 1 {
			return weeks + "working days"
		}
		return weeks + "working day"
	case fullWeek:
		if r.Every == 1 {
			return "every day of the week"
		}
	}
	var names []string
	for _, d := range r.On.days() {
		names = append(names, d.String())
	}
	return weeks + and(names)
}

func (r Rule) numberedDay() string {
	months := r.In.months()
	switch {
	case len(months) == 1:
		return fmt.Sprintf("on %d %s every year", r.Day, months[0])
	case r.Day == 31 && len(months) == 0:
		return "on the last day of each month"
	}
	return "on the " + numeral(r.Day) + " of " + r.ofWhich()
}

// ofWhich says the months.
func (r Rule) ofWhich() string {
	var names []string
	for _, m := range r.In.months() {
		names = append(names, m.String())
	}
	if len(names) == 0 {
		return "each month"
	}
	return and(names) + " every year"
}

// aboutWeekends says what is not usual for such a rule.
func (r Rule) aboutWeekends() string {
	start, err := time.Parse(dateForm, r.Start)
	byChance := r.Once && err == nil && weekend.Has(start.Weekday())
	switch {
	case r.FirstWorkday || r.LastWorkday:
		return ""
	case r.Workday && (r.namesWeekend() || byChance):
		return ", moved to the Monday"
	case !r.Workday && !r.namesWeekend():
		return ", also on weekends"
	}
	return ""
}

func (r Rule) dateOfStart(form string) string {
	day, err := time.Parse(dateForm, r.Start)
	if err != nil {
		return r.Start
	}
	return day.Format(form)
}

// and joins names as people do.
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// numeral writes 1st, 2nd, 3rd, 4th.
func numeral(n int) string {
	switch {
	case n%10 == 1 && n != 11:
		return strconv.Itoa(n) + "st"
	case n%10 == 2 && n != 12:
		return strconv.Itoa(n) + "nd"
	case n%10 == 3 && n != 13:
		return strconv.Itoa(n) + "rd"
	}
	return strconv.Itoa(n) + "th"
}
