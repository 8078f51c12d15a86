package schedule

import (
	"slices"
	"strconv"
	"time"
)

// wish is what the words of a rhythm say, each part apart and in any order.
type wish struct {
	daily WeekdaySet // what "every day" means

	every   int // "every 6 weeks", "monthly"
	unit    Unit
	of      int // "of the quarter": so many months
	each    bool
	nth     int // "the first Monday"
	weekday time.Weekday
	first   bool // "the first working day"
	last    bool
	edge    bool // "the end", which needs to be one of something
	day     int  // "the 15th"
	ending  bool // "the last day"
	on      WeekdaySet
	in      MonthSet
	unclear bool // two parts say different things
}

// read reads all words, and reports whether it could.
func (w *wish) read(words []string) bool {
	readers := []func([]string) int{w.period, w.times, w.position, w.weekdays, w.months, filler}
	for len(words) > 0 && !w.unclear {
		n := 0
		for _, read := range readers {
			if n = read(words); n > 0 {
				break
			}
		}
		if n == 0 {
			return false
		}
		words = words[n:]
	}
	return !w.unclear
}

// filler are words between the parts.
func filler(words []string) int {
	if slices.Contains([]string{"on", "the", "of", "in", "at", "during"}, words[0]) {
		return 1
	}
	return 0
}

// rhythm keeps how often it is, unless something else has been said.
func (w *wish) rhythm(every int, unit Unit) {
	w.unclear = w.unclear || w.every != 0 && (w.every != every || w.unit != unit)
	w.every, w.unit = every, unit
}

// workdays keeps named days of the week, or fewer of those named before:
// "every day, Monday to Friday".
func (w *wish) workdays(days WeekdaySet) {
	w.unclear = w.unclear || w.on != 0 && days&^w.on != 0
	w.on = days
}

var ordinals = map[string]int{
	"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": Last, "final": Last,
}

// position reads "the first Monday", "the last working day", "the 15th" and
// "the end".
func (w *wish) position(words []string) int {
	n, rest := ordinals[words[0]], words[1:]
	switch {
	case words[0] == "end":
		w.edge = true
		w.place(Last)
		return 1
	case words[0] == "start" || words[0] == "beginning":
		w.edge = true
		w.place(1)
		return 1
	case words[0] == "day" && len(rest) > 0:
		if n, ok := count(rest[0]); ok {
			return w.ofMonth(n, 2)
		}
	case n != 0 && len(rest) > 0:
		if day, _, ok := weekdayOf(rest[0]); ok {
			w.unclear = w.unclear || w.nth != 0
			w.nth, w.weekday = n, day
			return 2
		}
		if k := workingDay(rest); k > 0 {
			w.place(n)
			return 1 + k
		}
		if rest[0] == "day" {
			if n == Last {
				w.ending, n = true, 31
			}
			return w.ofMonth(n, 2)
		}
	}
	if m := ordinal.FindStringSubmatch(words[0]); m != nil && m[0] == words[0] {
		day, _ := strconv.Atoi(m[1]) // digits only, by the expression
		return w.ofMonth(day, 1)
	}
	if n > 0 {
		return w.ofMonth(n, 1)
	}
	return 0
}

// place keeps the first or last working day.
func (w *wish) place(n int) {
	w.unclear = w.unclear || w.first || w.last || n != 1 && n != Last
	w.first, w.last = n == 1, n == Last
}

// ofMonth keeps a day of the month, which took so many words.
func (w *wish) ofMonth(day, used int) int {
	w.unclear = w.unclear || w.day != 0 || day < 1 || day > 31
	w.day = day
	return used
}
