package handoff_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/handoff"
)

// reported is the preview of a report, and the id of its note.
func reported(t testing.TB, e []bot.Effect) (v bot.View, id string) {
	t.Helper()
	v = e[0].(bot.Answer).View
	if all := v.Actions(); len(all) > 0 {
		id = all[0].Action.Arg(0)
	}
	return v, id
}

func TestWhoHasPhonedTellsTheOthersInOneGo(t *testing.T) {
	w := office(t)
	v, id := reported(t, w.Press(sam, "called", "lost-stolen-device", "stolen"))
	got := bottest.Lines(v)
	for _, want := range []string{"Tell Robin and Kim?", "Robin and Kim alone, with your name", "It was stolen. I have phoned for help", "[Send]", "[Change the text]"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	sent := read(w.Press(sam, "send", id))
	for _, who := range []string{"robin", "kim"} {
		if text := sent[bot.To(who)]; !strings.Contains(text, "Sam reports: A lost or stolen device") || !strings.Contains(text, "It was stolen.") || !strings.Contains(text, "before you act") {
			t.Errorf("%s reads %q", who, text)
		}
	}
	if len(sent) != 2 || len(w.Timers) > 0 {
		t.Errorf("it went to %d, timers %v", len(sent), w.Timers)
	}
	if again := read(w.Press(sam, "send", id)); len(again) > 0 {
		t.Errorf("pressed twice, it is sent twice: %v", again)
	}
	taken := read(w.Press(sam, "withdraw", id))
	if !strings.Contains(taken[bot.To("kim")], "Withdrawn by Sam") || strings.Contains(string(w.Docs[handoff.Notes.Key(id)]), "phoned for help") {
		t.Errorf("taken back: %v", taken)
	}
}

// In direct messages an answer stands where the steps were.
func TestWhoTellsOthersFindsTheStepsAgain(t *testing.T) {
	const steps = "[Back to the steps]"
	for name, preview := range map[string]func(w *bottest.Scene) []bot.Effect{
		"a report": func(w *bottest.Scene) []bot.Effect { return w.Press(sam, "called", "lost-stolen-device", "stolen") },
		"a note": func(w *bottest.Scene) []bot.Effect {
			return w.Play(bot.Event{Kind: bot.Submit, From: sam, Action: bot.Do("handoff", "written", "lost-stolen-device", "stolen"), Values: map[string]string{"text": "it is gone"}})
		},
	} {
		if got := bottest.Lines(preview(office(t))[0].(bot.Answer).View); !strings.Contains(got, steps) {
			t.Errorf("%s to send has no way back: %s", name, got)
		}
	}
	for inCase, want := range map[string]bot.Action{
		"stolen": bot.Do("who", "case", "lost-stolen-device", "stolen", ""),
		"":       bot.Do("who", "topic", "lost-stolen-device"), // which case it is nobody knows yet
	} {
		for _, verb := range []string{"send", "drop"} {
			w := office(t)
			_, id := reported(t, w.Press(sam, "called", "lost-stolen-device", inCase))
			said := w.Press(sam, verb, id)
			v := said[len(said)-1].(bot.Answer).View
			if got := bottest.Lines(v); !strings.Contains(got, steps) || v.Actions()[0].Action.String() != want.String() {
				t.Errorf("%s, case %q: %s", verb, inCase, got)
			}
		}
	}
	w := office(t)
	_, id := drafted(t, w, "software-trouble", "it crashes")
	said := w.Press(sam, "send", id)
	if got := bottest.Lines(said[len(said)-1].(bot.Answer).View); strings.Contains(got, steps) {
		t.Errorf("there are no steps: %s", got)
	}
}

func TestAReportOfNothingUrgentIsNone(t *testing.T) {
	w := office(t)
	for _, topic := range []string{"printer-scanner", "no-such-topic", ""} {
		if v, _ := reported(t, w.Press(sam, "called", topic, "")); v.Title != "That is over, and nothing was sent just now" {
			t.Errorf("%q makes %q", topic, v.Title)
		}
	}
	if len(w.Docs) != 2 {
		t.Errorf("documents stayed: %v", w.Docs)
	}
}

func TestWithNobodyElseTheOwnersAreTold(t *testing.T) {
	w := office(t)
	bottest.Put(t, w.World, company.Maps, company.MapID, company.Map{})
	delete(w.Docs, company.ContactsOf.Key(company.ContactsID))
	if v, _ := reported(t, w.Press(sam, "called", "lost-stolen-device", "")); v.Title != "Tell the owner?" {
		t.Errorf("got %q", v.Title)
	}
	if v, _ := reported(t, w.Press(olga, "called", "lost-stolen-device", "")); v.Title != "Nobody else is here in chat to tell" {
		t.Errorf("the only owner reads %q", v.Title)
	}
}

// The configuration names owners by their ids alone.
func TestOwnersWithoutANameAreNotOneAndTheSame(t *testing.T) {
	for owners, want := range map[string]string{
		"olga":           "Tell the owner?",
		"olga otto":      "Tell the owner and another owner?",
		"olga otto owen": "Tell the owner and 2 other owners?",
		"sam olga otto":  "Tell the owner and another owner?",
	} {
		lib := contenttest.BuiltIn(t)
		w := &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{handoff.New(lib, func(string) []string { return strings.Fields(owners) })}, monday), Flow: "handoff"}
		if v, _ := reported(t, w.Press(sam, "called", "lost-stolen-device", "")); v.Title != want {
			t.Errorf("%s: got %q, want %q", owners, v.Title, want)
		}
	}
}

func TestAReportThatDoesNotArriveIsSaid(t *testing.T) {
	w := office(t)
	_, id := reported(t, w.Press(sam, "called", "lost-stolen-device", "stolen"))
	w.Press(sam, "send", id)
	told := read(w.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "handoff/" + id, To: bot.To("kim"), Reason: "they left"}}))
	if got := told[bot.To("sam")]; !strings.Contains(got, "I could not reach Kim: they left.") || !strings.Contains(got, "It was stolen.") {
		t.Errorf("they read %q", got)
	}
}

func TestWhereNobodyAnswersTheOwnerIsAsked(t *testing.T) {
	w := office(t)
	v, id := drafted(t, w, "no-answer", "the server room is hot")
	if v.Title != "Send this to the owner?" {
		t.Errorf("got %q", v.Title)
	}
	if got := read(w.Press(sam, "send", id))[bot.To("olga")]; !strings.Contains(got, "Now · Sam needs you · Nobody answers the phone") || !strings.Contains(got, "Robin, 555-0122") {
		t.Errorf("the owner reads %q", got)
	}
}
