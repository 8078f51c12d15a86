package schedule

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// CanBeTyped says what Parse understands.
const CanBeTyped = "quarterly, every 6 weeks, every Monday, the first Monday of each month, the last working day, every May, or on 15 May; add a time such as at 9 or at 16:30"

// maxText is how many bytes the words of a rule may have.
const maxText = 200

// Parse reads words such as "quarterly", "every other Friday at 16:30" or "on
// 15 January 2027". A rhythm is counted from today. Without a time it is
// nine o'clock; a date on a weekend moves to the Monday, unless the words
// name a Saturday or Sunday. A zone in brackets at the end, as String writes
// it, counts instead of the one given. Text that is not understood gets an
// error with a sentence on what can be written. One date is accepted until it
// is over everywhere, so that Next may find none.
func Parse(text, zoneName string, now time.Time) (Rule, error) {
	if len(text) > maxText {
		return Rule{}, errors.New("that is more than I can read. You can write " + CanBeTyped)
	}
	text, zoneName = takeZone(text, zoneName)
	loc, err := zone(zoneName)
	if err != nil {
		return Rule{}, err
	}
	words := plain(text)
	r := Rule{At: "09:00", Zone: zoneName, Workday: true, Start: now.In(loc).Format(dateForm)}
	whole, also, moved := takeWeekend(words)
	rest, at, err := takeTime(whole)
	if err != nil {
		return Rule{}, err
	}
	if at != "" {
		r.At = at
	}
	today, err := time.Parse(dateForm, r.Start)
	if err != nil {
		return Rule{}, errors.New("there is no calendar for that year")
	}
	if len(rest) == 0 && at != "" {
		return Rule{}, errors.New("on which days? You can write every working day at " + at + ", or quarterly at " + at)
	}
	if r, err = r.understand(rest, today, also, now); err != nil {
		return Rule{}, err
	}
	r.Workday = moved || !also && !r.namesWeekend()
	return r, r.Check()
}

// understand reads what is left when time and zone have been taken away.
func (r Rule) understand(words []string, today time.Time, alsoWeekends bool, now time.Time) (Rule, error) {
	if len(words) == 0 || words[0] == "now" {
		return r, near(words)
	}
	once, day, err := readOnce(words, today)
	if err != nil {
		return r, err
	}
	if once {
		r.Once, r.Start = true, day.Format(dateForm)
		if working(day).Before(now.Add(-12 * time.Hour).UTC().Truncate(24 * time.Hour)) {
			return r, errors.New("that day is past. You can write tomorrow, or on " + today.AddDate(0, 1, 0).Format("2 January 2006"))
		}
		return r, nil
	}
	rest, from, day := takeStart(words, today)
	if from {
		r.From, r.Start = true, day.Format(dateForm)
	}
	w := wish{daily: workingWeek}
	if alsoWeekends {
		w.daily = fullWeek
	}
	if !w.read(rest) {
		return r, near(words)
	}
	made, err := w.rule(words)
	if err != nil {
		return r, err
	}
	made.At, made.Zone, made.Workday, made.Start, made.From = r.At, r.Zone, r.Workday, r.Start, r.From
	return made, nil
}

var inBrackets = regexp.MustCompile(`^(.*)\(([^()]+)\)[\s.!]*$`)

// takeZone takes a zone from the end of a text, where there is one.
func takeZone(text, zoneName string) (rest, found string) {
	if m := inBrackets.FindStringSubmatch(text); m != nil {
		name := strings.TrimSpace(m[2])
		if _, err := zone(name); err == nil || strings.Contains(name, "/") {
			return m[1], name
		}
	}
	fields := strings.Fields(text)
	if n := len(fields); n > 1 && strings.ContainsAny(fields[n-1], "/U") {
		last := fields[n-1]
		if _, err := zone(last); err == nil {
			return strings.TrimSuffix(strings.TrimSpace(text), last), last
		}
	}
	return text, zoneName
}
