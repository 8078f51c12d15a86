package emergency_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/emergency"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
	kim   = bot.Person{ID: "kim", Name: "Kim", Affiliation: bot.Home}
	guest = bot.Person{ID: "gus", Name: "Gus", Affiliation: bot.Guest}
	start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

func world(t *testing.T) *bottest.Scene {
	t.Helper()
	lib := contenttest.Library(t, content.Settings{Partner: content.Partner{Name: "Partner Ltd", Contact: "+1 555 0199"}})
	return &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{emergency.New(lib, func(string) []string { return []string{"olga", "otto"} })}, start), Flow: "emergency"}
}

func press(t *testing.T, w *bottest.Scene, from bot.Person, a bot.Action) []bot.Effect {
	t.Helper()
	return w.Play(bot.Event{Kind: bot.Click, From: from, Action: a, Place: bot.Place{Channel: "D1", Kind: bot.Direct}})
}

func save(t *testing.T, w *bottest.Scene, from bot.Person, id, name, phone, user string, is bot.Affiliation) []bot.Effect {
	t.Helper()
	return w.Play(bot.Event{Kind: bot.Submit, From: from, Action: bot.Do("emergency", "save", id),
		Values: map[string]string{"name": name, "phone": phone, "user": user},
		Picked: map[string]bot.Picked{"user": {ID: user, Affiliation: is}}})
}

func card(t *testing.T, w *bottest.Scene, from bot.Person) string {
	t.Helper()
	return bottest.Lines(w.Play(bot.Event{Kind: bot.Command, From: from})[0].(bot.Answer).View)
}

func TestAnEmptyCardSaysWhereToLook(t *testing.T) {
	got := card(t, world(t), olga)
	for _, want := range []string{"Decide now who leads", "the number on a card or statement", "the number is on the policy", "Partner Ltd, +1 555 0199", "not legal advice"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on the card:\n%s", want, got)
		}
	}
}

func TestTheCardKeepsItsOrder(t *testing.T) {
	w := world(t)
	for _, id := range []string{"bank", "leader", "incident", "insurer", "helper", "adviser", "police", "voice"} {
		save(t, w, olga, id, "N-"+id, "555 0100", "", "")
	}
	rest := card(t, w, olga)
	for _, id := range []string{"bank", "leader", "incident", "insurer", "helper", "adviser", "police", "voice"} {
		_, after, found := strings.Cut(rest, "N-"+id)
		if !found {
			t.Fatalf("%s is missing or too early in\n%s", id, rest)
		}
		rest = after
	}
}

func TestOnlyThoseWhoDecideReadTheCard(t *testing.T) {
	w := world(t)
	save(t, w, olga, "insurer", "Secure Mutual", "555 0177", "", "")
	save(t, w, olga, "leader", "Kim", "555 0122", "kim", bot.Home)
	save(t, w, olga, "concerns", "Mary", "", "mary", bot.Home)
	for name, c := range map[string]struct {
		from bot.Person
		may  bool
	}{
		"owner":                          {olga, true},
		"named":                          {kim, true},
		"it":                             {bot.Person{ID: "ira", Affiliation: bot.Home, Role: bot.IT}, true},
		"partner":                        {bot.Person{ID: "pat", Affiliation: bot.Home, Role: bot.Partner}, true},
		"staff":                          {sam, false},
		"whom people tell their worries": {bot.Person{ID: "mary", Affiliation: bot.Home}, false},
		"guest":                          {guest, false},
		"foreign owner by the records":   {bot.Person{ID: "olga", Role: bot.Owner}, false},
	} {
		if got := strings.Contains(card(t, w, c.from), "Secure Mutual"); got != c.may {
			t.Errorf("%s reads the card: %v", name, got)
		}
	}
}

func TestEveryOwnerAndTheOldContactLearnOfAChange(t *testing.T) {
	w := world(t)
	save(t, w, olga, "incident", "Kim", "555 0122", "kim", bot.Home)
	told := map[string]string{}
	for _, e := range save(t, w, olga, "incident", "Acme IT", "555 0100", "", "") {
		if s, ok := e.(bot.Show); ok {
			told[s.To.User] = bottest.Lines(s.View)
		}
	}
	if !strings.Contains(told["otto"], "now Acme IT, 555 0100") || !strings.Contains(told["otto"], "Before, it was Kim, 555 0122") {
		t.Errorf("the other owner reads %q", told["otto"])
	}
	if !strings.Contains(told["kim"], "no longer on the emergency card") || strings.Contains(told["kim"], "555 0100") {
		t.Errorf("the old contact reads %q", told["kim"])
	}
	if _, ok := told["olga"]; ok {
		t.Error("whoever changed it is told twice")
	}
	if len(told) != 2 {
		t.Errorf("%d people are told, want two", len(told))
	}
}

func TestAChangeShowsForFourteenDays(t *testing.T) {
	w := world(t)
	save(t, w, olga, "bank", "First Bank", "555 0130", "", "")
	for days, want := range map[int]string{0: "changed today by Olga", 1: "changed yesterday by Olga", 14: "changed 14 days ago by Olga", 15: ""} {
		w.Now = start.Add(time.Duration(days) * 24 * time.Hour)
		got := card(t, w, olga)
		if strings.Contains(got, "by Olga") != (want != "") || !strings.Contains(got, want) {
			t.Errorf("after %d days: want %q in\n%s", days, want, got)
		}
	}
}

func TestOnlyOwnersChangeNumbers(t *testing.T) {
	w := world(t)
	for _, from := range []bot.Person{sam, kim, guest} {
		save(t, w, from, "bank", "My own bank", "555 6666", "", "")
		press(t, w, from, bot.Do("emergency", "hand-out"))
	}
	if len(w.Docs) != 0 {
		t.Errorf("something was stored: %v", w.Docs)
	}
}

func TestWhatCannotBeDialledIsRefused(t *testing.T) {
	w := world(t)
	for _, c := range []struct{ name, phone, user, field string }{
		{"", "555 0100", "", "name"},
		{"Kim", "call me", "", "phone"},
		{"Kim", "", "", "phone"},
		{"Gus", "555 0100", "gus", "user"},
	} {
		got := save(t, w, olga, "incident", c.name, c.phone, c.user, bot.Guest)
		refused, ok := got[0].(bot.Refuse)
		if !ok || refused.Why[c.field] == "" {
			t.Errorf("%+v: got %v, want a word on %s", c, got, c.field)
		}
	}
}

func TestItsPeopleGetTheCardAsAFile(t *testing.T) {
	w := world(t)
	save(t, w, olga, "leader", "Kim", "555 0122", "kim", bot.Home)
	got := map[string]bool{}
	for _, e := range press(t, w, olga, bot.Do("emergency", "hand-out")) {
		if s, ok := e.(bot.Send); ok {
			got[s.To.User] = true
			d := bot.NewDocs()
			d.Add(bot.Stored{Key: company.ContactsOf.Key(company.ContactsID), Version: 1, Body: w.Docs[company.ContactsOf.Key(company.ContactsID)]})
			f, err := w.Flows["emergency"].File(d, s.File, w.Now)
			if err != nil || !strings.Contains(string(f.Body), "In charge: Kim, 555 0122.") || f.Name != "emergency-card.txt" {
				t.Errorf("file %q: %s %v", f.Name, f.Body, err)
			}
		}
	}
	for _, who := range []string{"kim", "olga", "otto"} {
		if !got[who] {
			t.Errorf("%s does not get it; %v do", who, got)
		}
	}
}

func TestEveryButtonIsAnswered(t *testing.T) {
	for _, from := range []bot.Person{olga, sam} {
		w := world(t)
		card(t, w, olga)
		kept := w.Buttons[:0]
		for _, b := range append(w.Buttons, bot.Press("old", bot.Do("emergency", "edit", "nothing")), bot.Press("old", bot.Do("emergency", "gone"))) {
			if b.Action.Flow == "emergency" {
				kept = append(kept, b)
			}
		}
		for _, b := range kept {
			press(t, w, from, b.Action)
		}
	}
}
