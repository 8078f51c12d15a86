package schedule

import (
	"slices"
	"strings"
)

var adverbs = map[string]struct {
	every int
	unit  Unit
}{
	"weekly": {1, Weeks}, "fortnightly": {2, Weeks}, "monthly": {1, Months}, "quarterly": {3, Months},
	"yearly": {12, Months}, "annually": {12, Months}, "annual": {12, Months},
	"biannually": {6, Months}, "semiannually": {6, Months}, "biennially": {24, Months},
}

// period reads "quarterly", "every 6 weeks" and "of the month".
func (w *wish) period(words []string) int {
	if known, ok := adverbs[words[0]]; ok {
		w.rhythm(known.every, known.unit)
		return 1
	}
	switch words[0] {
	case "daily":
		w.workdays(w.daily)
		return 1
	case "half", "semi":
		if len(words) > 1 && (words[1] == "yearly" || words[1] == "annually") {
			w.rhythm(6, Months)
			return 2
		}
	case "every", "each", "alternate":
		return w.everyUnit(words)
	}
	if n, unit, used := unitOf(words); used > 0 && unit == Months {
		w.of = max(w.of, n)
		return used
	}
	return 0
}

// everyUnit reads what begins with "every".
func (w *wish) everyUnit(words []string) int {
	w.each = true
	n, used, exact := howMany(words)
	if used == len(words) {
		return 1
	}
	rest := words[used:]
	if size, unit, k := unitOf(rest); k > 0 {
		if used == 1 && unit == Days {
			w.workdays(w.daily)
		} else {
			w.rhythm(n*size, unit)
			w.unclear = w.unclear || n < 1
		}
		return used + k
	}
	if _, _, named := weekdayOf(rest[0]); named && exact && (used > 1 || n > 1) {
		w.rhythm(n, Weeks)
		w.unclear = w.unclear || n < 1
		return used
	}
	return 1
}

// howMany reads the number after "every". It is exact unless the number is
// one that also counts days of a month, as in "every second Friday".
func howMany(words []string) (n, used int, exact bool) {
	if words[0] == "alternate" {
		return 2, 1, true
	}
	if len(words) < 2 {
		return 1, 1, true
	}
	if words[1] == "other" || words[1] == "alternate" {
		return 2, 2, true
	}
	if len(words) > 2 && words[1] == "couple" && words[2] == "of" {
		return 2, 3, true
	}
	if n, ok := count(words[1]); ok {
		return n, 2, true
	}
	if n := ordinals[words[1]]; n > 1 {
		return n, 2, false
	}
	return 1, 1, true
}

// unitOf reads a unit, and says how many of the unit that is counted it has.
func unitOf(words []string) (size int, unit Unit, used int) {
	switch strings.TrimSuffix(words[0], "s") {
	case "day":
		return 1, Days, 1
	case "week":
		return 1, Weeks, 1
	case "fortnight":
		return 2, Weeks, 1
	case "month":
		return 1, Months, 1
	case "quarter":
		return 3, Months, 1
	case "year":
		return 12, Months, 1
	case "half":
		if len(words) > 1 && (words[1] == "year" || words[1] == "years") {
			return 6, Months, 2
		}
	}
	return 0, "", 0
}

// times reads "twice a year" and "twice yearly".
func (w *wish) times(words []string) int {
	n, used := 0, 1
	switch words[0] {
	case "once":
		n = 1
	case "twice":
		n = 2
	default:
		if n, _ = count(words[0]); n == 0 || len(words) < 2 || words[1] != "times" {
			return 0
		}
		used = 2
	}
	if len(words) == used {
		return 0
	}
	size, unit, k := adverbs[words[used]].every, adverbs[words[used]].unit, 1
	if size == 0 {
		if len(words) == used+1 || !slices.Contains([]string{"a", "an", "per", "every", "each"}, words[used]) {
			return 0
		}
		used++
		size, unit, k = unitOf(words[used:])
	}
	switch {
	case k == 0 || size%n != 0:
		return 0
	case unit == Days:
		w.workdays(w.daily)
	default:
		w.rhythm(size/n, unit)
	}
	return used + k
}
