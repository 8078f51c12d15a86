package main

import (
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/teams"
)

// Two organisations, each with a bot of its own, on one server: whom the token
// is for chooses the bot, and nothing of one reaches the other.
func TestTwoOrganisationsInTeams(t *testing.T) {
	const second = "44444444-4444-4444-4444-444444444444"
	s := newOffice(t)
	s.teams.Register(second, faketeams.Other)
	s.config.Teams.Bots = []teams.Bot{
		{AppID: faketeams.App, Secret: "x", Tenant: faketeams.Org, Owners: []string{"olga-oid"}},
		{AppID: second, Secret: "y", Tenant: faketeams.Other, Owners: []string{"FRED-OID"}},
	}
	s.code = "none is printed: both have owners"
	s.start()
	owner, fred := faketeams.Owner, faketeams.Stranger
	toSecond := func(user, org, text string) int {
		t.Helper()
		status, _ := s.teams.Send(
			s.teams.Token(func(c jwt.MapClaims, _ map[string]any) { c["aud"] = second }),
			s.teams.Activity(user, text, func(a map[string]any) {
				a["recipient"] = map[string]any{"id": "28:" + second, "name": "Security advisor"}
				a["conversation"].(map[string]any)["tenantId"] = org
			}))
		return status
	}

	s.teams.Say(owner, "/sec emergency")
	s.teams.Press(owner, "Emergency card", "Change a number")
	s.teams.Choose(owner, "Emergency numbers", "Whom staff phone first")
	s.teams.Fill(owner, "Whom staff phone first.", "Save", map[string]string{"name": "Olga", "phone": "555 0100"})
	s.teams.See(owner, "555 0100")

	if status := toSecond(fred, faketeams.Other, "i typed my password into that sharepoint thing"); status != 200 {
		t.Fatalf("the second bot answers with status %d", status)
	}
	if said := s.teams.See(fred, "Act now").Shown(); strings.Contains(said, "0100") || !strings.Contains(said, "Nobody is saved to call") {
		t.Errorf("the other organisation reads %q", said)
	}
	toSecond(fred, faketeams.Other, "/sec assess")
	s.teams.See(fred, "How many people")

	s.teams.Say(fred, "/sec assess") // as a stranger, at the first
	s.teams.See(fred, "Only people of this company")
	before := len(s.teams.Chat(owner))
	for _, org := range []string{faketeams.Org, "55555555-5555-5555-5555-555555555555"} {
		if status := toSecond(owner, org, "who handles printers?"); status != 403 {
			t.Errorf("the second bot's token opens %s: status %d", org, status)
		}
	}
	s.stop()
	if now := len(s.teams.Chat(owner)); now != before {
		t.Errorf("%d cards came of it", now-before)
	}
}
