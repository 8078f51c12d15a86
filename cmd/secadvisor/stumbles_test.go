package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
)

// untrue is what nobody is to read in a company that is all by itself in its
// workspace, and whose owner presses the owner's buttons.
var untrue = regexp.MustCompile(`Only (people of this company|an owner)|other companies (may|can) read|belongs to somebody else|is not kept any more|goes on elsewhere|goes on alone|I couldn't|I could not reach|That button is`)

// A channel is assessed together, and reads a summary and a reminder, while Slack
// fails now and then at everything that it is asked and the bot forgets all that
// it knows of people and places. Who is told to try again does so, and gets
// there; nobody reads what is not so.
func TestNothingUntrueIsReadWhileSlackStumbles(t *testing.T) {
	t.Parallel()
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "stumbles.db"))
	owner, staff, general := fakeslack.Owner, fakeslack.Staff, fakeslack.General
	s.start()
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")
	faults := []fakeslack.Fault{fakeslack.TooMany("1"), fakeslack.Broken(500), fakeslack.AcceptedBut(500), fakeslack.Cut()}
	s.slack.FailRate(0.1, faults...)
	for _, method := range []string{"users.info", "conversations.info"} {
		s.slack.FailRateOf(method, 0.6, faults...)
	}
	in := func() []fakeslack.Message { return s.slack.Messages(general) }
	told := func() []fakeslack.Message {
		return append(s.slack.Ephemerals(owner), s.slack.DM(owner)...)
	}

	s.persist("who answers?", told, func() { s.slack.Command(owner, general, "/sec", "assess") })
	s.pushes(owner, "who answers?", told, "Together here", "How many people", in)
	s.pushes(owner, "How many people", in, "11 to 49", "Who looks after your computers", in)
	s.pushes(owner, "Who looks after your computers", in, "An IT provider", "Who looks after security", in)
	s.pushes(owner, "Who looks after security", in, "IT alone", " 1 of 10", in)
	for i, label := range workedExample {
		question, next := fmt.Sprintf(" %d of 10", i+1), fmt.Sprintf(" %d of 10", i+2)
		if i == len(workedExample)-1 {
			next = "all questions are answered"
		}
		s.pushes(staff, question, in, label, "So far: ", in)
		if i%4 == 1 {
			s.stop()
			s.start()
		}
		s.pushes(owner, question, in, "Next question", next, in)
	}
	s.persist(" of 100, weak", told, func() {})
	s.pushes(owner, " of 100, weak", told, "Share a summary", "Share this summary", told)
	s.stop()
	s.start()
	s.pushes(owner, "Share this summary", told, "Share it", "A self-check by the owner", in)
	s.stop()

	everybody := append(append(in(), told()...), append(s.slack.Ephemerals(staff), s.slack.DM(staff)...)...)
	for _, m := range everybody {
		if found := untrue.FindString(m.Shown()); found != "" {
			t.Errorf("somebody reads %q in %q", found, m.Shown())
		}
	}
	t.Logf("failed: 429 %d, 500 %d, accepted but 500 %d, cut %d", s.slack.Struck("429"), s.slack.Struck("500"), s.slack.Struck("accepted but 500"), s.slack.Struck("cut"))
}

// pushes presses a button of the latest message that holds some words, or in turn
// the one that offers it once more, until another shows what comes of it.
func (s *stage) pushes(who, words string, where func() []fakeslack.Message, label, comes string, there func() []fakeslack.Message) {
	s.Helper()
	tries := 0
	s.persist(comes, there, func() {
		tries++
		m, ok := latest(where(), words)
		if retry, offered := latest(s.slack.Ephemerals(who), "[Try again]"); offered && (tries%2 == 0 || !ok) {
			s.slack.Press(who, retry, "Try again")
		} else if ok {
			if _, button := m.Button(label); !button {
				s.slack.Select(who, m, label)
				return
			}
			s.slack.Press(who, m, label)
		}
	})
}

// persist does something again until a message holds some words.
func (s *stage) persist(words string, where func() []fakeslack.Message, do func()) {
	s.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); {
		do()
		for soon := time.Now().Add(3 * time.Second); time.Now().Before(soon); time.Sleep(5 * time.Millisecond) {
			if _, ok := latest(where(), words); ok {
				return
			}
		}
	}
	var all []string
	for _, m := range where() {
		all = append(all, m.Shown())
	}
	s.Fatalf("nothing says %q, but %q", words, all)
}

func latest(all []fakeslack.Message, words string) (m fakeslack.Message, ok bool) {
	for _, one := range all {
		if strings.Contains(one.Shown(), words) {
			m, ok = one, true
		}
	}
	return m, ok
}
