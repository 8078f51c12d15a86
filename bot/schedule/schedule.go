// Package schedule finds the next date of a rule: every so many days, weeks
// or months, the nth weekday or the last working day of a month, once, or a
// cron expression; in a time zone, through its changes of the clock.
package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones are known where the machine has none

	"github.com/robfig/cron/v3"
)

// Unit is what a rule counts.
type Unit string

const (
	Days   Unit = "day"
	Weeks  Unit = "week"
	Months Unit = "month"
)

// Rule says when something happens. Exactly one of Every, Nth, LastWorkday,
// Once and Cron is set.
type Rule struct {
	Every       int          `json:"every,omitempty"` // so many units; the first time is a whole rhythm after Start
	Unit        Unit         `json:"unit,omitempty"`
	Nth         int          `json:"nth,omitempty"` // the nth Weekday of each month, 1 to 4
	Weekday     time.Weekday `json:"weekday,omitempty"`
	LastWorkday bool         `json:"last_workday,omitempty"` // of each month
	Once        bool         `json:"once,omitempty"`         // on Start
	Cron        string       `json:"cron,omitempty"`         // five fields; At is not used

	Start   string `json:"start,omitempty"`   // date, 2006-01-02: nothing happens before it
	At      string `json:"at,omitempty"`      // time of day, 15:04
	Zone    string `json:"zone"`              // IANA name
	Workday bool   `json:"workday,omitempty"` // a date on a weekend moves to the Monday
}

const (
	dateForm = "2006-01-02"
	timeForm = "15:04"
	maxCron  = 100 // characters
	maxEvery = 1000
)

// Check says what is wrong with a rule; a rule that never fires is wrong.
func (r Rule) Check() error {
	if _, err := zone(r.Zone); err != nil {
		return err
	}
	kinds := 0
	for _, set := range []bool{r.Every != 0, r.Nth != 0, r.LastWorkday, r.Once, r.Cron != ""} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		return errors.New("a schedule is either a rhythm, a weekday of the month, the last working day, one date, or a cron expression")
	}
	if r.Cron != "" {
		_, err := parseCron(r.Cron)
		return err
	}
	if _, err := time.Parse(timeForm, r.At); err != nil {
		return errors.New("write the time like 9:00 or 16:30")
	}
	if _, err := time.Parse(dateForm, r.Start); err != nil {
		return errors.New("write the date like 2027-01-15")
	}
	switch {
	case r.Every < 0 || r.Every > maxEvery:
		return fmt.Errorf("choose a number from 1 to %d", maxEvery)
	case r.Every > 0 && r.Unit != Days && r.Unit != Weeks && r.Unit != Months:
		return errors.New("count in days, weeks or months")
	case r.Nth < 0 || r.Nth > 4 || r.Weekday < 0 || r.Weekday > 6:
		return errors.New("choose the first to fourth of a weekday")
	}
	return nil
}

// zone loads a time zone, and refuses the machine's own.
func zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, errors.New("name a time zone, such as Europe/Berlin")
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("there is no time zone %q: try one such as Europe/Berlin or America/New_York", name)
	}
	return loc, nil
}

// parseCron reads a cron expression of five fields. What could name a zone
// is refused: the library's own zones miss and repeat days, and some make
// its parser panic.
func parseCron(text string) (cron.Schedule, error) {
	switch {
	case len(text) > maxCron:
		return nil, fmt.Errorf("a cron expression has at most %d characters", maxCron)
	case strings.ContainsAny(text, "=@"):
		return nil, errors.New("write the five fields of a cron expression; the time zone stands apart")
	}
	s, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(text)
	if err != nil {
		return nil, errors.New("that is no cron expression: it has five fields, such as 0 9 1 */3 *")
	}
	if s.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, errors.New("that cron expression names a date that never comes")
	}
	return s, nil
}

// Next is the first time after another at which the rule fires; false if it
// never does again.
func (r Rule) Next(after time.Time) (time.Time, bool) {
	loc, err := zone(r.Zone)
	if err != nil {
		return time.Time{}, false
	}
	wall := wallOf(after.In(loc))
	for range 10000 {
		next, ok := r.nextWall(wall)
		if !ok {
			return time.Time{}, false
		}
		if at := instant(next, loc); at.After(after) {
			return at, true
		}
		wall = next
	}
	return time.Time{}, false
}

// wallOf is what the clock on the wall shows, kept as if it were UTC.
func wallOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instant is when the clock on the wall of a zone shows a time. What the
// clock leaps over happens when it leaps; what it shows twice happens the
// first time.
func instant(wall time.Time, loc *time.Location) time.Time {
	var first time.Time
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := wall.Add(near).In(loc).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		if wallOf(at).Equal(wall) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if !first.IsZero() {
		return first
	}
	_, before := wall.Add(-24 * time.Hour).In(loc).Zone()
	leap, _ := wall.Add(-time.Duration(before) * time.Second).In(loc).ZoneBounds()
	return leap
}
