package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// maxCron is how many characters a cron expression may have.
const maxCron = 100

// Cron makes a rule from a cron expression of five fields: minute, hour, day
// of the month, month, day of the week. Dates on a weekend do not move.
func Cron(expression, zoneName string) (Rule, error) {
	if len(expression) > maxCron {
		return Rule{}, errLongCron
	}
	r := Rule{Cron: strings.Join(strings.Fields(expression), " "), Zone: zoneName}
	if r.Cron == "" {
		return Rule{}, errFields(0)
	}
	return r, r.Check()
}

var (
	errLongCron = fmt.Errorf("a cron expression has at most %d characters", maxCron)
	errNotCron  = errors.New("write the five fields of a cron expression, such as 0 9 1 */3 *; the time zone stands apart")
)

func errFields(n int) error {
	return fmt.Errorf("that has %d of the five fields of a cron expression: minute, hour, day, month and weekday, such as 0 9 1 */3 *", n)
}

// cronFields are the fields of an expression, as its reader knows them, and
// what can stand in each.
var cronFields = []struct {
	only cron.ParseOption
	says string
}{
	{cron.Minute, "the minute goes from 0 to 59"},
	{cron.Hour, "the hour goes from 0 to 23"},
	{cron.Dom, "the day goes from 1 to 31"},
	{cron.Month, "the month goes from 1 to 12, or jan to dec"},
	{cron.Dow, "the weekday goes from 0 to 6, or sun to sat; 0 is Sunday"},
}

// parseCron reads a cron expression of five fields. What could name a zone
// is refused: the library's own zones miss and repeat days, and some make
// its parser panic.
func parseCron(text string) (cron.Schedule, error) {
	switch {
	case len(text) > maxCron:
		return nil, errLongCron
	case strings.ContainsAny(text, "=@"):
		return nil, errNotCron
	}
	fields := strings.Fields(text)
	if len(fields) != len(cronFields) {
		return nil, errFields(len(fields))
	}
	var all cron.ParseOption
	for i, field := range fields {
		_, err := cron.NewParser(cronFields[i].only).Parse(field)
		if err != nil || !plainField(field) {
			return nil, fmt.Errorf("I can't read %q: %s", field, cronFields[i].says)
		}
		all |= cronFields[i].only
	}
	s, err := cron.NewParser(all).Parse(text)
	if err != nil {
		return nil, errNotCron
	}
	if s.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, errors.New("that cron expression names a date that never comes")
	}
	return s, nil
}

// plainField refuses what the library lets pass and nobody means: signs, and
// an empty place in a list, which alone makes a field that never comes.
func plainField(field string) bool {
	for _, c := range field {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		digit := c >= '0' && c <= '9'
		if !letter && !digit && !strings.ContainsRune("*?/,-", c) {
			return false
		}
	}
	return !strings.Contains(","+field+",", ",,")
}

// nextCron is the next time of a cron expression, on the wall. The library
// gives up after five years, and 29 February can be eight years away.
func nextCron(s cron.Schedule, after time.Time) (time.Time, bool) {
	for range 2 {
		if next := s.Next(after); !next.IsZero() {
			return next, true
		}
		after = time.Date(after.Year()+5, time.December, 31, 23, 59, 59, 0, time.UTC)
	}
	return time.Time{}, false
}
