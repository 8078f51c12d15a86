package schedule

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// CanBeTyped says what Parse understands.
const CanBeTyped = "quarterly, monthly, weekly, yearly, or every 6 weeks; add a time such as at 9 or at 16:30"

var (
	everyN = regexp.MustCompile(`^every (\d{1,4}) (day|week|month|year)s?$`)
	atTime = regexp.MustCompile(`^(.*?)\s*\bat (\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$`)
)

var rhythms = map[string]Rule{
	"daily": {Every: 1, Unit: Days}, "every day": {Every: 1, Unit: Days},
	"weekly": {Every: 1, Unit: Weeks}, "every week": {Every: 1, Unit: Weeks},
	"monthly": {Every: 1, Unit: Months}, "every month": {Every: 1, Unit: Months},
	"quarterly": {Every: 3, Unit: Months}, "every quarter": {Every: 3, Unit: Months},
	"yearly": {Every: 12, Unit: Months}, "every year": {Every: 12, Unit: Months}, "annually": {Every: 12, Unit: Months},
}

// Parse reads words such as "quarterly" or "every 6 weeks at 16:30". The
// rhythm is counted from today; without a time it is nine o'clock, and a
// date on a weekend moves to the Monday.
func Parse(text, zoneName string, now time.Time) (Rule, error) {
	loc, err := zone(zoneName)
	if err != nil {
		return Rule{}, err
	}
	words := strings.Join(strings.Fields(strings.ToLower(strings.TrimRight(text, ".!"))), " ")
	at := "09:00"
	if m := atTime.FindStringSubmatch(words); m != nil {
		words = m[1]
		if at, err = clock(m[2], m[3], m[4]); err != nil {
			return Rule{}, err
		}
	}
	r, known := rhythms[words]
	if m := everyN.FindStringSubmatch(words); m != nil {
		n, _ := strconv.Atoi(m[1]) // at most four digits
		r, known = Rule{Every: n, Unit: Unit(m[2])}, true
		if m[2] == "year" {
			r = Rule{Every: 12 * n, Unit: Months}
		}
		if n < 1 || r.Every > maxEvery {
			return Rule{}, fmt.Errorf("choose a number from 1 to %d", maxEvery/12)
		}
	}
	if !known {
		return Rule{}, errors.New("I didn't understand when. You can type " + CanBeTyped)
	}
	r.At, r.Zone, r.Workday = at, zoneName, true
	r.Start = now.In(loc).Format(dateForm)
	return r, r.Check()
}

// clock reads a time of day from its parts.
func clock(hours, minutes, half string) (string, error) {
	h, _ := strconv.Atoi(hours) // digits only, by the expression
	m, _ := strconv.Atoi(minutes)
	if half == "pm" && h < 12 {
		h += 12
	}
	if half == "am" && h == 12 {
		h = 0
	}
	if h > 23 || m > 59 {
		return "", errors.New("write the time like 9:00 or 16:30")
	}
	return fmt.Sprintf("%02d:%02d", h, m), nil
}

// String says the rule in words.
func (r Rule) String() string {
	rhythm := ""
	switch {
	case r.Cron != "":
		return "by the cron expression " + r.Cron + " (" + r.Zone + ")"
	case r.Once:
		rhythm = "once"
	case r.LastWorkday:
		rhythm = "on the last working day of each month"
	case r.Nth > 0:
		rhythm = fmt.Sprintf("on the %s %s of each month", []string{"", "first", "second", "third", "fourth"}[r.Nth], r.Weekday)
	case r.Unit == Months && r.Every == 3:
		rhythm = "every three months"
	case r.Unit == Months && r.Every == 12:
		rhythm = "every year"
	case r.Every == 1:
		rhythm = "every " + string(r.Unit)
	default:
		rhythm = fmt.Sprintf("every %d %ss", r.Every, r.Unit)
	}
	return rhythm + " at " + r.At + " (" + r.Zone + ")"
}
