package main

import (
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
)

// This company's people through Slack: forms with pickers, cards to others,
// the bot's own page, a file.
func TestThePeopleOfACompanyInSlack(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "people.db"))
	s.start()
	owner, staff, it := fakeslack.Owner, fakeslack.Staff, fakeslack.Admin
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")

	s.answered(s.slack.Command(owner, "", "/sec", "emergency"), "Decide now who leads")
	s.acked(s.slack.Press(owner, s.seen(owner, "Decide now who leads"), "Change a number"))
	s.acked(s.slack.Select(owner, s.seen(owner, "Emergency numbers"), "Whom staff phone first"))
	s.acked(s.slack.SubmitForm(owner, s.form(owner), map[string]string{"name": "Robin", "phone": "555 0122", "user": it}))
	saved := s.seen(owner, "Saved. Whom staff phone first: Robin, 555 0122")
	s.acked(s.slack.Press(owner, saved, "Give the card to its people"))
	s.acked(s.slack.Press(owner, s.seen(owner, "Send the card as a file to Robin"), "Send it"))
	s.seen(it, "The emergency card of your company")
	if n := s.slack.Count("files.completeUploadExternal"); n < 1 {
		s.Errorf("%d files were uploaded", n)
	}

	s.answered(s.slack.Command(owner, "", "/sec", "assign printers"), "Nobody has it yet")
	s.acked(s.slack.Press(owner, s.seen(owner, "Nobody has it yet"), "A person here"))
	refused := s.slack.SubmitForm(owner, s.form(owner), map[string]string{"user": fakeslack.Guest})
	if !strings.Contains(refused.Errors()["user"], "guest") {
		s.Errorf("a guest is given a duty: %v", refused.Errors())
	}
	s.acked(s.slack.SubmitForm(owner, s.form(owner), map[string]string{"user": it, "phone": "555 0122"}))
	s.acked(s.slack.Press(owner, s.seen(owner, "Saved: Printers and scanners"), "Introduce it to IT"))
	s.acked(s.slack.Press(owner, s.seen(owner, "Ask the people you named whether they agree?"), "Ask them"))
	s.acked(s.slack.Press(it, s.seen(it, "May people be sent to you first"), "Yes, ask me first"))
	s.seen(it, "that is settled")

	s.answered(s.slack.Command(staff, fakeslack.General, "/sec", "who handles printers?"), "(confirmed ")
	s.acked(s.slack.Press(staff, s.seen(staff, "(confirmed "), "Tell them"))
	s.acked(s.slack.SubmitForm(staff, s.form(staff), map[string]string{"text": "It jams, see http://help.example/x"}))
	s.acked(s.slack.Press(staff, s.seen(staff, "hxxp://help[.]example/x"), "Send"))
	s.acked(s.slack.Press(it, s.seen(it, "asks for your help"), "I have it"))
	s.seen(staff, "has it")

	s.slack.HomeOpened(it)
	s.until("the page of the one who has a duty", func() bool {
		v, ok := s.slack.Home(it)
		return ok && strings.Contains(v.Shown(), "Printers and scanners (confirmed ")
	})

	s.acked(s.slack.Command(owner, "", "/sec", "teach"))
	s.acked(s.slack.Press(owner, s.seen(owner, "What your company's words mean"), "Teach one"))
	s.acked(s.slack.SubmitForm(owner, s.form(owner), map[string]string{"says": "who handles the alarm code?", "title": "The alarm code"}))
	s.seen(owner, "Learned")
	s.answered(s.slack.Command(staff, fakeslack.General, "/sec", "whats the alarm code"), "The alarm code")
	s.stop()
}

// seen waits for a message that somebody sees, alone in a channel or in
// direct messages.
func (s *stage) seen(user, words string) fakeslack.Message {
	s.Helper()
	return s.find("message", words, func() []fakeslack.Message {
		return append(s.slack.Ephemerals(user), s.slack.DM(user)...)
	})
}
