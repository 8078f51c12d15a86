package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/engine"
)

// chat is an owner's conversation with the bot, on whatever platform.
type chat struct {
	*testing.T
	clock  *engine.Clock
	say    func(words string)
	see    func(words string) string // what the latest message says that has these words
	press  func(words, label string)
	choose func(words, label string) // from a menu
	fill   func(intro, submit string, values map[string]string)
	stop   func()
	start  func()
}

func TestAYearOfRemindersInSlack(t *testing.T) {
	t.Parallel()
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "year.db"))
	owner := fakeslack.Owner
	s.start()
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")
	latest := func(words string) (m fakeslack.Message) {
		s.until("a message with "+words, func() bool {
			for _, x := range append(s.slack.Ephemerals(owner), s.slack.DM(owner)...) {
				if strings.Contains(x.Shown(), words) {
					m = x
				}
			}
			return m.Shown() != ""
		})
		return m
	}
	playYear(chat{
		T: t, clock: s.clock, stop: s.stop, start: s.start,
		say:    func(words string) { s.acked(s.slack.Command(owner, "", "/sec", words)) },
		see:    func(words string) string { return latest(words).Shown() },
		press:  func(words, label string) { s.acked(s.slack.Press(owner, latest(words), label)) },
		choose: func(words, label string) { s.acked(s.slack.Select(owner, latest(words), label)) },
		fill: func(_, _ string, values map[string]string) {
			s.acked(s.slack.SubmitForm(owner, s.form(owner), values))
		},
	})
}

func TestAYearOfRemindersInTeams(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	owner := faketeams.Owner
	s.start()
	s.teams.Say(owner, "/sec claim "+s.code)
	s.teams.See(owner, "You are an owner now")
	playYear(chat{
		T: t, clock: s.clock, stop: s.stop, start: s.start,
		say:    func(words string) { s.teams.Say(owner, "/sec "+words) },
		see:    func(words string) string { return s.teams.See(owner, words).Shown() },
		press:  func(words, label string) { s.teams.Press(owner, words, label) },
		choose: func(words, label string) { s.teams.Choose(owner, words, label) },
		fill: func(intro, submit string, values map[string]string) {
			s.teams.Fill(owner, intro, submit, values)
		},
	})
}

// playYear is a year of a quarterly reminder: put off and skipped; unanswered,
// for all of a quarter; put off to a day of one's own; missed while the bot was
// down, and stopped.
func playYear(c chat) {
	c.say("remind quarterly")
	c.press("every three months", "Another time, or somebody else")
	c.fill("Quick check", "Set it", map[string]string{"rhythm": "quarterly", "zone": "Europe/Berlin", "quiet": "line"})
	first := c.date("Set: Quick check")

	c.to(first)
	c.press("1 of 10", "Ask me in a week")
	c.to(c.date("I'll ask again on"))
	c.see("You asked me to come back.")
	c.choose("You asked me to come back.", "Skip this time")
	second := c.date("Skipped this time")

	c.to(second)
	c.see("1 of 10")
	for range 3 {
		now := c.clock.Now().AddDate(0, 0, 7) // three working days at least
		c.clock.Move(now)
		c.see("I asked again on " + now.In(second.Location()).Format("2 January"))
		c.see("First asked on")
	}
	c.say("status")
	status := c.see("delivered, unanswered. Asked: you on")
	third := dateIn(c, status[strings.Index(status, "Next on"):])

	c.to(third)
	c.see("The next date has come, so this one is closed.")
	c.choose("1 of 10", "Another day")
	c.fill("Another day", "Ask me then", map[string]string{"day": "in three weeks"})
	c.to(c.date("I'll ask again on"))
	c.choose("You asked me to come back.", "Skip this time")
	fourth := c.date("Skipped this time")

	c.stop()
	c.clock.Move(fourth.Add(3 * time.Hour))
	c.start()
	c.see("I was not running then")
	c.choose("I was not running then", "Stop reminding")
	c.see("I won't remind you any more")
	c.stop()

	hours := map[int]bool{}
	for _, at := range []time.Time{first, second, third, fourth} {
		if at.Hour() != 9 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			c.Errorf("it comes on %v, want nine o'clock on a working day", at)
		}
		hours[at.UTC().Hour()] = true
	}
	if len(hours) != 2 {
		c.Errorf("the dates %v, %v, %v, %v are all in summer or all in winter", first, second, third, fourth)
	}
}

// to moves the clock to when a reminder comes, after the window within which
// it does.
func (c chat) to(due time.Time) {
	c.Helper()
	c.clock.Move(due.Add(11 * time.Minute))
}

// date waits for the date that a message names: one that is still to come.
func (c chat) date(words string) (at time.Time) {
	c.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if at = dateIn(c, c.see(words)); at.After(c.clock.Now()) {
			return at
		}
	}
	c.Fatalf("%s: %v is over", words, at)
	return at
}
