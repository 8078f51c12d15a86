package main

import (
	"encoding/json"
	"os"
	"testing"

	"secadvisor/bot/bottest/faketeams"
)

// What Teams offers to type leads somewhere, also where nothing is added to it.
func TestWhatTeamsOffersToTypeLeadsSomewhere(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/teams/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Bots []struct {
			CommandLists []struct{ Commands []struct{ Title string } }
		}
	}
	if err := json.Unmarshal(raw, &manifest); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"who handles": "What can I help with?", "urgent": "What happened?", "menu": "What can I help with?", "help": "I help you find who handles what",
	}
	s := newOffice(t)
	s.start()
	for _, c := range manifest.Bots[0].CommandLists[0].Commands {
		if want[c.Title] == "" {
			t.Fatalf("nobody says where %q leads", c.Title)
		}
		before := len(s.teams.Chat(faketeams.Staff))
		s.teams.Say(faketeams.Staff, c.Title)
		s.teams.See(faketeams.Staff, want[c.Title])
		if now := len(s.teams.Chat(faketeams.Staff)); now != before+1 {
			t.Errorf("%q is answered by %d cards", c.Title, now-before)
		}
	}
	s.stop()
}
