package menu_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/menu"
)

func nobody(string) []string { return nil }

// opens is what somebody gets who opens the bot; empty: nothing.
func opens(t *testing.T, w *bottest.World, who bot.Person) bot.View {
	t.Helper()
	effects, err := w.Do("menu", bot.Event{Kind: bot.Installed, From: who})
	if err != nil {
		t.Fatal(err)
	}
	return bottest.Told(effects)[who.ID]
}

func newCompany(t *testing.T, owners ...string) *bottest.World {
	t.Helper()
	return bottest.NewWorld([]bot.Flow{menu.New(contenttest.BuiltIn(t), func(string) []string { return owners })}, now)
}

// Staff read what they can ask. How to become the owner is said while there is
// none, by the configuration or by the company's records, and then alone.
func TestTheWelcomeSaysWhoBecomesTheOwnerWhileThereIsNone(t *testing.T) {
	claimed := func(w *bottest.World) {
		bottest.Put(t, w, bot.RolesDoc, bot.RolesID, bot.Roles{People: map[string]bot.Member{"olga": {Role: bot.Owner}}})
	}
	for name, c := range map[string]struct {
		world *bottest.World
		told  bool
	}{
		"nobody is":         {newCompany(t), true},
		"configured":        {newCompany(t, "olga"), false},
		"claimed":           {func() *bottest.World { w := newCompany(t); claimed(w); return w }(), false},
		"configured, other": {newCompany(t, "otto"), false},
	} {
		t.Run(name, func(t *testing.T) {
			s := &bottest.Scene{TB: t, World: c.world, Flow: "menu"}
			v := opens(t, c.world, staff)
			s.Sees(v, "ask who handles something", "who handles the printer?", "[Something happened]", "[Ask]", "Only you got this message")
			s.Unseen(v, "[Save who is phoned]", "set up")
			if c.told {
				s.Sees(v, "claim CODE")
			} else {
				s.Unseen(v, "claim", "owner")
			}
		})
	}
}

// The first who opens the bot is greeted, and the first owner, once each.
func TestTheFirstAndTheFirstOwnerAreGreetedOnce(t *testing.T) {
	otto := bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner}
	pat := bot.Person{ID: "pat", Affiliation: bot.Home}
	for _, order := range [][]bot.Person{{guest, staff, pat, owner, owner, otto, staff}, {owner, staff, otto, owner, guest}} {
		w := newCompany(t, "olga", "otto")
		greeted := map[string]int{}
		for _, who := range order {
			if v := opens(t, w, who); v.Title != "" {
				greeted[who.ID]++
			}
		}
		want := map[string]int{"olga": 1}
		if order[0].ID == "gus" {
			want["sam"] = 1
		}
		if len(greeted) != len(want) || greeted["olga"] != 1 || greeted["sam"] != want["sam"] {
			t.Errorf("greeted are %v, want %v", greeted, want)
		}
	}
}

// Who was greeted as staff and becomes the owner has had the message; the
// owner's steps leave out what is done.
func TestTheOwnerSeesWhatIsLeftToDo(t *testing.T) {
	w := newCompany(t)
	s := &bottest.Scene{TB: t, World: w, Flow: "menu"}
	s.Sees(opens(t, w, owner), "three things", "You are an owner", "Save who is phoned in an emergency", "[Save who is phoned]", "[Try a question]", "[Check our security (5 minutes)]")
	w = newCompany(t)
	bottest.Put(t, w, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Phone: "555 0100"}})
	v := opens(t, w, owner)
	s.Sees(v, "two things", "[Try a question]")
	s.Unseen(v, "phoned")
	w = newCompany(t)
	opens(t, w, staff)
	became := staff
	became.Role = bot.Owner
	if v := opens(t, w, became); v.Title != "" {
		t.Errorf("greeted again: %s", v.Title)
	}
}
