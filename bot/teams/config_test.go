package teams

import (
	"strings"
	"testing"
)

func TestOwnersAreFoundWhateverTheCase(t *testing.T) {
	s := newScene(t)
	s.platform.config.Bots[0].Owners = []string{" SAM-OID "}
	if got := s.platform.Owners("teams." + org); len(got) != 1 || got[0] != "sam-oid" {
		t.Errorf("owners %q", got)
	}
}

func TestOneAppIsNotForTwoOrganisations(t *testing.T) {
	c := Config{Bots: []Bot{{AppID: appID, Secret: "x", Tenant: org}, {AppID: strings.ToUpper(appID), Secret: "x", Tenant: other}}}
	if c.Check() == nil {
		t.Error("accepted")
	}
}

func TestAPublicAddressIsNoMoreThanOne(t *testing.T) {
	for address, good := range map[string]bool{
		"https://bot.example.com": true, "HTTPS://Bot.Example.com/bot": true, "": true,
		"http://bot.example.com": false, "https://u:p@bot.example.com": false, "https://bot.example.com?x=y": false, "https://bot.example.com#x": false,
	} {
		if err := (Config{Address: address}).Check(); (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAnUpgradeGreetsNobody(t *testing.T) {
	s := newScene(t)
	for _, action := range []string{"add-upgrade", "remove-upgrade", "remove"} {
		s.send(s.token(nil), s.activity(func(a map[string]any) { a["type"], a["action"] = "installationUpdate", action }))
	}
	if len(s.events) > 0 {
		t.Errorf("%+v", s.events)
	}
}
