package main

import (
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/config"
)

func newOffice(t *testing.T) *office {
	s := &office{T: t, teams: faketeams.Start(t), clock: &engine.Clock{}, config: config.Defaults()}
	s.config.Storage, s.config.Listen = "file:"+filepath.Join(t.TempDir(), "story.db"), "127.0.0.1:0"
	s.config.Teams = teamsAt(s.teams.MetadataURL(), s.teams.TokenURL())
	return s
}

// This company's people through Teams: forms with pickers, cards to others
// (one of them never opened the bot), and a channel.
func TestThePeopleOfACompanyInTeams(t *testing.T) {
	s := newOffice(t)
	owner, staff, it, nell := faketeams.Owner, faketeams.Staff, "29:robin", "29:nell"
	s.teams.AddUser(it)
	s.teams.AddUser(nell)
	s.teams.Join(faketeams.General, 500, owner, staff, it, nell)
	s.start()
	s.teams.Say(owner, "/sec claim "+s.code)
	s.teams.See(owner, "You are an owner now")

	s.teams.Say(owner, "/sec assign printers")
	s.teams.Press(owner, "Nobody has it yet", "A person here")
	s.teams.Fill(owner, "Who does it?", "Save", map[string]string{"user": "GUS-OID"})
	s.teams.See(owner, "guest")
	s.teams.Fill(owner, "Who does it?", "Save", map[string]string{"user": it + "-oid", "phone": "555 0122"})
	s.teams.Press(owner, "Saved: Printers and scanners", "Introduce it to IT")
	s.teams.Press(owner, "Ask the people you named whether they agree?", "Ask them")
	s.teams.Press(it, "May people be sent to you first", "Yes, ask me first") // Robin never opened the bot
	s.teams.See(it, "that is settled")

	s.teams.Mention(nell, faketeams.General, "who handles printers?") // nor did Nell
	s.teams.Press(nell, "(confirmed ", "Tell them")
	s.teams.Fill(nell, "What shall they read?", "Show me", map[string]string{"text": "It jams, see http://help.example/x"})
	s.teams.Press(nell, "hxxp://help[.]example/x", "Send")
	s.teams.Press(it, "asks for your help", "I have it")
	s.teams.See(nell, "has it")

	s.teams.Say(owner, "/sec assign wifi-network")
	s.teams.Press(owner, "Nobody has it yet", "A channel here")
	s.teams.Fill(owner, "Which channel?", "Save", map[string]string{"channel": faketeams.Mixed})
	s.teams.See(owner, "People of other companies may read that channel")
	s.teams.Fill(owner, "Which channel?", "Save", map[string]string{"channel": "https://teams.microsoft.com/l/channel/19%3Ageneral%40thread.tacv2/IT%20help?groupId=1"})
	s.teams.See(owner, "Saved: Wi-Fi")
	s.teams.Say(staff, "who handles the wifi?")
	s.teams.Press(staff, "IT help", "Tell them")
	s.teams.Fill(staff, "What shall they read?", "Show me", map[string]string{"text": "It is slow"})
	s.teams.Press(staff, "It is slow", "Send")
	if in := s.teams.Wait(faketeams.General, "It is slow"); !strings.Contains(in.Shown(), "Sam") {
		t.Errorf("the channel reads %q", in.Shown())
	}
	s.stop()
}
