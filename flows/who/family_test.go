package who_test

import (
	"strings"
	"testing"

	"secadvisor/flows/content/contenttest"
)

func TestARelativesComputerIsNoEmergencyOfTheCompany(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	for says, want := range map[string]bool{
		"my mum's computer has a virus":                              true,
		"My mother’s old Dell laptop is infected":                    true,
		"my daughter's facebook was hacked":                          true,
		"my sons ipad screen is cracked":                             true,
		"the family computer has ransomware":                         true,
		"my wife's phone was stolen":                                 true,
		"my dad's printer is jammed":                                 true,
		"my mum's computer at work has a virus":                      false,
		"my wife's phone with my work mail was stolen":               false,
		"my son lost my work phone":                                  false,
		"my daughter clicked a link on my laptop":                    false,
		"I do the books on my husband's computer and it has a virus": false,
		"my partner's laptop was stolen":                             false,
		"my laptop has a virus, says my son":                         false,
		"can my son use my work laptop for homework":                 false,
		"may I give the old PC to my son's school":                   false,
	} {
		v := ask(t, w, staff, says)
		if got := strings.HasPrefix(v.Title, "That is private"); got != want {
			t.Errorf("%q: got %q; private: want %v", says, v.Title, want)
		}
	}
}

func TestWorkOnARelativesComputerIsOnePressAway(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	for says, want := range map[string]string{
		"my mum's computer has a virus": "Act now",
		"my dad's printer is jammed":    "● IT support",
	} {
		private := ask(t, w, staff, says)
		if v := press(t, w, staff, w.Button("Work is done on it too", private)); !strings.HasPrefix(v.Title, want) {
			t.Errorf("%q: got %q, want %q", says, v.Title, want)
		}
	}
}
