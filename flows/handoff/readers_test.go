package handoff_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/handoff"
)

func TestWhoReadsItLaterIsSaidBeforeItIsSent(t *testing.T) {
	w := office(t)
	for topic, want := range map[string]string{
		"software-trouble":   "No answer in a working day? Then Kim, then the owner.",
		"lost-stolen-device": "No answer in ten minutes? Then Kim, then the owner.",
		"device-disposal":    "No answer in a working day? Then I tell you so.",
	} {
		if v, _ := drafted(t, w, topic, "help"); !strings.Contains(bottest.Lines(v), want) {
			t.Errorf("%s: %q is missing in\n%s", topic, want, bottest.Lines(v))
		}
	}
}

func TestSilenceNeverReachesAChannelThatOthersRead(t *testing.T) {
	w := office(t)
	bottest.Put(t, w.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"robin": {Name: "Robin", User: "robin"}, "desk": {Name: "#it-help", Channel: "C1"}},
		Duties:  map[string]company.Duty{"software-trouble": {Does: "robin", Deputy: "desk"}},
	})
	_, id := drafted(t, w, "software-trouble", "it crashes")
	w.Press(sam, "send", id)
	w.Rooms["C1"] = bot.Room{Name: "#it-help", Kind: bot.Shared}
	if _, err := w.Fire(); err != nil {
		t.Fatal(err)
	}
	if n := note(t, w, id); n.To.User != "olga" {
		t.Errorf("it went on to %v", n.To)
	}
}

func TestNotMineFromSomebodyAskedEarlierChangesNothingForTheNext(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
	w.Press(sam, "send", id)
	if _, err := w.Fire(); err != nil {
		t.Fatal(err)
	}
	edits := read(w.Press(robin, "not-mine", id))
	if n := note(t, w, id); n.To.User != "kim" || len(edits) != 1 || !strings.Contains(edits[bot.To("robin")], "Passed on") {
		t.Errorf("now %v is asked, edits %v", n.To, edits)
	}
}

// Where nobody has answered, whoever reads it late still gets the words.
func TestTheWordsAreForgottenOnceSomebodyHasIt(t *testing.T) {
	w := office(t)
	_, taken := drafted(t, w, "software-trouble", "a secret word")
	w.Press(sam, "send", taken)
	w.Press(robin, "take", taken)
	_, silent := drafted(t, w, "lost-stolen-device", "a secret word")
	w.Press(sam, "send", silent)
	for range 3 {
		if _, err := w.Fire(); err != nil {
			t.Fatal(err)
		}
	}
	if n := note(t, w, silent); n.State != handoff.Closed {
		t.Errorf("after silence it is %s", n.State)
	}
	if got := read(w.Press(kim, "take", silent)); !strings.Contains(got[bot.To("kim")], "secret") {
		t.Errorf("who takes it late reads %v", got)
	}
	for _, id := range []string{taken, silent} {
		if strings.Contains(string(w.Docs[handoff.Notes.Key(id)]), "secret") {
			t.Errorf("%s is kept: %s", id, w.Docs[handoff.Notes.Key(id)])
		}
	}
}

func TestAnOutsiderIsFollowedByWhoeverIsHere(t *testing.T) {
	w := office(t)
	bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Acme IT", Phone: "555-0100"}})
	v, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
	if got := bottest.Lines(v); !strings.Contains(got, "Phone 555-0100.") || !strings.Contains(got, "[Send to Kim]") {
		t.Errorf("got %s", got)
	}
	for range 2 {
		if v := w.Press(sam, "instead", id)[0].(bot.Answer).View; v.Title != "Send this to Kim?" {
			t.Errorf("then %q", v.Title)
		}
	}
}

func TestNumbersOfAPartyAreShownAsItWants(t *testing.T) {
	for shown, want := range map[company.Shown]map[string]bool{
		company.ToStaff:       {"wifi-network": true, "data-leak": true},
		company.InEmergencies: {"data-leak": true},
		company.ToOwners:      {},
	} {
		w := office(t)
		delete(w.Docs, company.ContactsOf.Key(company.ContactsID))
		bottest.Put(t, w.World, company.Maps, company.MapID, company.Map{
			Parties: map[string]company.Party{"acme": {Name: "Acme IT", Phone: "555-0100", Shown: shown}},
			Duties:  map[string]company.Duty{"wifi-network": {Does: "acme"}, "data-leak": {Does: "acme"}},
		})
		for _, topic := range []string{"wifi-network", "data-leak"} {
			v, _ := drafted(t, w, topic, "help")
			if got := strings.Contains(bottest.Lines(v), "555-0100"); got != want[topic] {
				t.Errorf("%q, %s: the number is shown: %v", shown, topic, got)
			}
		}
	}
}

func TestAReceiverInAHurryGetsANumberToMakeSure(t *testing.T) {
	w := office(t)
	bottest.Put(t, w.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"sam": {Name: "Sam", User: "sam", Phone: "555-0133", Shown: company.InEmergencies}, "kim": {Name: "Kim", User: "kim"}},
		Duties:  map[string]company.Duty{company.GroupEmergency: {Does: "kim"}},
	})
	_, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
	if got := read(w.Press(sam, "send", id))[bot.To("robin")]; !strings.Contains(got, "Saved for them: 555-0133.") || strings.Contains(got, "555-0122") {
		t.Errorf("Robin reads %q", got)
	}
	if _, err := w.Fire(); err != nil {
		t.Fatal(err)
	}
	if got := w.Now.Sub(monday); got != 10*time.Minute {
		t.Errorf("the next is asked after %v", got)
	}
	if got := bottest.Lines(w.Views[len(w.Views)-2]); !strings.Contains(got, "Robin, 555-0122") {
		t.Errorf("Kim reads %q", got)
	}
}
