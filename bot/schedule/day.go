package schedule

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DayCanBeTyped says what ParseDay understands, for the hint of a form.
const DayCanBeTyped = "For example 2026-12-01, 1 December, or in two weeks"

// ErrDay is what ParseDay says of a text that it does not understand.
var ErrDay = errors.New("I didn't understand the day. You can write it like 2026-12-01, 1 December, or in two weeks")

// ParseDay reads a day that somebody typed: a date, a weekday, or how long
// from today. Today is the day in the zone, or in UTC where that is not
// known. The result is that day at 00:00 UTC, whatever the zone, and may lie
// in the past where a whole date was typed. A date without a year is the next
// one. Dates with slashes are not understood: some write the month first.
func ParseDay(text, zoneName string, now time.Time) (time.Time, error) {
	loc, err := zone(zoneName)
	if err != nil {
		loc = time.UTC
	}
	y, m, d := now.In(loc).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	words := plainDay(text)
	for _, read := range []func(string, time.Time) (time.Time, bool){namedDay, aheadDay, writtenDay} {
		if day, ok := read(words, today); ok {
			return day, nil
		}
	}
	return time.Time{}, ErrDay
}

var (
	leading = regexp.MustCompile(`^(?:by|until|till|on|before|at) `)
	ordinal = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)
	ahead   = regexp.MustCompile(`^(?:in )?(\w+) (day|week|month|year)s?(?: from (?:now|today))?$`)
)

// plainDay leaves what counts: small letters, single spaces, no ornament.
func plainDay(text string) string {
	words := strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " "))), " ")
	words = leading.ReplaceAllString(strings.TrimRight(words, ".! "), "")
	words = strings.TrimPrefix(words, "the ")
	return strings.ReplaceAll(ordinal.ReplaceAllString(words, "$1"), " of ", " ")
}

// namedDay reads a day that has a name.
func namedDay(words string, today time.Time) (time.Time, bool) {
	switch words {
	case "today", "now":
		return today, true
	case "tomorrow":
		return today.AddDate(0, 0, 1), true
	case "next week":
		return today.AddDate(0, 0, 7), true
	case "next month":
		return sameDay(today, 1), true
	case "next year":
		return sameDay(today, 12), true
	case "end month", "end the month", "end this month", "month end":
		return time.Date(today.Year(), today.Month()+1, 0, 0, 0, 0, 0, time.UTC), true
	case "end year", "end the year", "end this year":
		return time.Date(today.Year(), time.December, 31, 0, 0, 0, 0, time.UTC), true
	}
	name := strings.TrimPrefix(strings.TrimPrefix(words, "next "), "this ")
	for i := 1; i <= 7; i++ {
		day := today.AddDate(0, 0, i)
		if weekday := strings.ToLower(day.Weekday().String()); name == weekday || name == weekday[:3] {
			return day, true
		}
	}
	return time.Time{}, false
}

// aheadDay reads how long from today: "in two weeks".
func aheadDay(words string, today time.Time) (time.Time, bool) {
	parts := ahead.FindStringSubmatch(strings.Replace(words, "a couple ", "two ", 1))
	if parts == nil {
		return time.Time{}, false
	}
	n, err := strconv.Atoi(parts[1])
	if parts[1] == "a" || parts[1] == "an" {
		n, err = 1, nil
	}
	for i, word := range counts {
		if parts[1] == word {
			n, err = i, nil
		}
	}
	if err != nil || n < 0 || n > maxEvery {
		return time.Time{}, false
	}
	switch parts[2] {
	case "day":
		return today.AddDate(0, 0, n), true
	case "week":
		return today.AddDate(0, 0, 7*n), true
	case "month":
		return sameDay(today, n), true
	}
	return sameDay(today, 12*n), true
}

// writtenDay reads a date. One without a year is the next such day.
func writtenDay(words string, today time.Time) (time.Time, bool) {
	for _, form := range []string{dateForm, "2006-1-2", "2.1.2006", "2 January 2006", "January 2 2006", "2 Jan 2006", "Jan 2 2006"} {
		if day, err := time.Parse(form, words); err == nil {
			return day, true
		}
	}
	for _, form := range []string{"2 January 2006", "January 2 2006", "2 Jan 2006", "Jan 2 2006"} {
		for year := today.Year(); year <= today.Year()+8; year++ { // 29 February waits for its year
			day, err := time.Parse(form, words+" "+strconv.Itoa(year))
			if err == nil && !day.Before(today) {
				return day, true
			}
		}
	}
	return time.Time{}, false
}
