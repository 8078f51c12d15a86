package schedule

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// hint is what to say of a text that is not understood, if it looks so.
type hint struct {
	looks string // a regular expression
	says  string // DAY and MONTH become those that were typed
}

// dayName matches a weekday, and what may be meant as one.
const dayName = `(mon|tue|wed|thu|fri|sat|sun)(s|[a-z]*days?)?\b`

// hints are tried in order. What was typed is never repeated: it may hold
// anything.
var hints = []hint{
	{`\b(hour|hours|hourly|minute|minutes|second|seconds)$|\bhour|\bminute|\d+h\b`, "the shortest rhythm is a day. You can write every working day at 9"},
	{`\d/\d`, "some write the day first, some the month. You can write on 15 January, or on 2030-01-15"},
	{`\bbi ?week`, "that can mean two things. You can write every 2 weeks, or every Monday and Thursday"},
	{`\bbi ?month`, "that can mean two things. You can write every 2 months, or every 2 weeks"},
	{`\b(fifth|5th) ` + dayName, "not every month has a fifth one. You can write the last DAY of each month"},
	{`\b(first|second|third|fourth|\d(st|nd|rd|th)) and\b.*\b` + dayName, "one reminder has one day of a month. You can write the first DAY of each month, or every 2 weeks on DAY"},
	{`\bevery (second|2nd|third|3rd|fourth|4th) ` + dayName, "that can mean two things. You can write every other DAY, or the second DAY of each month"},
	{`\b(second|third|fourth|\d(nd|rd|th)) (last )?(work|business)`, "you can write the first working day, or the last working day of each month"},
	{`\btimes? a week|\btwice a week`, "you can write every Monday and Thursday"},
	{`\btimes? a month|\btwice a month`, "you can write every 2 weeks, or on the 15th of each month"},
	{`\b(cet|cest|est|edt|pst|pdt|cst|mst|bst|gmt|ist|time)\b`, "the time zone stands at the end. You can write quarterly at 9 (Europe/Berlin)"},
	{`\b` + dayName + `.*\b\d{4}\b`, "one date is written like on 15 January 2030; the first DAY of MONTH comes every year"},
	{`\bweekends?\b`, "you can write every Saturday, or every day also on weekends"},
	{`\b` + dayName, "you can write every DAY, every other DAY, or the first DAY of each month"},
	{`\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b`, "you can write every MONTH, the first Monday of MONTH, or on 15 MONTH"},
	{`\b\d{1,2}(st|nd|rd|th)\b|\bday \d`, "you can write on the 15th of each month, or on 15 May"},
	{`\bquarter`, "you can write quarterly, or the last working day of each quarter"},
	{`\byear|\bannual`, "you can write yearly, yearly on 1 May, or every 2 years"},
	{`\bmonth`, "you can write monthly, every 2 months, or the first Monday of each month"},
	{`\bweek|\bfortnight`, "you can write weekly, every 6 weeks, or every other Friday"},
	{`\bday|\bdaily|\btomorrow|\btoday`, "you can write every working day, every 10 days, or tomorrow at 9"},
	{`\d{4}|\d\.\d`, "you can write on 2030-01-15, or on 15 January 2030"},
}

// looks are the expressions of hints. They are made when the first text is not
// understood.
var looks = sync.OnceValue(func() (all []*regexp.Regexp) {
	for _, h := range hints {
		all = append(all, regexp.MustCompile(h.looks))
	}
	return all
})

// near says what can be written instead of words that are not understood, as
// near to them as it can.
func near(words []string) error {
	text := strings.Join(words, " ")
	for i, h := range hints {
		if looks()[i].MatchString(text) {
			says := strings.NewReplacer("DAY", firstDay(words), "MONTH", firstMonth(words)).Replace(h.says)
			return errors.New("I didn't understand when: " + says)
		}
	}
	return errors.New("I didn't understand when. You can write " + CanBeTyped)
}

// firstDay is the first weekday of words, as it is written in full.
func firstDay(words []string) string {
	i := slices.IndexFunc(words, isWeekday)
	if i < 0 {
		return "Monday"
	}
	day, _, _ := weekdayOf(words[i])
	return day.String()
}

// firstMonth is the first month of words, as it is written in full.
func firstMonth(words []string) string {
	for _, word := range words {
		if m := monthOf(word); m != 0 {
			return m.String()
		}
	}
	return "May"
}
