package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

// scheduled runs the command with a line of arguments, as a shell would split
// it at bars.
func scheduled(t *testing.T, line string) (out, mistakes string, status int) {
	t.Helper()
	var c struct {
		Schedule scheduleCommand `cmd:""`
	}
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"schedule"}, strings.Split(line, "|")...)); err != nil {
		t.Fatal(err)
	}
	var to, wrong bytes.Buffer
	status = c.Schedule.print(&to, &wrong, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	return to.String(), wrong.String(), status
}

func TestSchedulePrintsDatesAndNothingElse(t *testing.T) {
	for line, want := range map[string]string{
		"quarterly": "2026-06-02T09:00:00Z\n2026-09-02T09:00:00Z\n2026-12-02T09:00:00Z\n",
		"monthly on the first Monday at 9|--tz|Europe/Berlin|-n|2": "2026-04-06T09:00:00+02:00\n2026-05-04T09:00:00+02:00\n",
		"30 2 * * *|--tz|Europe/Berlin|--from|2026-03-28|-n|3":     "2026-03-28T02:30:00+01:00\n2026-03-29T03:00:00+02:00\n2026-03-30T02:30:00+02:00\n",
		"0 0 * * *|--tz|Europe/Berlin|--from|2026-03-28|-n|1":      "2026-03-28T00:00:00+01:00\n",
		"0 9 * * *|--from|2026-03-28T09:00:00Z|-n|1":               "2026-03-29T09:00:00Z\n",
		"on|16|January|2027": "2027-01-18T09:00:00Z\n",
		"last working day 16:30 (America/New_York)|--from|2026-12-31T20:00:00-05:00|-n|1": "2027-01-29T16:30:00-05:00\n",
	} {
		out, mistakes, status := scheduled(t, line)
		if diff := cmp.Diff(want, out); diff != "" || mistakes != "" || status != 0 {
			t.Errorf("%s: status %d, %q\n%s", line, status, mistakes, diff)
		}
	}
}

func TestWhatCannotBeScheduledEndsWithStatus2(t *testing.T) {
	for line, want := range map[string]string{
		"whenever it suits":              "You can write quarterly",
		"":                               "You can write quarterly",
		"quarterly|-n|0":                 "from 1 to 1000",
		"quarterly|-n|1001":              "from 1 to 1000",
		"quarterly|-n|many":              "from 1 to 1000",
		"quarterly|--tz|Mars/Base":       "there is no time zone",
		"quarterly|--tz|Local":           "name a time zone",
		"quarterly|--from|yesterday":     "write --from like",
		"quarterly|--from|2026-02-30":    "write --from like",
		"TZ=UTC 0 9 * * *":               "the time zone stands apart",
		"@every 1s":                      "write the five fields",
		"0 9 31 2 *":                     "never comes",
		"on 2026-03-02 at 7":             "doesn't come again",
		"on 2020-01-01":                  "that day is past",
		strings.Repeat("1,", 60) + "1 *": "at most 100 characters",
	} {
		out, mistakes, status := scheduled(t, line)
		if out != "" || status != 2 || !strings.Contains(mistakes, want) || strings.Count(mistakes, "\n") != 1 {
			t.Errorf("%.40s: status %d, printed %q, said %q, want %q", line, status, out, mistakes, want)
		}
	}
}
