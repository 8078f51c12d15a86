package main

import (
	"path/filepath"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
)

// A reminder that goes to a channel which is closed meanwhile is said aloud to
// the owner, who is asked there instead; another reminder is not touched by it.
func TestAClosedChannelIsSaidAloudInSlack(t *testing.T) {
	t.Parallel()
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "closed.db"))
	s.clock.Move(monday)
	s.start()
	owner := fakeslack.Owner
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")
	s.answered(s.slack.Command(owner, "", "/sec", "remind restore test monthly at 9"), "Restore test, every month")
	s.acked(s.slack.Press(owner, s.ephemeral(owner, "Restore test, every month"), "Another time, or somebody else"))
	s.acked(s.slack.SubmitForm(owner, s.form(owner), map[string]string{"channel": fakeslack.General}))
	due := s.due(s.seen(owner, "Set: Restore test").Shown())
	s.answered(s.slack.Command(owner, "", "/sec", "remind empty the shredder monthly at 9"), "Empty the shredder")
	s.acked(s.slack.Press(owner, s.ephemeral(owner, "Empty the shredder, every month"), "Set it"))
	s.seen(owner, "Set: Empty the shredder")

	s.slack.ChangeChannel(fakeslack.General, func(c *fakeslack.Channel) { c.Archived = true })
	s.clock.Move(due.Add(11 * time.Minute))
	said := s.dm(owner, "I couldn't post the reminder in #general: Restore test")
	s.dm(owner, "You wanted to be reminded of this.")
	s.answered(s.slack.Command(owner, "", "/sec", "status"), "Reminders: one did not arrive")
	status := s.seen(owner, "one did not arrive")
	for _, want := range []string{"Restore test, in #general: last on ", "not delivered (", "Empty the shredder, to you: last on ", "delivered, unanswered"} {
		if !contains(status, want) {
			t.Errorf("the status does not say %q:\n%s", want, status.Shown())
		}
	}
	s.acked(s.slack.Press(owner, said, "Send it to me"))
	s.seen(owner, "Bring one folder back")
	s.stop()
	if n := len(s.slack.Messages(fakeslack.General)); n != 0 {
		t.Errorf("%d messages are in the closed channel", n)
	}
}
