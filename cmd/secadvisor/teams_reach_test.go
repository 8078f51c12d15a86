package main

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
)

// Whoever cannot be reached in Teams: the sender hears it at once, with the
// number and the words to copy, and nothing is sent later.
func TestWhoCannotBeReachedInTeamsIsSaidAtOnce(t *testing.T) {
	const robin = "29:robin"
	for name, row := range map[string]struct {
		gone func(fake *faketeams.Server)
		want string
	}{
		"blocked":         {func(fake *faketeams.Server) { fake.Block(robin) }, "blocked the bot"},
		"never installed": {func(fake *faketeams.Server) { fake.NotInstalled(robin) }, "not installed"},
		"left":            {func(fake *faketeams.Server) { fake.Leave(robin) }, "could not reach"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newOffice(t)
			owner, staff := faketeams.Owner, faketeams.Staff
			s.teams.AddUser(robin)
			s.start()
			s.teams.Say(owner, "/sec claim "+s.code)
			s.teams.See(owner, "You are an owner now")
			s.teams.Say(owner, "/sec assign printers")
			s.teams.Press(owner, "Nobody has it yet", "A person here")
			s.teams.Fill(owner, "Who does it?", "Save", map[string]string{"user": robin + "-oid", "phone": "555 0122"})
			s.teams.See(owner, "Saved: Printers and scanners")
			row.gone(s.teams)

			s.teams.Say(staff, "who handles printers?")
			s.teams.Press(staff, "Printers and scanners", "Tell them")
			s.teams.Fill(staff, "What shall they read?", "Show me", map[string]string{"text": "It jams again"})
			s.teams.Press(staff, "It jams again", "Send")
			said := s.teams.See(staff, row.want).Shown()
			for _, want := range []string{"555 0122", "It jams again"} {
				if !strings.Contains(said, want) {
					t.Errorf("it is said without %q: %q", want, said)
				}
			}
			s.stop()
			s.teams.Shut("a:"+robin, faketeams.Fault{}) // they are back
			s.clock.Move(time.Now().Add(time.Hour))
			s.start()
			s.teams.Say(owner, "/sec")
			s.teams.See(owner, "What can I help with?")
			s.stop()
			if in := s.teams.Chat(robin); len(in) > 0 {
				t.Errorf("an hour later it was sent after all: %q", in[0].Shown())
			}
		})
	}
}

// A reminder that cannot arrive is told to the owner in another place; others
// come as if nothing had happened.
func TestAReminderThatCannotArriveInTeamsStopsNoOther(t *testing.T) {
	s := newOffice(t)
	owner, staff := faketeams.Owner, faketeams.Staff
	s.start()
	s.teams.Say(owner, "/sec claim "+s.code)
	s.teams.See(owner, "You are an owner now")
	for subject, channel := range map[string]string{"restore test": faketeams.General, "dial each emergency number once": "19:crowd@thread.v2"} {
		s.teams.Mention(owner, channel, "/sec remind "+subject+" every quarter")
		s.teams.Press(owner, "every three months at 09:00", "Another time, or somebody else")
		s.teams.Fill(owner, "a channel of your company", "Set it", map[string]string{"rhythm": "quarterly at 9:00", "zone": "UTC", "channel": "here"})
		s.teams.See(owner, "Set: "+strings.ToUpper(subject[:1])+subject[1:])
	}
	s.teams.Say(owner, "/sec remind quarterly")
	s.teams.Press(owner, "Quick check, every three months", "Set it")
	s.teams.See(owner, "Set: Quick check")
	s.stop()

	s.teams.Shut(faketeams.General, faketeams.Refused(403, "BotNotInConversationRoster"))
	s.clock.Move(time.Now().Add(toNoon(122)))
	s.start()
	s.teams.Wait("19:crowd@thread.v2", "Dial each emergency number once")
	s.teams.See(owner, "Quick check")
	s.teams.See(owner, "I couldn't post the reminder")
	s.teams.Say(owner, "/sec status")
	for _, want := range []string{"one did not arrive", "not delivered"} {
		s.teams.See(owner, want)
	}
	s.teams.Say(staff, "who handles printers?")
	s.teams.See(staff, "Printers and scanners")
	s.stop()
	if in := s.teams.In(faketeams.General); len(in) > 0 {
		t.Errorf("the channel reads %q", in[0].Shown())
	}
}
