package who_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/match"
	"secadvisor/flows/who"
)

var (
	owner   = bot.Person{ID: "olga", Affiliation: bot.Home, Role: bot.Owner}
	staff   = bot.Person{ID: "sam", Affiliation: bot.Home}
	guest   = bot.Person{ID: "gus", Affiliation: bot.Guest}
	foreign = bot.Person{ID: "eve"}
	unsure  = bot.Person{ID: "sam", Unsure: true}

	direct  = bot.Place{Channel: "D1", Kind: bot.Direct}
	channel = bot.Place{Channel: "C1", Kind: bot.Channel}
)

func flow(t testing.TB, lib *content.Library) bot.Flow {
	t.Helper()
	m, err := match.New(lib)
	if err != nil {
		t.Fatal(err)
	}
	return who.New(lib, m)
}

// world is a company; with a phone number it has saved whom to phone.
func world(t testing.TB, lib *content.Library, phone string) *bottest.Scene {
	t.Helper()
	w := &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{flow(t, lib)}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), Flow: "who"}
	if phone != "" {
		bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Acme IT", Phone: phone}})
	}
	return w
}

// ask types a text and returns the one answer to it.
func ask(t testing.TB, w *bottest.Scene, from bot.Person, text string) bot.View {
	t.Helper()
	effects := w.Play(bot.Event{Kind: bot.Message, From: from, Place: direct, Text: text})
	seen := 0
	for _, e := range effects {
		if _, timer := e.(bot.Set); !timer {
			seen++
		}
	}
	if seen != 1 {
		t.Fatalf("%q: got %v, want one answer to see", text, effects)
	}
	return view(t, effects[0])
}

func press(t testing.TB, w *bottest.Scene, from bot.Person, a bot.Action) bot.View {
	t.Helper()
	return view(t, w.Play(bot.Event{Kind: bot.Click, From: from, Place: direct, Action: a})[0])
}

func view(t testing.TB, effect bot.Effect) bot.View {
	t.Helper()
	switch x := effect.(type) {
	case bot.Answer:
		return x.View
	case bot.Show:
		return x.View
	}
	t.Fatalf("%T is nothing that somebody sees", effect)
	return bot.View{}
}

// words are all texts of a view.
func words(v bot.View) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}

func TestAnswerSaysWhoThenWhatFirst(t *testing.T) {
	v := ask(t, world(t, contenttest.BuiltIn(t), "555-0100"), staff, "who handles the printer in accounts?")
	if want := "● IT support · Printers and scanners"; v.Title != want {
		t.Errorf("the first line is %q, want %q", v.Title, want)
	}
	if got, want := v.Blocks[0].Text.Body, "At your company: ask whoever looks after your computers. In an emergency: Acme IT (555-0100)."; got != want {
		t.Errorf("then %q, want %q", got, want)
	}
	if v.Blocks[2].List == nil || !v.Blocks[2].List.Numbered {
		t.Errorf("then come no steps: %v", v.Blocks[2])
	}
}

func TestQuestionsLeaveNothing(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "")
	for _, text := range []string{"printer", "who does payroll?", "the thing with the codes", "my boss touches me", "mein Telefon ist weg, wer kann mir helfen"} {
		ask(t, w, staff, text)
	}
	if len(w.Docs) > 0 || len(w.Timers) > 0 {
		t.Errorf("documents %v and timers %v stayed", w.Docs, w.Timers)
	}
}

// Whoever says nothing after urgent steps is asked twice, alone: soon, and when
// they are next at work. Then it is over.
func TestWhoeverIsSilentAfterUrgentStepsIsAskedOnceMore(t *testing.T) {
	friday := time.Date(2026, 3, 6, 16, 0, 0, 0, time.UTC)
	for asked, more := range map[time.Time]time.Time{
		friday.AddDate(0, 0, -1):    friday.Add(-8 * time.Hour),
		friday:                      friday.Add(64 * time.Hour), // Monday, 08:00
		friday.Add(-14 * time.Hour): friday.Add(-2 * time.Hour), // after a night, on the same day
	} {
		w := world(t, contenttest.BuiltIn(t), "555-0100")
		w.Now = asked
		for range 2 {
			ask(t, w, staff, "i typed my password into that sharepoint thing")
		}
		if len(w.Docs) != 1 {
			t.Fatalf("documents %v", w.Docs)
		}
		for _, want := range []struct {
			text string
			at   time.Time
		}{{"Did you reach somebody?", asked.Add(10 * time.Minute)}, {"Is it dealt with?", more}} {
			seen := len(w.Texts)
			if fired, err := w.Fire(); !fired || err != nil {
				t.Fatal(fired, err)
			}
			if got := w.Texts[seen:]; len(got) != 1 || !strings.HasPrefix(got[0], want.text) || !w.Now.Equal(want.at) {
				t.Errorf("they read %q at %v, want %q at %v", got, w.Now, want.text, want.at)
			}
			if asked.Day() == more.Day() && strings.Contains(bottest.Lines(w.Views[seen]), "another day") {
				t.Errorf("they are asked again on the same day: %s", bottest.Lines(w.Views[seen]))
			}
			if got := words(press(t, w, staff, bot.Do("who", "next"))); !strings.Contains(got, "Acme IT: 555-0100") || !strings.Contains(got, "cable out") {
				t.Errorf("who comes next: %s", got)
			}
		}
		if len(w.Timers) > 0 {
			t.Errorf("they are asked a third time: %v", w.Timers)
		}
	}
}

// Whoever asks whom to phone, or says that nobody answers, gets the numbers, and
// no topic that sounds like it; what the company taught comes first.
func TestWhomToPhoneIsAnsweredByNumbers(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555-0100")
	for _, text := range []string{"who do i call", "emergency number", "nobody answers the phone"} {
		for who, want := range map[*bot.Person]string{&staff: "Tell the owner", &owner: "The emergency card", &guest: "What happened? First steps"} {
			v := ask(t, w, *who, text)
			if got := bottest.Lines(v); v.Title != "Phone, in this order" || !strings.Contains(got, want) || strings.Contains(got, "555-0100") != (who != &guest) {
				t.Errorf("%s asks %q: %s", who.ID, text, got)
			}
		}
	}
	m, err := match.New(contenttest.BuiltIn(t))
	if err != nil {
		t.Fatal(err)
	}
	key := m.Key("emergency number")
	bottest.Put(t, w.World, company.Taughts, company.TaughtID, company.Taught{Phrases: []company.Phrase{{Says: "emergency number", Key: key, Topic: "printer-scanner"}}})
	if v := ask(t, w, staff, "emergency number"); !strings.Contains(v.Title, "Printers") {
		t.Errorf("what was taught is answered with %q", v.Title)
	}
}

func TestWhoHasCalledTellsTheOthersAndIsNotAskedAgain(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555-0100")
	ask(t, w, staff, "i typed my password into that sharepoint thing")
	v := press(t, w, staff, bot.Do("who", "called", "clicked-phishing", "typed-password", ""))
	tell, back := v.Actions()[0].Action, v.Actions()[1].Action
	if got := tell.String(); got != "handoff/called/clicked-phishing/typed-password" {
		t.Errorf("the others are told by %s", got)
	}
	if v := press(t, w, staff, back); v.Title != "Act now · A fake page has your password" || len(w.Timers) > 0 {
		t.Errorf("back leads to %q, timers %v", v.Title, w.Timers)
	}
}

func TestWhereNobodyAnswersTheOwnerCanBeTold(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555-0100")
	for from, want := range map[*bot.Person]bool{&staff: true, &owner: false, &guest: false, &foreign: false} {
		got := strings.Contains(words(press(t, w, *from, bot.Do("who", "next"))), "handoff/tell/no-answer")
		if got != want {
			t.Errorf("%s may tell the owner: %v", from.ID, got)
		}
	}
}

func TestTheQuestionIsCancelledByWhoHasCalled(t *testing.T) {
	for _, a := range []bot.Action{bot.Do("who", "called", "clicked-phishing", "typed-password", ""), bot.Do("who", "reached"), bot.Do("who", "not", "clicked-phishing")} {
		w := world(t, contenttest.BuiltIn(t), "555-0100")
		ask(t, w, staff, "i typed my password into that sharepoint thing")
		press(t, w, staff, a)
		if len(w.Timers) > 0 {
			t.Errorf("after %v the timers are %v", a, w.Timers)
		}
	}
}

func TestUrgentAnswerIsKeptInDirectMessages(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555-0100")
	effects := w.Play(bot.Event{Kind: bot.Command, From: staff, Place: channel, Text: "i typed my password into that sharepoint thing"})
	if len(effects) != 4 {
		t.Fatalf("got %d effects, want the answer, the copy and two questions later", len(effects))
	}
	shown, copied := effects[0].(bot.Answer), effects[1].(bot.Show)
	if want := "Act now · A fake page has your password"; shown.View.Title != want || shown.View.Tone != bot.Urgent {
		t.Errorf("got %q (%q), want %q, urgent", shown.View.Title, shown.View.Tone, want)
	}
	if diff := cmp.Diff(shown.View, copied.View); diff != "" || copied.To != bot.To(staff.ID) {
		t.Errorf("the copy goes to %v and differs:\n%s", copied.To, diff)
	}
	other := shown.View.Actions()[1].Action
	for _, place := range []bot.Place{channel, direct} {
		after := w.Play(bot.Event{Kind: bot.Click, From: staff, Place: place, Action: other})
		edit, ok := after[len(after)-1].(bot.Show)
		if !ok || edit.Key != copied.Key {
			t.Errorf("%s: the next case makes %v, want an edit of %q", place.Kind, after, copied.Key)
		}
	}
}

func TestOneUrgentAnswerIsEnoughInDirectMessages(t *testing.T) {
	v := ask(t, world(t, contenttest.BuiltIn(t), ""), staff, "i typed my password into that sharepoint thing")
	if v.Tone != bot.Urgent {
		t.Errorf("got %q, want it urgent", v.Title)
	}
}

func TestNumbersAreForThePeopleOfTheCompany(t *testing.T) {
	const phone = "555-0142"
	lib := contenttest.BuiltIn(t)
	w := world(t, lib, phone)
	for _, topic := range lib.Topics {
		a := bot.Do("who", "topic", topic.ID)
		if got := words(press(t, w, guest, a)); strings.Contains(got, phone) {
			t.Errorf("%s shows a guest the number", topic.ID)
		}
		if got := words(press(t, w, foreign, a)); strings.Contains(got, phone) || strings.Contains(got, "Acme") {
			t.Errorf("%s shows people of another company the contact", topic.ID)
		}
		if topic.Urgency != content.Emergency {
			continue
		}
		if got := words(press(t, w, staff, a)); !strings.Contains(got, phone) {
			t.Errorf("%s shows staff no number", topic.ID)
		}
		if got := words(press(t, w, guest, a)); !strings.Contains(got, "Acme IT") {
			t.Errorf("%s shows a guest no name", topic.ID)
		}
	}
}

func TestNobodySavedIsSaidUsefully(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "")
	a := bot.Do("who", "case", "clicked-phishing", "typed-password")
	if got := words(press(t, w, staff, a)); !strings.Contains(got, "Phone or walk to") && !strings.Contains(got, "phone or walk to") {
		t.Errorf("staff read nothing to do: %s", got)
	}
	v := press(t, w, owner, a)
	for _, b := range v.Actions() {
		if b.Action.String() == "emergency/edit/incident" {
			return
		}
	}
	t.Errorf("an owner cannot save a contact: %v", v.Actions())
}

func TestReportingIsShownInItsCountryOnly(t *testing.T) {
	a := bot.Do("who", "case", "payment-fraud", "money-gone")
	for country, want := range map[string]string{"": "", "DE": "", "GB": "159", "US": "ic3.gov"} {
		got := words(press(t, world(t, contenttest.Library(t, content.Settings{Country: country}), ""), staff, a))
		for _, mark := range []string{"159", "ic3.gov"} {
			if strings.Contains(got, mark) != (mark == want) {
				t.Errorf("in %q the card has %q: %v, want the opposite", country, mark, mark != want)
			}
		}
	}
}

func TestCutOffComputersAreLeftFirst(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	w := world(t, lib, "")
	found := 0
	for _, topic := range lib.Topics {
		for _, c := range topic.Cases {
			v := press(t, w, staff, bot.Do("who", "case", topic.ID, c.ID))
			phone := v.Blocks[0].Text != nil && strings.Contains(v.Blocks[0].Text.Body, "on your phone")
			if phone != c.OtherDevice {
				t.Errorf("%s/%s: says to open it on a phone: %v, want %v", topic.ID, c.ID, phone, c.OtherDevice)
			}
			if phone {
				found++
			}
		}
	}
	if found == 0 {
		t.Error("no case cuts a computer off: this test tests nothing")
	}
}

func TestUnsureTextOffersAnEmergencyFirst(t *testing.T) {
	v := ask(t, world(t, contenttest.BuiltIn(t), ""), staff, "somebody take my computer in the cafe")
	if first := v.Actions()[0]; !strings.HasPrefix(first.Label, "Urgent: ") && v.Tone != bot.Urgent {
		t.Errorf("%q offers %q first", v.Title, first.Label)
	}
}

func TestNotOursIsSaidKindly(t *testing.T) {
	v := ask(t, world(t, contenttest.BuiltIn(t), ""), staff, "who does payroll?")
	if want := "I don't think that is IT or security"; v.Title != want {
		t.Errorf("got %q, want %q", v.Title, want)
	}
	if len(v.Actions()) < 3 {
		t.Errorf("only %v lead on", v.Actions())
	}
}

// What a word means is told; where it may have happened, what to do is first.
func TestTheMeaningOfAWordIsTold(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "")
	for text, want := range map[string]string{"what does mfa mean": "who/topic/security-settings", "What is ransomware?": "who/topic/malware-ransomware"} {
		v := ask(t, w, staff, text)
		if first := v.Actions()[0]; first.Action.String() != want || !first.Main || len(v.Blocks) != 2 {
			t.Errorf("%q: %s, first %v", text, bottest.Lines(v), first)
		}
	}
	if v := ask(t, w, staff, "my files are locked and a note wants money, what does ransomware mean"); !strings.HasPrefix(v.Title, "Act now") {
		t.Errorf("an emergency is told as a word: %s", v.Title)
	}
}

func TestItSaysThatItIsAProgram(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555-0100")
	for _, text := range []string{"are you a real person?", "Are you a bot", "r u human", "who made you?", "am I talking to a human or a machine", "is this AI", "are you real", "is anybody there?", "hello, who am I talking to, a person?", "who writes these answers, are you just chatgpt"} {
		v := ask(t, w, staff, text)
		for _, want := range []string{"I'm a program, not a person", "People wrote my answers", "Would you rather talk to a person? At your company: ask whoever looks after your computers. In an emergency: Acme IT (555-0100)."} {
			if got := bottest.Lines(v); !strings.Contains(got, want) {
				t.Errorf("%q: no %q in %s", text, want, got)
			}
		}
	}
	if got := bottest.Lines(ask(t, w, foreign, "are you a real person?")); strings.Contains(got, "Acme") {
		t.Errorf("a stranger reads who is asked here: %s", got)
	}
	for _, text := range []string{"is this a real person on the phone", "are you sure that this is a real e-mail", "a person is there who wants my password", "there is a robot on my screen", "who made the payment", "you", "real", "is this real?", "who wrote this", "is it a real person",
		"I was talking to someone who was not a real person", "i am using ChatGPT", "there was a man", "somebody is there", "someone made this", "who was this man"} {
		if v := ask(t, w, staff, text); strings.HasPrefix(v.Title, "I'm a program") {
			t.Errorf("%q is taken for a question about the bot", text)
		}
	}
}

// Text in which no word is known may come from somebody in a hurry.
func TestTextWithoutAKnownWordIsAskedAgain(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "")
	for _, text := range []string{"asdkjhasd", "🤷", "..."} {
		v := ask(t, w, staff, text)
		if first := v.Actions()[0]; v.Title != "I didn't understand that" || first.Label != "Something happened" || !first.Main {
			t.Errorf("%q: %s", text, bottest.Lines(v))
		}
	}
}

func TestLateButtonsAreAnswered(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "")
	for _, a := range []bot.Action{
		bot.Do("who", "topic", "gone"), bot.Do("who", "case", "clicked-phishing", "gone"), bot.Do("who", "case"), bot.Do("who", "side", "left"),
		bot.Do("who", "already", "clicked-phishing", "typed-password", "99"), bot.Do("who", "already", "printer-scanner", "x", "-1"),
		bot.Do("who", "not", "printer-scanner", "gone", "gone"), bot.Do("who", "dance", "printer-scanner"), {Flow: "who"},
	} {
		if v := press(t, w, staff, a); v.Title == "" || len(v.Actions()) == 0 {
			t.Errorf("%v leads to %v", a, v)
		}
	}
}

func TestHostileTextIsAnswered(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "")
	for _, text := range []string{"", "\u200b", strings.Repeat("printer ", 8<<10), strings.Repeat("💥", 4<<10), "<!channel> *who* `x`", "\x00\x1b[31m", "who", "who handles"} {
		if v := ask(t, w, staff, text); v.Title == "" || strings.Contains(words(v), "<!channel>") {
			t.Errorf("%.20q is answered by %v", text, v)
		}
	}
}

// A whole answer, as the engine asks for it.
func BenchmarkStep(b *testing.B) {
	lib := contenttest.BuiltIn(b)
	flow := flow(b, lib)
	contacts := bot.Stored{Key: company.ContactsOf.Key(company.ContactsID)}
	for name, text := range map[string]string{"topic": "who handles printers?", "urgent": "i typed my password into that sharepoint thing"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				docs := bot.NewDocs()
				docs.Add(contacts)
				flow.Step(docs, bot.Event{Kind: bot.Command, Text: text, From: staff, Place: channel})
			}
		})
	}
}
