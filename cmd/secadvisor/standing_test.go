package main

import (
	"path/filepath"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/config"
)

// The reminders of the configuration are there when the first owner comes, by a
// cron expression too. What an owner stops stays so through a restart.
func TestTheRemindersOfTheConfigurationAreSetOnce(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "standing.db"))
	s.config.Operator = "Lakeside IT"
	s.config.Reminders = []config.Reminder{
		{Of: "restore test", When: "0 9 1 */3 *", Zone: "Europe/Amsterdam"},
		{Of: "ask the landlord about the alarm", When: "every May"},
	}
	s.clock.Move(monday)
	s.start()
	owner := fakeslack.Owner
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")
	s.until("the reminders are set", func() bool {
		m, ok := s.slack.Command(owner, "", "/sec", "remind").Answer()
		return ok && contains(m, "2 reminders are set")
	})
	list := s.seen(owner, "2 reminders are set")
	for _, want := range []string{
		"Restore test, by the cron expression 0 9 1 */3 * (Europe/Amsterdam), to the owners. Next on Wednesday 1 April 2026, 09:00",
		"Ask the landlord about the alarm, on the first working day of May every year at 09:00 (UTC), to the owners. Next on Friday 1 May 2026, 09:00 (UTC)",
	} {
		if !contains(list, want) {
			t.Errorf("the list does not say %q:\n%s", want, list.Shown())
		}
	}
	s.clock.Move(s.due(list.Shown()).Add(11 * time.Minute))
	card := s.dm(owner, "Bring one folder back")
	if !contains(card, "Whoever runs this server (Lakeside IT) set this reminder.") {
		t.Errorf("who set it is not said:\n%s", card.Shown())
	}
	s.acked(s.slack.Select(owner, card, "Stop reminding"))
	s.seen(owner, "I won't remind you any more")
	s.stop()
	s.config.Reminders = append(s.config.Reminders, config.Reminder{Of: "quick check", When: "quarterly"})
	s.start()
	var now fakeslack.Message
	s.until("the new one is set", func() bool {
		now, _ = s.slack.Command(owner, "", "/sec", "remind").Answer()
		return contains(now, "Quick check, every three months")
	})
	if !contains(now, "2 reminders are set") || contains(now, "Restore test, by") {
		t.Errorf("after a restart:\n%s", now.Shown())
	}
	s.stop()
}
