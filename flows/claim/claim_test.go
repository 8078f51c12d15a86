package claim_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/claim"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
)

const code = "K7QF-2M6X-H4TB"

var (
	monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	sam    = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
)

// newWorld is a company for which a code waits until tomorrow.
func newWorld(t *testing.T) *bottest.World {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := bottest.NewWorld([]bot.Flow{claim.New(lib, func(string) []string { return []string{"configured"} })}, monday)
	bottest.Put(t, w, company.Codes, company.CodeID, company.NewCode(code, monday.Add(24*time.Hour)))
	return w
}

func try(t *testing.T, w *bottest.World, text string) []bot.Effect {
	t.Helper()
	effects, err := w.Do("claim", bot.Event{Kind: bot.Command, Text: text, From: sam})
	if err != nil {
		t.Fatal(err)
	}
	return effects
}

func title(t *testing.T, effects []bot.Effect) string {
	t.Helper()
	for _, x := range effects {
		if a, ok := x.(bot.Answer); ok {
			return a.View.Title
		}
	}
	t.Fatalf("nothing was answered: %+v", effects)
	return ""
}

func owners(t *testing.T, w *bottest.World) int {
	t.Helper()
	roles, err := bot.RolesDoc.Decode(w.Docs["company/roles"])
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range roles.People {
		if m.Role == bot.Owner {
			n++
		}
	}
	return n
}

func TestTheCodeMakesAnOwnerOnceAndTheOtherOwnersAreTold(t *testing.T) {
	w := newWorld(t)
	effects := try(t, w, strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	if got := title(t, effects); got != "You are an owner now" || owners(t, w) != 1 {
		t.Fatalf("%q, %d owners", got, owners(t, w))
	}
	told := ""
	for _, x := range effects {
		if show, ok := x.(bot.Show); ok {
			told += show.To.User + ": " + show.View.Title
		}
	}
	if told != "configured: There is a new owner: Sam" {
		t.Errorf("told %q", told)
	}
	if got := title(t, try(t, w, code)); got != "No code is waiting" {
		t.Errorf("a second time: %q", got)
	}
}

func TestTenWrongCodesEndIt(t *testing.T) {
	w := newWorld(t)
	for i := range company.CodeTries {
		if got := title(t, try(t, w, "WRONG")); got != "That is not the code" {
			t.Fatalf("try %d: %q", i, got)
		}
	}
	if got := title(t, try(t, w, code)); got != "No code is waiting" {
		t.Errorf("after ten wrong ones the right one gets %q", got)
	}
}

func TestACodeEndsTomorrow(t *testing.T) {
	w := newWorld(t)
	w.Now = monday.Add(25 * time.Hour)
	if got := title(t, try(t, w, code)); got != "No code is waiting" {
		t.Errorf("after a day: %q", got)
	}
}

func TestWithoutACodeItSaysWhereThereIsOne(t *testing.T) {
	if got := title(t, try(t, newWorld(t), "")); got != "A code makes you an owner" {
		t.Error(got)
	}
}
