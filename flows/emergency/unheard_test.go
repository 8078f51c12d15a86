package emergency_test

import (
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

// keysOf are what the messages to each person are called.
func keysOf(effects []bot.Effect) map[string]string {
	keys := map[string]string{}
	for _, x := range effects {
		if s, ok := x.(bot.Show); ok {
			keys[s.To.User] = s.Key
		}
	}
	return keys
}

func TestWhoChangedANumberLearnsWhoDidNotHearOfIt(t *testing.T) {
	w := world(t)
	w.Pace = time.Second
	save(t, w, olga, "leader", "Kim", "555 0122", "kim", bot.Home)
	leader := keysOf(save(t, w, olga, "leader", "Ira", "555 0133", "ira", bot.Home))
	bank := keysOf(save(t, w, olga, "bank", "City Bank", "555 0144", "", ""))

	one := fails(w, leader["otto"], "otto", "they have not opened the bot in Teams yet")
	told := bottest.Told(one)
	w.Sees(told["olga"], "I could not tell another owner that an emergency number was changed", "Another owner: they have not opened the bot in Teams yet.",
		"Please tell them yourself.", "Who is in charge is now Ira, 555 0133.", "[Emergency numbers]")
	w.Unseen(told["olga"], "somebody else is saved")
	if len(told) != 1 {
		t.Errorf("others are told, too: %v", told)
	}
	two := fails(w, leader["kim"], "kim", "this account is switched off")
	w.Sees(bottest.Told(two)["olga"], "I could not tell another owner and Kim that", "Kim: this account is switched off.", "Has somebody left? Then there is nothing to tell them.",
		"Since 2 March 2026 somebody else is saved for: Who is in charge.")
	three := fails(w, bank["otto"], "otto", "they have not opened the bot in Teams yet")
	w.Sees(bottest.Told(three)["olga"], "I could not tell another owner and Kim that", "The bank's fraud line is now City Bank, 555 0144.", "Who is in charge is now Ira, 555 0133.")
	if a, b := keysOf(one)["olga"], keysOf(three)["olga"]; a != keysOf(two)["olga"] || a != b {
		t.Errorf("what did not arrive on one day is on several cards: %q, %q", a, b)
	}
	for _, key := range []string{leader["otto"], "changed/leader/bbcdefghij23", "changed/x/y", "was/", keysOf(one)["olga"]} {
		if got := fails(w, key, "otto", "gone"); len(got) != 0 {
			t.Errorf("%q is told: %v", key, got)
		}
	}
}

// Who left since, or cannot be reached either, is not written to.
func TestTheOtherOwnersLearnItOfAChangeByWhoIsNoOwnerAnyMore(t *testing.T) {
	w := world(t)
	bottest.Put(w, w.World, bot.RolesDoc, bot.RolesID, bot.Roles{People: map[string]bot.Member{"otto": {Name: "Otto"}}})
	pat := bot.Person{ID: "pat", Name: "Pat", Affiliation: bot.Home, Role: bot.Owner}
	keys := keysOf(save(t, w, pat, "bank", "City Bank", "555 0144", "", ""))
	told := bottest.Told(fails(w, keys["otto"], "otto", "this account is switched off"))
	w.Sees(told["olga"], "I could not tell Otto that")
	if len(told) != 1 {
		t.Errorf("it is told to %v", told)
	}
	if lost := bottest.Get(w, w.World, company.ContactsOf, company.ContactsID).Changed["bank"].Lost; len(lost) != 1 || lost[0].User != "otto" {
		t.Errorf("kept is %v", lost)
	}
}
