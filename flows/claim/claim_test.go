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

// newScene is a company for which a code waits until tomorrow.
func newScene(t *testing.T) *bottest.Scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := bottest.NewWorld([]bot.Flow{claim.New(lib, func(string) []string { return []string{"configured"} })}, monday)
	bottest.Put(t, w, company.Codes, company.CodeID, company.NewCode(code, monday.Add(24*time.Hour)))
	return &bottest.Scene{TB: t, World: w, Flow: "claim"}
}

func title(effects []bot.Effect) string { return bottest.Answered(effects).Title }

// Whoever asks in words how to become an owner is told, and no try is lost.
func TestHowToBecomeAnOwnerIsAskedInWords(t *testing.T) {
	s := newScene(t)
	for _, text := range []string{"how do i become owner", "make me an owner", "i am the owner"} {
		if got := title(s.Type(sam, text)); got != "A code makes you an owner" {
			t.Errorf("%q is answered with %q", text, got)
		}
	}
	if tries := bottest.Get(t, s.World, company.Codes, company.CodeID).Tries; tries != 0 {
		t.Errorf("%d tries are lost", tries)
	}
}

func TestTheCodeMakesAnOwnerOnceAndTheOtherOwnersAreTold(t *testing.T) {
	s := newScene(t)
	effects := s.Type(sam, strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	if got := title(effects); got != "You are an owner now" {
		t.Fatalf("%q", got)
	}
	if roles := bottest.Get(t, s.World, bot.RolesDoc, bot.RolesID); len(roles.People) != 1 || roles.People["sam"].Role != bot.Owner {
		t.Errorf("the roles are %+v", roles)
	}
	if told := bottest.Told(effects); len(told) != 1 || told["configured"].Title != "There is a new owner: Sam" {
		t.Errorf("told %+v", told)
	}
	if got := title(s.Type(sam, code)); got != "No code is waiting" {
		t.Errorf("a second time: %q", got)
	}
}

func TestTenWrongCodesEndIt(t *testing.T) {
	s := newScene(t)
	for i := range company.CodeTries {
		if got := title(s.Type(sam, "WRONG")); got != "That is not the code" {
			t.Fatalf("try %d: %q", i, got)
		}
	}
	if got := title(s.Type(sam, code)); got != "No code is waiting" {
		t.Errorf("after ten wrong ones the right one gets %q", got)
	}
}

func TestACodeEndsTomorrow(t *testing.T) {
	s := newScene(t)
	s.Now = monday.Add(25 * time.Hour)
	if got := title(s.Type(sam, code)); got != "No code is waiting" {
		t.Errorf("after a day: %q", got)
	}
}

func TestWithoutACodeItSaysWhereThereIsOne(t *testing.T) {
	if got := title(newScene(t).Type(sam, "")); got != "A code makes you an owner" {
		t.Error(got)
	}
}
