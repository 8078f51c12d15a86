package main

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/config"
)

// The main job through Teams: claim, ask, be assessed with a restart in the
// middle, be reminded, pass something on.
func TestTheStoryInTeams(t *testing.T) {
	s := newOffice(t)
	s.start()
	owner, staff := faketeams.Owner, faketeams.Staff
	s.teams.Install(owner)
	s.teams.See(owner, "ask who handles something")
	s.teams.Say(owner, "/sec claim "+s.code)
	s.teams.See(owner, "You are an owner now")

	s.teams.Say(staff, "who handles printers?")
	s.teams.Press(staff, "Printers and scanners", "Why IT?")
	s.teams.See(staff, "IT alone")
	if n := len(s.teams.Chat(staff)); n != 1 {
		t.Errorf("an answer to a press makes %d cards, want one in place of the other", n)
	}
	s.teams.Mention(staff, faketeams.General, "who handles the firewall?")
	s.teams.See(staff, "Firewall and open ports")
	if in := s.teams.In(faketeams.General); len(in) > 0 {
		t.Errorf("the channel reads %q", in[0].Shown())
	}
	s.teams.Say(staff, "/sec assess")
	s.teams.See(staff, "Only an owner")

	s.teams.Say(owner, "/sec assess")
	s.teams.Press(owner, "How many people", "11 to 49")
	s.teams.Press(owner, "Who looks after your computers", "An IT provider")
	s.teams.Press(owner, "Who looks after security", "IT alone")
	s.teams.Press(owner, "1 of 10", "Why this matters")
	s.teams.See(owner, "Stolen passwords")
	if n := s.count(owner, "1 of 10"); n != 1 {
		t.Errorf("the question is there %d times after a look at why it matters", n)
	}
	for i, label := range append([]string{}, workedExample...) {
		if i == 4 {
			s.stop()
			s.start()
		}
		s.teams.Press(owner, []string{"1 of 10", "2 of 10", "3 of 10", "4 of 10", "5 of 10", "6 of 10", "7 of 10", "8 of 10", "9 of 10", "10 of 10"}[i], label)
	}
	s.teams.See(owner, " of 100, weak")
	if n := s.count(owner, "Quick check"); n != 1 {
		t.Errorf("the assessment lies in %d messages, want one that is edited", n)
	}
	s.teams.Press(owner, " of 100, weak", "Remind me every quarter")
	s.teams.Press(owner, "every three months", "Set it")
	s.teams.See(owner, "Set: Quick check")
	s.stop()
	s.clock.Move(time.Now().Add(toNoon(122)))
	s.start()
	s.teams.See(owner, "I was not running then")

	s.teams.Say(owner, "/sec emergency")
	s.teams.Press(owner, "Emergency card", "Change a number")
	s.teams.Choose(owner, "Emergency numbers", "Whom staff phone first")
	s.teams.Fill(owner, "Whom staff phone first.", "Save", map[string]string{"name": "Olga", "phone": "call me", "user": "OLGA-OID"})
	s.teams.Fill(owner, "with digits", "Save", map[string]string{"name": "Olga", "phone": "555 0100", "user": "OLGA-OID"})
	s.teams.See(owner, "Saved. Whom staff phone first: Olga, 555 0100")
	s.teams.Say(staff, "i typed my password into that sharepoint thing")
	s.teams.See(staff, "Phone Olga (555 0100) now")
	s.teams.Say(faketeams.Stranger, "who handles printers?")
	s.teams.See(faketeams.Stranger, "its own staff only")
	s.stop()
}

// office is a company in a fake Teams, and a bot that can be stopped and
// started again on the same store.
type office struct {
	*testing.T
	teams  *faketeams.Server
	config config.Config
	clock  *engine.Clock
	code   string

	cancel  context.CancelFunc
	running sync.WaitGroup
}

func (s *office) start() {
	s.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	server, err := newServer(ctx, s.config, s.clock, slog.New(slog.NewTextHandler(logTo(s.T), nil)))
	if err != nil {
		s.Fatal(err)
	}
	printed, out := io.Pipe()
	server.out, s.cancel = out, cancel
	s.running.Go(func() {
		if err := server.run(ctx); err != nil {
			s.Error(err)
		}
	})
	if s.code == "" {
		s.code = codeIn(s.T, printed)
	}
	s.teams.Connect("http://" + server.listen.Addr().String())
}

func (s *office) stop() {
	s.cancel()
	s.running.Wait()
}

func (s *office) count(user, words string) (n int) {
	for _, c := range s.teams.Chat(user) {
		if strings.Contains(c.Shown(), words) {
			n++
		}
	}
	return n
}
