package schedule

import (
	"fmt"
	"strings"
	"time"
)

// WeekdaySet is some days of the week. As text it is "mon,thu".
type WeekdaySet uint8

// MonthSet is some months of the year. As text it is "may,nov".
type MonthSet uint16

const (
	fullWeek    WeekdaySet = 1<<7 - 1
	weekend     WeekdaySet = 1<<time.Saturday | 1<<time.Sunday
	workingWeek            = fullWeek &^ weekend
	fullYear    MonthSet   = 1<<13 - 2
)

// Weekdays makes a set of days.
func Weekdays(days ...time.Weekday) WeekdaySet {
	var s WeekdaySet
	for _, d := range days {
		s |= 1 << d
	}
	return s
}

// Has reports whether a day is in the set.
func (s WeekdaySet) Has(d time.Weekday) bool { return s&(1<<d) != 0 }

// sinceMonday is how many days a day comes after the Monday of its week.
func sinceMonday(d time.Weekday) int { return (int(d) + 6) % 7 }

// days are those of the set, from Monday on.
func (s WeekdaySet) days() []time.Weekday {
	all := make([]time.Weekday, 0, 7)
	for i := range 7 {
		if d := time.Weekday((i + 1) % 7); s.Has(d) {
			all = append(all, d)
		}
	}
	return all
}

// MarshalText writes the set.
func (s WeekdaySet) MarshalText() ([]byte, error) {
	var names []string
	for _, d := range s.days() {
		names = append(names, short(d))
	}
	return []byte(strings.Join(names, ",")), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *WeekdaySet) UnmarshalText(text []byte) error {
	*s = 0
	for _, name := range strings.Split(string(text), ",") {
		d, ok := shortNames(time.Sunday, time.Saturday)[name]
		if !ok {
			return fmt.Errorf("read weekdays: %.20q is none", name)
		}
		*s |= 1 << d
	}
	return nil
}

// InMonths makes a set of months.
func InMonths(months ...time.Month) MonthSet {
	var s MonthSet
	for _, m := range months {
		s |= 1 << m
	}
	return s
}

// Has reports whether a month is in the set.
func (s MonthSet) Has(m time.Month) bool { return s&(1<<m) != 0 }

// months are those of the set, in order.
func (s MonthSet) months() []time.Month {
	var all []time.Month
	for m := time.January; m <= time.December; m++ {
		if s.Has(m) {
			all = append(all, m)
		}
	}
	return all
}

// longest is how many days the longest month of the set can have; no month
// named means every month.
func (s MonthSet) longest() int {
	days := 0
	for m := time.January; m <= time.December; m++ {
		if s == 0 || s.Has(m) {
			days = max(days, time.Date(2000, m+1, 0, 0, 0, 0, 0, time.UTC).Day())
		}
	}
	return days
}

// MarshalText writes the set.
func (s MonthSet) MarshalText() ([]byte, error) {
	var names []string
	for _, m := range s.months() {
		names = append(names, short(m))
	}
	return []byte(strings.Join(names, ",")), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *MonthSet) UnmarshalText(text []byte) error {
	*s = 0
	for _, name := range strings.Split(string(text), ",") {
		m, ok := shortNames(time.January, time.December)[name]
		if !ok {
			return fmt.Errorf("read months: %.20q is none", name)
		}
		*s |= 1 << m
	}
	return nil
}

// short is the name of a day or month that people abbreviate it to.
func short(name fmt.Stringer) string { return strings.ToLower(name.String()[:3]) }

// shortNames finds days or months by their short names.
func shortNames[T interface {
	~int
	fmt.Stringer
}](first, last T) map[string]T {
	all := map[string]T{}
	for x := first; x <= last; x++ {
		all[short(x)] = x
	}
	return all
}
