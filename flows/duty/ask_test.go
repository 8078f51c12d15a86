package duty_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

// fire lets the next timer come and returns what people are sent.
func (s scene) fire() map[string]bot.View {
	s.Helper()
	before := len(s.Views)
	if ok, err := s.Fire(); err != nil || !ok {
		s.Fatalf("no timer came: %v", err)
	}
	return map[string]bot.View{"": append(s.Views, bot.View{})[before]}
}

// pressOn presses the first button of a label on a card.
func (s scene) pressOn(from bot.Person, v bot.View, label string) []bot.Effect {
	s.Helper()
	for _, b := range v.Actions() {
		if b.Label == label {
			return s.Play(bot.Event{Kind: bot.Click, From: from, Action: b.Action})
		}
	}
	s.Fatalf("no %q in\n%s", label, bottest.Lines(v))
	return nil
}

func TestNobodyIsAskedBeforeTheIntroduction(t *testing.T) {
	s := newScene(t)
	for _, id := range []string{topic, "wifi-network", company.GroupSecurity} {
		s.assign(id, "robin")
	}
	s.Press(olga, "introduce")
	if len(s.Timers) != 0 || s.duty(topic).State != company.Assumed {
		t.Errorf("timers %v, duty %+v", s.Timers, s.duty(topic))
	}
}

func TestTheIntroductionSaysWhyWhatAndWhoFirst(t *testing.T) {
	s := newScene(t)
	s.Sees(s.Press(olga, "introduce")[0].(bot.Answer).View, "Nobody is named yet, so there is nobody to ask")
	s.assign(topic, "robin")
	s.assign("wifi-network", "robin")
	s.assign("firewall", "kim")
	s.submit(company.GroupIT, "channel", "", form{"channel": "C1"})
	v := s.command(olga, "introduce it to it")
	s.Sees(v, "Why: ", "What is asked: ", "ask me first. It is no guarantee", "Who sees it: ", "Who is asked now: Kim (1 duty) and Robin (2 duties)", "[Ask them]", "[#it-help: everything for IT support]")
}

func TestEachPersonGetsOneCard(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	s.assign("wifi-network", "robin")
	s.assign("firewall", "kim")
	got := bottest.Told(s.Press(olga, "introduced"))
	if len(got) != 2 {
		t.Fatalf("cards go to %d people, want two", len(got))
	}
	s.Sees(got["robin"], "May people be sent to you for 2 things?", "Olga keeps a list of who handles what here", "Accepting means: ask me first. It is no guarantee", "Printers and scanners", "Wi-Fi", "[Yes, ask me first]", "[Not me]", "[Yes to all]", "[None of these]")
	s.Sees(got["kim"], "May people be sent to you first: Firewall")
	s.Unseen(got["kim"], "Printers")
	s.Now = s.Now.Add(time.Hour)
	if again := bottest.Told(s.Press(olga, "introduced")); len(again) != 0 || !s.mapped().Introduced.Equal(start) {
		t.Errorf("pressed again it asks %v, introduced %v", again, s.mapped().Introduced)
	}
}

func TestAYesIsConfirmedWithItsDate(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	card := bottest.Told(s.Press(olga, "introduced"))["robin"]
	s.Now = s.Now.Add(48 * time.Hour)
	for range 2 { // the second press is a double click
		s.Sees(bottest.Told(s.pressOn(robin, card, "Yes, ask me first"))["robin"], "Thank you, that is settled", "Printers and scanners")
	}
	s.Sees(s.Press(olga, "assign", topic)[0].(bot.Answer).View, "confirmed 14 May")
}

// The reminder to look through the map looks at once whether that was the last.
func TestAYesWakesTheReminderOfTheMap(t *testing.T) {
	s := newScene(t)
	look := "remind/" + string(company.OfMap) + company.TimerLook
	s.assign(topic, "robin")
	if _, set := s.Timers[look]; set {
		t.Error("a reminder that is not there is woken")
	}
	bottest.Put(s, s.World, company.Schedules, string(company.OfMap), company.Schedule{About: company.OfMap, Waits: company.Waiting{Since: s.Now}})
	card := bottest.Told(s.Press(olga, "introduced"))["robin"]
	s.pressOn(robin, card, "Yes, ask me first")
	if at, set := s.Timers[look]; !set || at.After(s.Now) {
		t.Errorf("woken %v, at %v", set, at)
	}
}

func TestANoNeedsAnOwnerAndNamesNobody(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	card := bottest.Told(s.Press(olga, "introduced"))["robin"]
	effects := s.pressOn(robin, card, "Not me")
	got := bottest.Told(effects)
	s.Sees(got["olga"], "This needs an owner: Printers and scanners", "That is good to know")
	s.Unseen(got["olga"], "Robin")
	s.Sees(got["robin"], "Thank you, that is settled", "not from whom")
	for _, e := range effects {
		if a, ok := e.(bot.Audit); ok {
			t.Errorf("the audit log would name who said no: %+v", a)
		}
	}
	if body := string(s.Docs[company.Maps.Key(company.MapID)]); strings.Contains(strings.ToLower(body), "robin") {
		t.Errorf("the name stays: %s", body)
	}
	s.Sees(s.Press(olga, "map", "it")[0].(bot.Answer).View, "Printers and scanners: needs an owner")
	s.Sees(s.pressOn(robin, card, "Yes, ask me first")[0].(bot.Answer).View, "That is settled already")
}

func TestOneByOneAndAllTogether(t *testing.T) {
	s := newScene(t)
	ids := []string{"antivirus", "firewall", "helpdesk", topic, "wifi-network", "website-domain"}
	for _, id := range ids {
		s.assign(id, "robin")
	}
	card := bottest.Told(s.Press(olga, "introduced"))["robin"]
	s.Sees(card, "May people be sent to you for 6 things?", "Or one by one. Yes, ask me first:")
	s.Press(robin, "yes", batch(card), "antivirus")
	s.Press(robin, "no", batch(card), "firewall")
	s.Sees(bottest.Told(s.Press(robin, "no", batch(card), "helpdesk"))["robin"], "May people be sent to you for 3 things?", "You said yes to: Antivirus")
	s.pressOn(robin, card, "Yes to all")
	for _, id := range ids {
		want := company.Confirmed
		if id == "firewall" || id == "helpdesk" {
			want = company.Declined
		}
		if got := s.duty(id).State; got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
}

func batch(v bot.View) string { return v.Actions()[0].Action.Arg(0) }

func TestNobodyAnswersForSomebodyElse(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	s.submit("firewall", "person", "", form{"user": "robin", "deputy": "kim"})
	card := bottest.Told(s.Press(olga, "introduced"))["robin"]
	for _, verb := range []string{"yes", "no"} {
		for _, which := range []string{topic, "all"} {
			s.Press(kim, verb, batch(card), which)
		}
	}
	if d := s.duty(topic); d.State != company.Asked || d.Does == "" {
		t.Errorf("somebody else answered: %+v", d)
	}
}

func TestDutiesAssignedLaterAreAskedTogether(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "kim")
	s.Press(olga, "introduced")
	s.Sees(s.submit("wifi-network", "person", "", form{"user": "robin"})[2].(bot.Answer).View, "I ask Robin in ten minutes")
	s.Now = s.Now.Add(5 * time.Minute)
	s.assign("firewall", "robin")
	s.Sees(s.fire()[""], "May people be sent to you for 2 things?")
	if want := start.Add(15 * time.Minute); !s.Now.Equal(want) {
		t.Errorf("it came at %v, want %v", s.Now, want)
	}
	if len(s.Timers) != 0 {
		t.Errorf("something else is due: %v", s.Timers)
	}
}

func TestAConfirmationIsAskedAgainOnceAfterAYear(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	card := bottest.Told(s.Press(olga, "introduced"))["robin"]
	s.pressOn(robin, card, "Yes, ask me first")
	s.Sees(s.fire()[""], "May people be sent to you first: Printers and scanners?")
	if want := start.Add(company.ConfirmedFor); !s.Now.Equal(want) {
		t.Errorf("it came at %v, want %v", s.Now, want)
	}
	s.Sees(s.Press(olga, "assign", topic)[0].(bot.Answer).View, "assumed: nobody has confirmed (asked 12 May)")
	if len(s.Timers) != 0 {
		t.Errorf("it would be asked once more: %v", s.Timers)
	}
}

func TestTheOwnerNotesAYesOfThoseOutside(t *testing.T) {
	s := newScene(t)
	s.submit(company.GroupIT, "company", "", form{"name": "Acme", "phone": "555 0100"})
	s.assign(topic, "robin")
	s.Press(olga, "told", topic)
	if s.duty(topic).State != company.Assumed {
		t.Error("the owner said yes for a person")
	}
	s.Sees(s.Press(olga, "told", company.GroupIT)[2].(bot.Answer).View, "Noted: ", "confirmed 12 May")
	v := s.fire()[""]
	s.Sees(v, "A year has passed: is it still right who handles everything for IT support?", "Acme")
	if d := s.duty(company.GroupIT); d.State != company.Assumed || len(s.Timers) != 0 {
		t.Errorf("it is %+v, timers %v", d, s.Timers)
	}
}

func TestManyPeopleAreAskedInTurns(t *testing.T) {
	s := newScene(t)
	ids := []string{"antivirus", "firewall", "helpdesk", topic, "wifi-network", "website-domain", "data-leak", "payment-fraud", "user-access", "software-install"}
	for i, id := range ids {
		s.assign(id, fmt.Sprintf("u%02d", i))
	}
	effects := s.Press(olga, "introduced")
	if n := len(bottest.Told(effects)); n != 8 {
		t.Errorf("%d are asked at once, want 8", n)
	}
	s.Sees(effects[len(effects)-1].(bot.Answer).View, "The others are asked in ten minutes.")
	s.fire()
	for _, id := range ids {
		if s.duty(id).State != company.Asked {
			t.Errorf("%s is not asked", id)
		}
	}
}

func TestAnOwnerWhoTakesItHasSaidYes(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "olga")
	if got := s.duty(topic).State; got != company.Confirmed {
		t.Errorf("it is %q", got)
	}
}

func TestWhoCannotBeAskedIsTold(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	var key string
	for _, e := range s.Press(olga, "introduced") {
		if show, ok := e.(bot.Show); ok {
			key = show.Key
		}
	}
	got := s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key, To: bot.To("robin"), Reason: "the person has left"}})
	s.Sees(bottest.Told(got)["olga"], "I could not ask Robin", "the person has left")
}

func TestAnImportIsLoggedAndAsks(t *testing.T) {
	s := newScene(t)
	m := company.Map{Introduced: start}
	m.Duties = map[string]company.Duty{topic: {Does: m.Enter(company.Party{Name: "Robin", User: "robin"})}}
	s.put(m)
	s.Timers["duty/map/imported"] = start
	s.Sees(s.fire()[""], "An owner of your company keeps a list")
	if s.duty(topic).State != company.Asked {
		t.Errorf("it is %+v", s.duty(topic))
	}
}
