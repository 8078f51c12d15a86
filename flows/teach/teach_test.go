package teach_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/match"
	"secadvisor/flows/teach"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
	guest = bot.Person{ID: "gus", Name: "Gus", Affiliation: bot.Guest}
)

func world(t *testing.T, owners ...string) *bottest.Scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	flow := teach.New(lib, func(string) []string { return owners })
	return &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{flow}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), Flow: "teach"}
}

func submit(t *testing.T, w *bottest.Scene, from bot.Person, a bot.Action, values map[string]string) []bot.Effect {
	t.Helper()
	return w.Play(bot.Event{Kind: bot.Submit, From: from, Action: a, Values: values})
}

func taught(t *testing.T, w *bottest.Scene) []company.Phrase {
	return bottest.Get(t, w.World, company.Taughts, company.TaughtID).Phrases
}

// waiting is the id of the one question that waits.
func waiting(t *testing.T, w *bottest.Scene) string {
	t.Helper()
	for key := range w.Docs {
		if id, ok := strings.CutPrefix(key, "passed/"); ok {
			return id
		}
	}
	return ""
}

func TestAPhraseOfTheCompanysOwnIsLearned(t *testing.T) {
	w := world(t)
	submit(t, w, olga, bot.Do("teach", "taught", ""), map[string]string{"says": "who handles the alarm code?", "title": "The alarm code", "note": "Ask in person."})
	got := taught(t, w)
	if len(got) != 1 || !strings.HasPrefix(got[0].Topic, "own.") {
		t.Fatalf("taught %+v", got)
	}
	own := bottest.Get(t, w.World, company.Maps, company.MapID).Own[got[0].Topic]
	if own != (company.OwnTopic{Title: "The alarm code", Note: "Ask in person."}) {
		t.Errorf("topic %+v", own)
	}
	asked := match.Key("Whats the alarm code please, who do i ask?")
	if diff := len(asked) - len(got[0].Key); diff != 0 || asked[0] != got[0].Key[0] {
		t.Errorf("asked in other words it has the key %v, taught %v", asked, got[0].Key)
	}
}

func TestTheSameWordsAreTaughtOnce(t *testing.T) {
	w := world(t)
	for _, topic := range []string{"printer-scanner", "wifi-network"} {
		submit(t, w, olga, bot.Do("teach", "taught", ""), map[string]string{"says": "the beast is angry", "topic": topic})
	}
	if got := taught(t, w); len(got) != 1 || got[0].Topic != "wifi-network" {
		t.Errorf("taught %+v", got)
	}
}

func TestForgettingTheLastPhraseForgetsItsTopic(t *testing.T) {
	w := world(t)
	submit(t, w, olga, bot.Do("teach", "taught", ""), map[string]string{"says": "alarm code", "title": "The alarm code"})
	list := w.Play(bot.Event{Kind: bot.Command, From: olga})[0].(bot.Answer).View
	forgot := false
	for _, b := range list.Actions() {
		if b.Action.Verb == "forget" {
			w.Press(olga, "forget", b.Action.Args...)
			forgot = true
		}
	}
	if m := bottest.Get(t, w.World, company.Maps, company.MapID); !forgot || len(taught(t, w)) != 0 || len(m.Own) != 0 {
		t.Errorf("left: %v, %v", taught(t, w), m.Own)
	}
}

func TestWhatCannotBeTaughtIsRefused(t *testing.T) {
	w := world(t)
	for _, c := range []struct{ says, topic, title, field string }{
		{"who is it?", "printer-scanner", "", "says"},
		{"alarm code", "", "", "topic"},
		{"alarm code", "printer-scanner", "Both", "title"},
		{"alarm code", "no-such-topic", "", "topic"},
	} {
		got := submit(t, w, olga, bot.Do("teach", "taught", ""), map[string]string{"says": c.says, "topic": c.topic, "title": c.title})
		if r, ok := got[0].(bot.Refuse); !ok || r.Why[c.field] == "" {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if len(w.Docs) != 0 {
		t.Errorf("stored %v", w.Docs)
	}
}

func TestOnlyOwnersTeach(t *testing.T) {
	w := world(t, "olga")
	submit(t, w, sam, bot.Do("teach", "taught", ""), map[string]string{"says": "alarm code", "topic": "printer-scanner"})
	w.Press(sam, "forget", "1")
	if len(w.Docs) != 0 {
		t.Errorf("stored %v", w.Docs)
	}
}

func TestAQuestionIsPassedOnWithoutAName(t *testing.T) {
	w := world(t, "olga", "otto")
	effects := submit(t, w, sam, bot.Do("teach", "passed"), map[string]string{"says": "who handles the alarm code?", "sign": "no"})
	to := map[string]bool{}
	for _, e := range effects {
		if s, ok := e.(bot.Show); ok {
			to[s.To.User] = true
			if strings.Contains(s.View.Title, "Sam") {
				t.Errorf("the name is shown: %s", s.View.Title)
			}
		}
	}
	if !to["olga"] || !to["otto"] || len(to) != 2 {
		t.Errorf("it went to %v", to)
	}
	for key, body := range w.Docs {
		if strings.Contains(strings.ToLower(string(body)), "sam") {
			t.Errorf("%s holds who asked: %s", key, body)
		}
	}
}

func TestAnAnsweredQuestionIsClosedForEveryOwnerAndItsAsker(t *testing.T) {
	w := world(t, "olga", "otto")
	submit(t, w, sam, bot.Do("teach", "passed"), map[string]string{"says": "who handles the alarm code?", "sign": "yes"})
	id := waiting(t, w)
	form := w.Press(olga, "answer", id)[0].(bot.Open).Form
	if form.Fields[0].Value != "who handles the alarm code?" {
		t.Errorf("the form begins with %q", form.Fields[0].Value)
	}
	told := map[string]bool{}
	for _, e := range submit(t, w, olga, form.Action, map[string]string{"says": form.Fields[0].Value, "title": "The alarm code"}) {
		if s, ok := e.(bot.Show); ok {
			told[s.To.User] = true
		}
	}
	if !told["olga"] || !told["otto"] || !told["sam"] {
		t.Errorf("told: %v", told)
	}
	if len(taught(t, w)) != 1 || waiting(t, w) != "" {
		t.Errorf("taught %v, waiting %q", taught(t, w), waiting(t, w))
	}
	if v := w.Press(olga, "answer", id)[0].(bot.Answer).View; v.Title != "That question has been dealt with" {
		t.Errorf("pressed late: %q", v.Title)
	}
	w.Press(olga, "drop", id)
}

func TestNobodyFloodsTheOwners(t *testing.T) {
	w := world(t, "olga")
	for range 30 {
		submit(t, w, sam, bot.Do("teach", "passed"), map[string]string{"says": "again and again"})
	}
	n := 0
	for key := range w.Docs {
		if strings.HasPrefix(key, "passed/") {
			n++
		}
	}
	if n != 20 {
		t.Errorf("%d questions wait, want 20", n)
	}
}

func TestGuestsPassNothingOn(t *testing.T) {
	w := world(t, "olga")
	w.Press(guest, "pass")
	submit(t, w, guest, bot.Do("teach", "passed"), map[string]string{"says": "anything"})
	if len(w.Docs) != 0 {
		t.Errorf("stored %v", w.Docs)
	}
}
