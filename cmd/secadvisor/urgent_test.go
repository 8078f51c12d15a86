package main

import (
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/config"
)

// The number of the configuration is there for the very first emergency. Once
// an owner has saved another, it stays theirs through a restart.
func TestTheFirstNumberIsThereUntilAnOwnerSavesAnother(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "number.db"))
	s.config.Urgent = config.Urgent{Name: "Lakeside IT", Phone: "555 0177"}
	s.start()
	owner, staff, urgent := fakeslack.Owner, fakeslack.Staff, "i typed my password into that sharepoint thing"
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")
	s.until("the number of the configuration is saved", func() bool {
		m, ok := s.slack.Command(staff, "", "/sec", urgent).Answer()
		return ok && contains(m, "Lakeside IT") && contains(m, "555 0177")
	})
	s.answered(s.slack.Command(owner, "", "/sec", "emergency"), "changed today by whoever set this up")

	s.acked(s.slack.Press(owner, s.seen(owner, "Emergency card"), "Change a number"))
	s.acked(s.slack.Select(owner, s.seen(owner, "Emergency numbers"), "Whom staff phone first"))
	s.acked(s.slack.SubmitForm(owner, s.form(owner), map[string]string{"name": "Robin", "phone": "555 0122"}))
	s.stop()
	s.start()
	s.answered(s.slack.Command(staff, "", "/sec", urgent), "Robin")
	s.stop()
}

// Whoever's profile names no zone gets the one of the configuration.
func TestTheZoneOfTheConfigurationIsForProfilesWithoutOne(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "zone.db"))
	s.config.Zone = "Pacific/Auckland"
	s.slack.ChangeUser(fakeslack.Owner, func(u *fakeslack.User) { u.TZ = "" })
	s.start()
	owner := fakeslack.Owner
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")
	s.answered(s.slack.Command(owner, "", "/sec", "remind quarterly"), "Pacific/Auckland")
	s.stop()
}

func contains(m fakeslack.Message, words string) bool { return strings.Contains(m.Shown(), words) }
