package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot/schedule"
)

// scheduleCommand prints dates and nothing else, for scripts. Its values are
// read here and not by kong, so that each mistake ends with the same status.
type scheduleCommand struct {
	Text []string `arg:"" optional:"" help:"Words such as \"monthly on the first Monday at 9\", or a cron expression of five fields."`
	Tz   string   `name:"tz" help:"The time zone, such as Europe/Berlin." default:"UTC" placeholder:"ZONE"`
	From string   `help:"Print what comes after this time (RFC 3339), or from this date on. Without it, after now." placeholder:"TIME"`
	N    string   `short:"n" name:"count" help:"How many dates, 1 to 1000." default:"3"`
}

// maxDates is how many dates can be asked for.
const maxDates = 1000

// unreadable is the exit status for a schedule that cannot be read.
const unreadable = 2

func (c scheduleCommand) Run() error {
	if status := c.print(os.Stdout, os.Stderr, time.Now()); status != 0 {
		os.Exit(status)
	}
	return nil
}

// print writes the dates, one a line, or one line of what is wrong; it
// returns the exit status.
func (c scheduleCommand) print(out, mistakes io.Writer, now time.Time) int {
	lines, err := c.dates(now)
	if err != nil {
		fmt.Fprintln(mistakes, "secadvisor: "+err.Error())
		return unreadable
	}
	if _, err := io.WriteString(out, strings.Join(lines, "\n")+"\n"); err != nil {
		fmt.Fprintln(mistakes, "secadvisor: write the dates: "+err.Error())
		return 1
	}
	return 0
}

// dates are the next dates in the schedule's zone; fewer where it ends.
func (c scheduleCommand) dates(now time.Time) ([]string, error) {
	n, err := strconv.Atoi(c.N)
	if err != nil || n < 1 || n > maxDates {
		return nil, fmt.Errorf("-n is how many dates to print: choose a number from 1 to %d", maxDates)
	}
	today, after, err := c.begin(now)
	if err != nil {
		return nil, err
	}
	rule, err := schedule.Read(strings.Join(c.Text, " "), c.Tz, today)
	if err != nil {
		return nil, err
	}
	loc, err := time.LoadLocation(rule.Zone)
	if err != nil {
		return nil, fmt.Errorf("load the time zone %s: %w", rule.Zone, err)
	}
	var lines []string
	for at := range rule.After(after) {
		if lines = append(lines, at.In(loc).Format(time.RFC3339)); len(lines) == n {
			break
		}
	}
	if len(lines) == 0 {
		return nil, errors.New("that time is past: it doesn't come again")
	}
	return lines, nil
}

// begin is the time from which a rhythm counts, and the one after which dates
// are printed. A date counts from its first instant on, which counts too.
func (c scheduleCommand) begin(now time.Time) (today, after time.Time, err error) {
	if c.From == "" {
		return now, now, nil
	}
	if at, err := time.Parse(time.RFC3339, c.From); err == nil {
		return at, at, nil
	}
	if _, err := time.Parse(time.DateOnly, c.From); err != nil {
		return now, now, errors.New("write --from like 2027-01-15, or like 2027-01-15T09:00:00+01:00")
	}
	midnight := schedule.Rule{Once: true, Start: c.From, At: "00:00", Zone: c.Tz}
	if err := midnight.Check(); err != nil {
		return now, now, err
	}
	at, ok := midnight.Next(time.Time{})
	if !ok {
		return now, now, errors.New("--from lies outside the calendar")
	}
	return at, at.Add(-time.Nanosecond), nil
}
