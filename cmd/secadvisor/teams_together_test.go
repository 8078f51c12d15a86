package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
)

// A group chat does all that a chat with the bot does: it is assessed there,
// with the owner's choice and the result in the owner's own chat, and it is
// reminded.
func TestAGroupChatIsAssessedAndReminded(t *testing.T) {
	s := newOffice(t)
	owner, staff, crowd := faketeams.Owner, faketeams.Staff, "19:crowd@thread.v2"
	s.start()
	s.teams.Say(owner, "/sec claim "+s.code)
	s.teams.See(owner, "You are an owner now")

	s.teams.Mention(owner, crowd, "/sec assess")
	now := s.teams.Press(owner, "who answers?", "Together here")
	if !strings.Contains(now.Shown(), "It goes on where you asked") {
		t.Errorf("the choice shows %q", now.Shown())
	}
	s.teams.PressIn(crowd, owner, "How many people", "11 to 49")
	s.teams.PressIn(crowd, owner, "Who looks after your computers", "An IT provider")
	s.teams.PressIn(crowd, owner, "Who looks after security", "IT alone")
	for i, label := range workedExample {
		question := fmt.Sprintf(" %d of 10", i+1)
		s.teams.PressIn(crowd, staff, question, label)
		s.teams.Wait(crowd, "So far: Sam")
		s.teams.PressIn(crowd, owner, question, "Next question")
	}
	s.teams.See(owner, " of 100, weak")
	s.teams.Wait(crowd, "all questions are answered") // the two chats are written to at the same time
	if in := s.teams.In(crowd); len(in) != 1 {
		t.Errorf("the chat has %d cards, the last %q", len(in), in[len(in)-1].Shown())
	}

	s.teams.Mention(owner, crowd, "/sec remind")
	s.teams.Choose(owner, "Remind me of", "Restore test")
	s.teams.Press(owner, "Restore test, every", "Another time, or somebody else")
	s.teams.Fill(owner, "a channel of your company", "Set it", map[string]string{"rhythm": "quarterly at 9:00", "zone": "UTC", "channel": "here"})
	s.teams.See(owner, "Set: Restore test")
	s.stop()
	s.clock.Move(time.Now().Add(toNoon(122)))
	s.start()
	s.teams.PressIn(crowd, staff, "Restore test", "Done")
	s.teams.Fill(staff, "What was done", "It is done", map[string]string{"note": "one folder came back"})
	s.teams.Wait(crowd, "Done: Restore test")
	s.stop()
}

// What is urgent is answered once, wherever it was asked.
func TestSomethingUrgentInAChannelIsAnsweredOnce(t *testing.T) {
	s := newOffice(t)
	s.start()
	s.teams.Mention(faketeams.Staff, faketeams.General, "i typed my password into that sharepoint thing")
	s.teams.Press(faketeams.Staff, "Act now", "I opened a file or let them in")
	s.teams.See(faketeams.Staff, "Act now")
	s.stop()
	if n := s.count(faketeams.Staff, "Act now"); n != 1 {
		t.Errorf("%d cards say it", n)
	}
}
