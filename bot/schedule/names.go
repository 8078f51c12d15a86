package schedule

import (
	"slices"
	"strings"
	"time"
)

// weekdayOf finds a day by its name or the first three letters; several are
// meant by a plural.
func weekdayOf(word string) (day time.Weekday, several, ok bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		switch word {
		case name, short(d):
			return d, false, true
		case name + "s", short(d) + "s":
			return d, true, true
		}
	}
	return 0, false, false
}

func isWeekday(word string) bool {
	_, _, ok := weekdayOf(word)
	return ok
}

// monthOf finds a month by its name or the first three letters; 0 if it is
// none.
func monthOf(word string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if word == strings.ToLower(m.String()) || word == short(m) {
			return m
		}
	}
	return 0
}

// workingDay says how many words mean a working day.
func workingDay(words []string) int {
	switch words[0] {
	case "workday", "workdays", "weekday", "weekdays":
		return 1
	case "working", "work", "business":
		if len(words) > 1 && (words[1] == "day" || words[1] == "days") {
			return 2
		}
	}
	return 0
}

// weekdays reads "Monday", "Mondays and Thursdays", "Monday to Friday" and
// "working days".
func (w *wish) weekdays(words []string) int {
	if n := workingDay(words); n > 0 {
		w.workdays(workingWeek)
		w.each = true
		return n
	}
	var days WeekdaySet
	used, until := 0, false
	var before time.Weekday
	for used < len(words) {
		day, several, ok := weekdayOf(words[used])
		switch {
		case ok && until:
			for d := before; d != day; d = (d + 1) % 7 {
				days |= Weekdays(d)
			}
		case !ok && days != 0 && used+1 < len(words) && isWeekday(words[used+1]) && slices.Contains([]string{"and", "or", "to", "till", "until", "through"}, words[used]):
			until = words[used] != "and" && words[used] != "or"
			used++
			continue
		case !ok:
			return w.named(days, used)
		}
		days |= Weekdays(day)
		w.each = w.each || several
		before, until = day, false
		used++
	}
	return w.named(days, used)
}

// named keeps the days that were read in so many words.
func (w *wish) named(days WeekdaySet, used int) int {
	if days != 0 {
		w.workdays(days)
	}
	return used
}

// months reads "May", "January and July" and "1 May".
func (w *wish) months(words []string) int {
	used := 0
	if n, ok := count(words[0]); ok && len(words) > 1 && monthOf(words[1]) != 0 {
		used = w.ofMonth(n, 1)
	}
	for used < len(words) {
		m := monthOf(words[used])
		if m == 0 && w.in != 0 && words[used] == "and" && used+1 < len(words) {
			if m = monthOf(words[used+1]); m != 0 {
				used++
			}
		}
		if m == 0 {
			break
		}
		w.in |= InMonths(m)
		used++
	}
	if used > 0 && used < len(words) && w.day == 0 {
		if n, ok := count(words[used]); ok && len(words[used]) <= 2 {
			used += w.ofMonth(n, 1)
		}
	}
	return used
}
