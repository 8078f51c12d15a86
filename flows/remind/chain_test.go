package remind_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestSomebodyElseIsAskedWhatIsTheirs(t *testing.T) {
	s := forRobin(t)
	s.Sees(s.answer, "I'll ask Robin in direct messages, on Tuesday 2 June 2026")
	s.firesUntil("@robin")
	card := s.card("@robin")
	s.Sees(card, "Restore test", "Bring one folder back", "[Done]", "[In a week]", "[Another day]", "[I can't]", "[Don't remind me of this]", "Olga set this reminder.")
	s.Unseen(card, "[Stop", "[Skip", "[Change]", "Still open", "no owner", "Asked so far")
	if len(s.shown["@olga"])+len(s.shown["@kim"]) > 0 {
		t.Error("others were written to")
	}
}

// Silence goes on to the deputy, then to the owners; each is asked again
// three times at most, on working days between eight and six where they are.
func TestSilenceGoesOnToTheDeputyThenTheOwners(t *testing.T) {
	s := forRobin(t)
	zones := map[string]string{"@robin": "Europe/Berlin", "@kim": "Europe/Berlin", "@olga": "Europe/Berlin", "@otto": "Europe/Berlin"}
	var order []string
	for len(s.Timers) > 1 || s.Timers["remind/restore-test/due"].Equal(due) {
		before := counts(s)
		s.fires()
		for lane, n := range counts(s) {
			if n == before[lane] {
				continue
			}
			order = append(order, lane)
			loc, err := time.LoadLocation(zones[lane])
			if err != nil {
				t.Fatal(err)
			}
			if at := s.Now.In(loc); at.Hour() < 8 || at.Hour() >= 18 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
				t.Errorf("%s is asked on %v", lane, at)
			}
		}
	}
	if want := "@robin @robin @robin @robin @kim @kim @kim @kim @olga @olga @olga @olga @otto @otto @otto @otto"; strings.Join(order, " ") != want {
		t.Errorf("asked:\n%v, want\n%s", order, want)
	}
	first := func(lane string) bot.View { return s.shown[lane][0].View }
	s.Sees(first("@kim"), "Restore test · unanswered since 2 June: can you take it?", "[I'll take it]", "[Done]", "[I can't]")
	s.Unseen(first("@kim"), "Robin", "Asked so far")
	s.Sees(first("@olga"), "unanswered since 2 June: can you take it?", "Asked so far: Robin on 2 June (and 3 times more, last on 15 June); Kim on 18 June", "Only owners read this line")
	s.types("status")
	s.Sees(s.answer, "delivered, unanswered. Asked: Robin on 2 June (and 3 times more", "Next on Wednesday 2 September")
}

func counts(s *scene) map[string]int {
	n := map[string]int{}
	for lane, all := range s.shown {
		for _, x := range all {
			if !strings.Contains(bottest.Lines(x.View), "I asked again on") {
				n[lane]++
			}
		}
	}
	return n
}

func TestOneWhoCantIsPassedOverWithoutAWord(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.as(robin)
	card := s.card("@robin")
	s.on(card, "I can't")
	s.Sees(s.card("@robin"), "Thank you, that is settled", "[I can after all]")
	kims := s.card("@kim")
	s.Sees(kims, "Restore test", "[I'll take it]")
	s.Unseen(kims, "unanswered", "Robin")
	s.on(card, "I can't") // once more
	if n := len(s.shown["@kim"]); n > 2 {
		t.Errorf("Kim was shown %d cards", n)
	}
}

func TestSomebodyWhoIsAwayIsPassedOver(t *testing.T) {
	s := forRobin(t)
	s.as(robin)
	s.types("away")
	s.fill(map[string]string{"until": "2026-06-20"}, nil)
	s.Sees(s.answer, "You are away until 20 June")
	s.as(olga)
	s.firesUntil("@kim")
	s.Unseen(s.card("@kim"), "unanswered", "Robin", "away")
	if len(s.shown["@robin"]) > 0 {
		t.Error("Robin was asked on holiday")
	}
	s.as(robin)
	s.types("back")
	s.Sees(s.answer, "Welcome back")
	s.types("back")
	s.Sees(s.answer, "You were not marked as away")
}

func TestAnOwnerMarksOthersAsAwayAndStaffOnlyThemselves(t *testing.T) {
	s := forRobin(t)
	form := bot.Do("remind", "away")
	picked := map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}}
	s.as(kim)
	s.do(bot.Event{Kind: bot.Submit, Action: form, Values: map[string]string{"until": "in a week", "user": "robin"}, Picked: picked})
	if a := get(s, company.Attentions, company.AttentionID); !a.People["robin"].Away.IsZero() || a.People["kim"].Away.IsZero() {
		t.Errorf("away: %+v", a.People)
	}
	s.as(olga)
	s.do(bot.Event{Kind: bot.Submit, Action: form, Values: map[string]string{"until": "in a week", "user": "robin"}, Picked: picked})
	s.Sees(s.answer, "Robin is away until 9 March")
	for _, until := range []string{"yesterday", "2026-03-02", "in two years", ""} {
		if bottest.Refused(s.do(bot.Event{Kind: bot.Submit, Action: form, Values: map[string]string{"until": until}}))["until"] == "" {
			t.Errorf("%q was taken", until)
		}
	}
	s.types("away next Friday")
	s.Sees(s.answer, "You are away until 6 March", "[I'm back]")
	s.types("away some time")
	s.Sees(s.answer, "Until when are you away?")
}

func TestWhoDoesNotWantToBeRemindedIsNot(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.as(robin)
	s.press("Don't remind me of this")
	s.Sees(s.card("@robin"), "I won't remind you of this any more", "[Remind me again]")
	s.Sees(s.card("@kim"), "[I'll take it]")
	n := len(s.shown["@robin"])
	s.as(olga)
	s.types("")
	s.Sees(s.answer, "Robin doesn't want to be asked")
	s.Timers = map[string]time.Time{"remind/restore-test/due": s.Timers["remind/restore-test/due"]}
	s.fires()
	if len(s.shown["@robin"]) > n+1 { // the old card is closed
		t.Errorf("Robin was asked again: %s", bottest.Lines(s.card("@robin")))
	}
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: bot.Do("remind", "in", "restore-test", "3")})
	s.Sees(s.answer, "I'll remind you again")
}

func TestWhoeverTakesItIsAskedHowItStands(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@kim")
	s.as(kim)
	taken := s.press("I'll take it")
	s.Sees(s.card("@kim"), "You have it this time. Thank you.", "[Done]")
	s.Sees(s.card("@robin"), "Somebody has taken it this time. There is nothing for you to do.")
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: taken})
	s.Sees(s.answer, "Somebody has taken it already")
	s.as(kim)
	at := s.Now
	s.firesUntil("@kim")
	if days := s.Now.Sub(at).Hours() / 24; days < 6 || days > 8 {
		t.Errorf("asked again after %.1f days, want five working days", days)
	}
	s.Sees(s.card("@kim"), "You took this on 18 June. How does it stand?")
	s.press("Done")
	s.fill(map[string]string{"note": "brought the accounts folder back\nin 40 minutes"}, nil)
	s.Sees(s.card("@kim"), "Done: Restore test", "Kim, 25 June: “brought the accounts folder back in 40 minutes”", "Next on Wednesday 2 September")
	s.Sees(s.card("@robin"), "Done: Restore test")
	s.timer("restore-test/next", time.Time{})
	s.as(olga)
	s.types("status")
	s.Sees(s.answer, "delivered, done by Kim on 25 June")
}

// Nobody is asked again more often than three times in two weeks, however
// many reminders there are.
func TestWhoWantsToBeAskedOnceIsNotAskedAgain(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.as(robin)
	s.types("")
	s.Sees(s.answer, "I ask again after 3 working days, 3 times at most.", "[Ask me only once]")
	s.press("Ask me only once")
	s.Sees(s.answer, "I ask you once. If you don't answer within 3 working days, I ask the next one.")
	s.firesUntil("@kim")
	if n := counts(s)["@robin"]; n != 1 {
		t.Errorf("Robin was asked %d times", n)
	}
	s.Sees(s.card("@kim"), "unanswered since 2 June: can you take it?")
	s.types("")
	s.press("Ask me up to 3 times again")
	s.Sees(s.answer, "[Ask me only once]")
}

func TestTheNagsOfAllRemindersAreCounted(t *testing.T) {
	s := forRobin(t)
	for _, what := range []string{"numbers quarterly", "water the plants quarterly"} {
		s.types(what)
		s.press("Another time, or somebody else")
		s.fill(map[string]string{"user": "robin"}, map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}})
	}
	for s.Now.Before(due.AddDate(0, 0, 13)) {
		s.fires()
	}
	first, again := 0, 0
	for _, x := range s.shown["@robin"] {
		switch {
		case strings.Contains(bottest.Lines(x.View), "First asked on"):
			again++
		case strings.Contains(bottest.Lines(x.View), "[Done]"):
			first++
		}
	}
	if first != 3 || again != company.MostAgain {
		t.Errorf("asked %d times and %d times again, want 3 and %d", first, again, company.MostAgain)
	}
}

// An assessment is an owner's: a deputy who is none is not asked for one.
func TestAnAssessmentGoesToTheOtherOwnersOnly(t *testing.T) {
	s := quarterly(t)
	bottest.Put(s, s.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"o": {Name: "Olga", User: "olga"}, "k": {Name: "Kim", User: "kim"}},
		Duties:  map[string]company.Duty{company.GroupSecurity: {Does: "o", Deputy: "k"}},
	})
	s.firesUntil("@otto")
	s.Sees(s.card("@otto"), "unanswered since 2 June: can you take it?", "[Yes, I've seen it]", "Asked so far: Olga on 2 June")
	if len(s.shown["@kim"]) > 0 {
		t.Error("the deputy is asked for what only owners can start")
	}
	s.types("quick check quarterly")
	s.press("Another time, or somebody else")
	why := bottest.Refused(s.fill(map[string]string{"user": "kim"}, map[string]bot.Picked{"user": {ID: "kim", Name: "Kim", Affiliation: bot.Home}}))
	if !strings.Contains(why["user"], "An assessment is an owner's") {
		t.Errorf("refused with %v", why)
	}
}

func TestStrangersPressNothing(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	card, before := s.card("@robin"), string(s.Docs[company.Schedules.Key("restore-test")])
	for _, who := range []bot.Person{{ID: "sam", Affiliation: bot.Home}, {ID: "robin", Affiliation: bot.Guest}, {ID: "robin"}} {
		s.as(who)
		for _, b := range card.Actions() {
			if b.Action.Flow == "remind" {
				s.do(bot.Event{Kind: bot.Click, Action: b.Action})
				s.Sees(s.answer, "This reminder is not yours")
			}
		}
	}
	s.as(robin)
	for _, verb := range []string{"skip", "stop", "form", "set", "fill", "here", "open", "status", "offer", "propose"} {
		s.do(bot.Event{Kind: bot.Click, Action: bot.Do("remind", verb, "restore-test", "2")})
		s.Sees(s.answer, "Only an owner can do that")
	}
	if got := string(s.Docs[company.Schedules.Key("restore-test")]); got != before {
		t.Errorf("something was changed:\n%s\n%s", before, got)
	}
}

func TestAnotherOwnerMayStopItAndItsOwnerHears(t *testing.T) {
	s := quarterly(t)
	s.as(otto)
	s.types("")
	s.press("Stop reminding")
	s.Sees(s.card("@olga"), "A reminder was stopped: Quick check", "Otto has stopped it")
	if len(s.Timers) > 0 {
		t.Errorf("timers remain: %v", s.Timers)
	}
}

func TestStaffSeeWhatTheyAreRemindedOf(t *testing.T) {
	s := forRobin(t)
	s.as(robin)
	s.types("")
	s.Sees(s.answer, "What I remind you of", "Restore test, every three months", "[I'm away]")
	s.as(kim)
	s.types("")
	s.Sees(s.answer, "I remind you of nothing")
	s.as(robin)
	s.firesUntil("@robin")
	s.types("")
	s.press("In a week")
	s.Sees(s.card("@robin"), "I'll ask again on Tuesday 9 June 2026")
}
