package handoff_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/handoff"
)

var (
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home}
	kim   = bot.Person{ID: "kim", Name: "Kim", Affiliation: bot.Home}
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	guest = bot.Person{ID: "gus", Name: "Gus", Affiliation: bot.Guest}
)

// monday is a working day; Friday is four days later.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// office is a company with a help desk, an IT person with a deputy, and a
// provider outside.
func office(t testing.TB) *bottest.Scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{handoff.New(lib, func(string) []string { return []string{"olga"} })}, monday), Flow: "handoff"}
	w.Rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 40}, "C2": {Name: "#partners", Kind: bot.Shared, People: 9}}
	bottest.Put(t, w.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{
			"desk": {Name: "#it-help", Channel: "C1"}, "open": {Name: "#partners", Channel: "C2"},
			"robin": {Name: "Robin", User: "robin"}, "kim": {Name: "Kim", User: "kim"},
			"acme": {Name: "Acme IT", Phone: "555-0100", Email: "help@acme.example"},
		},
		Duties: map[string]company.Duty{
			"printer-scanner":      {Does: "desk"},
			"website-domain":       {Does: "open"},
			"wifi-network":         {Does: "acme"},
			"software-trouble":     {Does: "robin", Deputy: "kim"},
			company.GroupEmergency: {Does: "desk", Deputy: "kim"},
		},
	})
	bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Robin", Phone: "555-0122", User: "robin"}})
	return w
}

// drafted is the preview of a text about a topic, and the id of its note.
func drafted(t testing.TB, w *bottest.Scene, topic, text string) (v bot.View, id string) {
	t.Helper()
	effects := w.Play(bot.Event{Kind: bot.Submit, From: sam, Action: bot.Do("handoff", "written", topic, ""), Values: map[string]string{"text": text}})
	v = effects[0].(bot.Answer).View
	return v, v.Actions()[0].Action.Arg(0)
}

// read is what each address reads of some effects.
func read(effects []bot.Effect) map[bot.Address]string {
	all := map[bot.Address]string{}
	for _, e := range effects {
		if s, ok := e.(bot.Show); ok {
			all[s.To] += bottest.Lines(s.View) + "\n"
		}
	}
	return all
}

func note(t testing.TB, w *bottest.Scene, id string) handoff.Note {
	t.Helper()
	n, err := handoff.Notes.Decode(w.Docs[handoff.Notes.Key(id)])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheAskerSeesTheExactWordsAndTheirReaders(t *testing.T) {
	w := office(t)
	v, id := drafted(t, w, "printer-scanner", "The printer is jammed, see http://evil.example/x")
	got := bottest.Lines(v)
	for _, want := range []string{"Send this to #it-help?", "everybody in #it-help, 40 people, with your name", "hxxp://evil[.]example/x", "[Send]", "[Change the text]", "[Send to somebody else]", "[Don't send]"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	sent := read(w.Press(sam, "send", id))
	if text := sent[bot.Address{Channel: "C1"}]; !strings.Contains(text, "Sam asks for your help") || !strings.Contains(text, "hxxp://evil[.]example/x") {
		t.Errorf("the channel reads %q", text)
	}
}

func TestNothingIsSentBeforeSend(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "printer-scanner", "jammed")
	if len(w.Timers) > 0 {
		t.Errorf("timers %v", w.Timers)
	}
	w.Press(sam, "drop", id)
	if _, there := w.Docs[handoff.Notes.Key(id)]; there {
		t.Error("a draft that was dropped is kept")
	}
}

func TestUrgentNotesGoToPeopleAlone(t *testing.T) {
	w := office(t)
	v, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
	if got := bottest.Lines(v); !strings.Contains(got, "Robin alone") {
		t.Errorf("it goes to %s", got)
	}
	text := read(w.Press(sam, "send", id))[bot.To("robin")]
	if !strings.Contains(text, "Phone Sam before you act, on a number that you know") {
		t.Errorf("the receiver reads %q", text)
	}
	for _, channel := range []string{"C1", ""} {
		_, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
		got := w.Play(bot.Event{Kind: bot.Submit, From: sam, Action: bot.Do("handoff", "chosen", id), Values: map[string]string{"channel": channel},
			Picked: map[string]bot.Picked{"channel": {ID: channel, Room: w.Rooms[channel]}}})
		if _, refused := got[0].(bot.Refuse); !refused {
			t.Errorf("an urgent note may go to the channel %q", channel)
		}
	}
}

func TestChannelsThatOthersReadAreRefused(t *testing.T) {
	w := office(t)
	v, id := drafted(t, w, "website-domain", "the site is down")
	if !strings.Contains(v.Title, "People of other companies may read") {
		t.Errorf("got %q", v.Title)
	}
	if sent := read(w.Press(sam, "send", id)); len(sent) > 0 {
		t.Errorf("it was sent: %v", sent)
	}
	_, id = drafted(t, w, "printer-scanner", "jammed")
	w.Rooms["C1"] = bot.Room{Name: "#it-help", Kind: bot.Shared}
	if sent := read(w.Press(sam, "send", id)); len(sent) > 0 {
		t.Errorf("it was sent though the channel is shared now: %v", sent)
	}
}

func TestSomebodyOutsideIsPhonedOrWrittenTo(t *testing.T) {
	w := office(t)
	v, id := drafted(t, w, "wifi-network", "no wifi")
	if got := bottest.Lines(v); !strings.Contains(got, "Phone 555-0100, or write to help@acme.example.") || strings.Contains(got, "[Send]") || !strings.Contains(got, "no wifi") {
		t.Errorf("got %s", got)
	}
	if sent := read(w.Press(sam, "send", id)); len(sent) > 0 {
		t.Errorf("it was sent: %v", sent)
	}
}

func TestItIsTakenBackWithinTenMinutes(t *testing.T) {
	for minutes, want := range map[int]bool{0: true, 10: true, 11: false} {
		w := office(t)
		_, id := drafted(t, w, "software-trouble", "it crashes with a secret word")
		w.Press(sam, "send", id)
		w.Now = w.Now.Add(time.Duration(minutes) * time.Minute)
		w.Press(kim, "withdraw", id)
		edits := read(w.Press(sam, "withdraw", id))
		if got := strings.Contains(edits[bot.To("robin")], "Withdrawn by Sam"); got != want {
			t.Errorf("after %d minutes it is withdrawn: %v", minutes, got)
		}
		if kept := strings.Contains(string(w.Docs[handoff.Notes.Key(id)]), "secret"); kept == want {
			t.Errorf("after %d minutes the text is kept: %v", minutes, kept)
		}
		if len(w.Timers) > 0 == want {
			t.Errorf("after %d minutes the timers are %v", minutes, w.Timers)
		}
	}
}

func TestWhoeverTakesItIsNamedToTheAsker(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "software-trouble", "it crashes")
	w.Press(sam, "send", id)
	w.Press(kim, "take", id)
	if got := note(t, w, id).State; got != handoff.Open {
		t.Errorf("somebody took a note that never came to them: %s", got)
	}
	told := read(w.Press(robin, "take", id))
	if !strings.Contains(told[bot.To("sam")], "Robin has it") || !strings.Contains(told[bot.To("robin")], "Robin has it") || len(w.Timers) > 0 {
		t.Errorf("told %v, timers %v", told, w.Timers)
	}
	again := w.Press(robin, "take", id)
	if v := again[0].(bot.Answer).View; v.Title != "You have it already, and Sam knows" || len(again) != 1 {
		t.Errorf("pressed again: %v", again)
	}
}

func TestSilenceOnAnUrgentNoteGoesToTheDeputyThenTheOwner(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
	w.Press(sam, "send", id)
	for i, who := range []string{"kim", "olga"} {
		seen := len(w.Texts)
		if fired, err := w.Fire(); !fired || err != nil {
			t.Fatal(fired, err)
		}
		if got := w.Now.Sub(monday); got != time.Duration(i+1)*10*time.Minute {
			t.Errorf("%s is asked after %v", who, got)
		}
		if n := note(t, w, id); n.To.User != who {
			t.Errorf("now %s is asked, want %s", n.To.User, who)
		}
		if got := strings.Join(w.Texts[seen:], "\n"); !strings.Contains(got, "I have asked") {
			t.Errorf("the asker reads %q", got)
		}
	}
	seen := len(w.Texts)
	if _, err := w.Fire(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(w.Texts[seen:], "\n"); !strings.Contains(got, "Nobody has answered yet") || len(w.Timers) > 0 {
		t.Errorf("at the end they read %q, timers %v", got, w.Timers)
	}
}

// Who reads an urgent note only after the asker was told that nobody answers can
// still have it: the asker is not left alone, and is not asked again whether
// they reached somebody.
func TestANoteThatNobodyAnsweredCanStillBeTaken(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "lost-stolen-device", "my laptop is gone")
	w.Press(sam, "send", id)
	for range 3 {
		if _, err := w.Fire(); err != nil {
			t.Fatal(err)
		}
	}
	if got := note(t, w, id).State; got != handoff.Closed {
		t.Fatalf("it is %s", got)
	}
	if v := w.Press(kim, "not-mine", id)[0].(bot.Answer).View; v.Title != "Nobody has it yet" {
		t.Errorf("not theirs, late: %q", v.Title)
	}
	w.Timers["who/"+company.TimerDealt+"sam"] = w.Now
	told := read(w.Press(kim, "take", id))
	if !strings.Contains(told[bot.To("sam")], "Kim has it") || !strings.Contains(told[bot.To("olga")], "Kim has it") || len(w.Timers) > 0 {
		t.Errorf("taken late: told %v, timers %v", told, w.Timers)
	}
	if v := w.Press(olga, "take", id)[0].(bot.Answer).View; v.Title != "Kim has it already" {
		t.Errorf("taken twice: %q", v.Title)
	}
}

func TestSilenceOnOtherNotesWaitsAWorkingDay(t *testing.T) {
	for sent, want := range map[time.Time]time.Time{
		monday:                  monday.AddDate(0, 0, 1),
		monday.AddDate(0, 0, 4): monday.AddDate(0, 0, 7),
		monday.AddDate(0, 0, 4).Add(11 * time.Hour): monday.AddDate(0, 0, 8).Add(-time.Hour),
		monday.Add(10 * time.Hour):                  monday.AddDate(0, 0, 2).Add(-time.Hour),
		monday.Add(-5 * time.Hour):                  monday.AddDate(0, 0, 1).Add(-time.Hour),
		monday.AddDate(0, 0, 5).Add(3 * time.Hour):  monday.AddDate(0, 0, 8).Add(-time.Hour),
		monday.AddDate(0, 0, 3).Add(11 * time.Hour): monday.AddDate(0, 0, 7).Add(-time.Hour),
	} {
		w := office(t)
		w.Now = sent
		_, id := drafted(t, w, "software-trouble", "it crashes")
		w.Press(sam, "send", id)
		if got := w.Timers["handoff/"+id+"/silence"]; !got.Equal(want) {
			t.Errorf("sent %s: it goes on at %s, want %s", sent.Format("Mon 15:04"), got.Format("Mon 15:04"), want.Format("Mon 15:04"))
		}
	}
}

func TestNotMineGoesOnAtOnce(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "software-trouble", "it crashes")
	w.Press(sam, "send", id)
	told := read(w.Press(robin, "not-mine", id))
	if !strings.Contains(told[bot.To("kim")], "it crashes") || !strings.Contains(told[bot.To("sam")], "Robin passed it on. I have asked Kim") {
		t.Errorf("told %v", told)
	}
}

func TestWhatCannotBeDeliveredIsSaidAtOnceWithTheWords(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "software-trouble", "it crashes")
	w.Press(sam, "send", id)
	told := read(w.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "handoff/" + id, To: bot.To("robin"), Reason: "they left"}}))
	if got := told[bot.To("sam")]; !strings.Contains(got, "I could not reach Robin: they left.") || !strings.Contains(got, "it crashes") || len(w.Timers) > 0 {
		t.Errorf("the asker reads %q, timers %v", got, w.Timers)
	}
	_, id = drafted(t, w, "lost-stolen-device", "my laptop is gone")
	w.Press(sam, "send", id)
	told = read(w.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "handoff/" + id, To: bot.To("robin"), Reason: "they left"}}))
	if !strings.Contains(told[bot.To("kim")], "my laptop is gone") {
		t.Errorf("what is urgent stops there: %v", told)
	}
}

func TestTheOwnersAreToldOnceADayThatNoNumberIsSaved(t *testing.T) {
	w := office(t)
	if late := w.Press(sam, "no-number"); len(late) != 1 || !strings.Contains(bottest.Lines(late[0].(bot.Answer).View), "Robin, 555-0122") {
		t.Errorf("with a number, %v", late)
	}
	delete(w.Docs, company.ContactsOf.Key(company.ContactsID))
	first, second := read(w.Press(sam, "no-number")), read(w.Press(kim, "no-number"))
	if !strings.Contains(first[bot.To("olga")], "none is saved") || strings.Contains(first[bot.To("olga")], "Sam") || len(second) > 0 {
		t.Errorf("first %v, then %v", first, second)
	}
}

func TestOthersSeeNothingOfANote(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "software-trouble", "it crashes with a secret word")
	for _, who := range []bot.Person{kim, olga, guest} {
		for _, verb := range []string{"preview", "change", "other", "send", "drop", "withdraw", "take", "not-mine", "no-such-verb"} {
			for _, e := range w.Press(who, verb, id) {
				if a, ok := e.(bot.Answer); ok && strings.Contains(bottest.Lines(a.View), "secret") {
					t.Errorf("%s reads it by %s", who.Name, verb)
				}
				if _, ok := e.(bot.Open); ok {
					t.Errorf("%s opens the form by %s", who.Name, verb)
				}
			}
		}
	}
	if note(t, w, id).State != handoff.Draft {
		t.Error("somebody else sent it")
	}
}

func TestSomebodyElseIsChosenFromThoseWhoWorkHere(t *testing.T) {
	w := office(t)
	_, id := drafted(t, w, "printer-scanner", "jammed")
	choose := func(user string, is bot.Affiliation) []bot.Effect {
		return w.Play(bot.Event{Kind: bot.Submit, From: sam, Action: bot.Do("handoff", "chosen", id), Values: map[string]string{"user": user},
			Picked: map[string]bot.Picked{"user": {ID: user, Name: "Kim", Affiliation: is}}})
	}
	for user, is := range map[string]bot.Affiliation{"gus": bot.Guest, "x": bot.Foreign, "sam": bot.Home, "": bot.Home} {
		if _, refused := choose(user, is)[0].(bot.Refuse); !refused {
			t.Errorf("%q is accepted", user)
		}
	}
	if v := choose("kim", bot.Home)[0].(bot.Answer).View; v.Title != "Send this to Kim?" {
		t.Errorf("got %q", v.Title)
	}
}
