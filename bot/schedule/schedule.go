// Package schedule finds the next date of a rule: every so many days, weeks or
// months, named weekdays, a day of the month, once, or a cron expression; in a
// time zone, through its changes of the clock. Parse reads a rule from the
// words that people type, and String says it back. A working day is one from
// Monday to Friday: holidays are not known.
//
// # A tour
//
// A rule is words, or a cron expression, that become a [Rule]; from it follow
// dates. Each name below is a file.
//
//   - From words: words takes a text apart, read also takes a cron expression.
//     tidy makes small words of it; daytime takes the time of day out, which
//     clock reads; once finds one date, which day reads; all else is a wish of
//     several parts, with period and names for its words. combine makes a rule
//     of it, refuse says what to write instead.
//   - The rule: schedule holds and checks it, sets are its days and months,
//     cron its expression, say its words.
//   - Its dates: dates finds the next one on the wall, and wall when that is in
//     a zone.
//   - When people are at work: hours.
package schedule

import (
	"errors"
	"fmt"
	"iter"
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

// Last stands for Nth: the last such weekday of a month.
const Last = -1

// Rule says when something happens. Exactly one of Every, Nth, FirstWorkday,
// LastWorkday, Day, Once and Cron is set. Rules can be compared with ==.
type Rule struct {
	Every        int          `json:"every,omitempty"` // so many units; the first time is a whole rhythm after Start
	Unit         Unit         `json:"unit,omitempty"`
	On           WeekdaySet   `json:"on,omitempty"`  // with Weeks: on these days, counted from the first on or after Start
	Nth          int          `json:"nth,omitempty"` // the nth Weekday of each month: 1 to 4, or Last
	Weekday      time.Weekday `json:"weekday,omitempty"`
	FirstWorkday bool         `json:"first_workday,omitempty"` // of each month
	LastWorkday  bool         `json:"last_workday,omitempty"`  // of each month
	Day          int          `json:"day,omitempty"`           // of each month, 1 to 31; the last where a month is shorter
	In           MonthSet     `json:"in,omitempty"`            // with Nth, FirstWorkday, LastWorkday, Day: in these months only
	Once         bool         `json:"once,omitempty"`          // on Start
	Cron         string       `json:"cron,omitempty"`          // five fields; nothing else counts then but Zone

	Start   string `json:"start,omitempty"`   // date, 2006-01-02: nothing happens before it
	From    bool   `json:"from,omitempty"`    // Start was asked for: Every may happen on Start itself
	At      string `json:"at,omitempty"`      // time of day, 15:04
	Zone    string `json:"zone"`              // IANA name
	Workday bool   `json:"workday,omitempty"` // a date on a weekend moves to the Monday
}

const (
	dateForm = "2006-01-02"
	timeForm = "15:04"
	maxEvery = 1000
	maxYear  = 9999 // RFC 3339 has no later one
)

// Check says what is wrong with a rule; a rule that never fires is wrong.
func (r Rule) Check() error {
	if _, err := zone(r.Zone); err != nil {
		return err
	}
	kinds := 0
	for _, set := range []bool{r.Every != 0, r.Nth != 0, r.FirstWorkday, r.LastWorkday, r.Day != 0, r.Once, r.Cron != ""} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		return errors.New("a schedule is either a rhythm, a day of the month, one date, or a cron expression")
	}
	if r.Cron != "" {
		_, err := parseCron(r.Cron)
		return err
	}
	if err := inFull(timeForm, r.At); err != nil {
		return errTime
	}
	if err := inFull(dateForm, r.Start); err != nil {
		return errors.New("write the date like 2027-01-15")
	}
	return r.checkParts()
}

// inFull says what is wrong with a time that is not written in full: 09:00,
// never 9:00.
func inFull(form, text string) error {
	t, err := time.Parse(form, text)
	if err == nil && t.Format(form) != text {
		err = errors.New("not written in full")
	}
	return err
}

// checkParts says what is wrong with the numbers of a rule, and with parts
// that do not go together.
func (r Rule) checkParts() error {
	ofMonth := r.Nth != 0 || r.FirstWorkday || r.LastWorkday || r.Day != 0
	switch {
	case r.Every < 0 || r.Every > maxEvery:
		return fmt.Errorf("choose a number from 1 to %d", maxEvery)
	case r.Every > 0 && r.Unit != Days && r.Unit != Weeks && r.Unit != Months:
		return errors.New("count in days, weeks or months")
	case r.Every == 0 && r.Unit != "" || r.Nth == 0 && r.Weekday != 0:
		return errors.New("say how many, or which weekday of the month")
	case r.Nth < Last || r.Nth > 4 || r.Weekday < 0 || r.Weekday > 6:
		return errors.New("choose the first to fourth of a weekday, or the last")
	case r.Once && r.From:
		return errors.New("one date has no other start")
	case r.On != 0 && r.Unit != Weeks || r.On&^fullWeek != 0:
		return errors.New("weekdays go with a number of weeks")
	case r.In != 0 && !ofMonth || r.In&^fullYear != 0:
		return errors.New("months go with a day of the month")
	case r.Day < 0 || r.Day > r.In.longest():
		return errors.New("that month has no such day")
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
		return nil, fmt.Errorf("there is no time zone %.40q: try one such as Europe/Berlin or America/New_York", name)
	}
	return loc, nil
}

// Next is the first time after another at which the rule fires; false if it
// never does again.
func (r Rule) Next(after time.Time) (time.Time, bool) {
	for at := range r.After(after) {
		return at, true
	}
	return time.Time{}, false
}

// After are all times after another at which the rule fires, in order. They
// end where the rule does, or with the year 9999. Several times cost less
// this way than with Next.
func (r Rule) After(after time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		p, err := r.plan()
		if err != nil {
			return
		}
		for {
			var ok bool
			if after, ok = p.next(after); !ok || !yield(after) {
				return
			}
		}
	}
}

// plan is a rule whose parts have been read.
type plan struct {
	Rule
	loc   *time.Location
	cron  cron.Schedule
	start time.Time     // 00:00 UTC
	ofDay time.Duration // since midnight, on the wall
}

func (r Rule) plan() (plan, error) {
	p := plan{Rule: r}
	var err error
	if p.loc, err = zone(r.Zone); err != nil {
		return p, err
	}
	if r.Cron != "" {
		p.cron, err = parseCron(r.Cron)
		return p, err
	}
	if p.start, err = time.Parse(dateForm, r.Start); err != nil {
		return p, fmt.Errorf("read the start of a rule: %w", err)
	}
	clock, err := time.Parse(timeForm, r.At)
	if err != nil {
		return p, fmt.Errorf("read the time of a rule: %w", err)
	}
	p.ofDay = time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	return p, r.checkParts()
}

// next is the first time after another; false if there is none.
func (p plan) next(after time.Time) (time.Time, bool) {
	wall := wallOf(after.In(p.loc))
	for wall.Year() <= maxYear {
		next, ok := p.nextWall(wall)
		if !ok || next.Year() > maxYear {
			return time.Time{}, false
		}
		if at := instant(next, p.loc); at.After(after) {
			return at, true
		}
		wall = next
	}
	return time.Time{}, false
}
