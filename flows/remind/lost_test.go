package remind_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

// unanswered says that the platform gave no answer to the latest card of
// somebody.
func (s *scene) unanswered(lane string) {
	s.Helper()
	last := s.shown[lane][len(s.shown[lane])-1]
	s.do(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: last.Key, To: last.To, Reason: "it did not answer, ten times over", Silent: true}})
}

// An outage of the platform is nothing against whom a reminder is for: it comes
// when it is over, to nobody else, and nothing is counted.
func TestAReminderOutlastsAnOutage(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	first := s.card("@robin")
	for i, want := range []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour} {
		at := s.Now
		s.unanswered("@robin")
		if s.told > 0 {
			t.Errorf("%d: somebody reads of it", i)
		}
		s.types("status")
		s.Sees(s.answer, "Reminders: one did not arrive", "not delivered yet (there was no answer, so I try again)")
		s.types("")
		s.Sees(s.answer, "It has not arrived yet: there was no answer, so I try again.")
		s.firesUntil("@robin")
		if got := s.Now.Sub(at); got != want {
			t.Errorf("%d: it comes after %v, want %v", i, got, want)
		}
		s.Sees(s.card("@robin"), first.Title, "[Done]")
		s.Unseen(s.card("@robin"), "asked again")
	}
	if got := s.schedule("restore-test"); got.Failures != 0 || got.Failed != "" || got.Waits.Asked[0].Again != 0 || len(got.Waits.Asked) != 1 || len(s.shown["@kim"])+len(s.shown["@olga"]) > 0 {
		t.Errorf("it counts: %+v", got)
	}
	s.types("status")
	s.Sees(s.answer, "all arrived", "unanswered")
	s.as(robin)
	s.on(s.card("@robin"), "Done")
	s.fill(nil, nil)
	s.Sees(s.card("@robin"), "Done: Restore test")
}

// What is not answered for days is told like what was refused.
func TestAnOutageWithoutEndIsTold(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	at := s.Now
	for range 5 {
		s.unanswered("@robin")
		if len(s.shown["@olga"]) > 0 {
			t.Fatal("Olga is told already")
		}
		s.firesUntil("@robin")
	}
	s.unanswered("@robin")
	if days := s.Now.Sub(at).Hours() / 24; days > 4 {
		t.Errorf("it takes %.1f days", days)
	}
	if len(s.shown["@olga"]) == 0 {
		s.firesUntil("@olga") // in the morning
	}
	s.Sees(s.card("@olga"), "I couldn't post the reminder to Robin: Restore test", "It did not answer, ten times over.")
}

// It comes when people are at work, and not any more when it was done elsewhere
// meanwhile.
func TestWhatIsSentAgainIsStillTrue(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.Now = time.Date(2026, 6, 2, 16, 30, 0, 0, time.UTC) // 18:30 in Berlin
	s.unanswered("@robin")
	s.firesUntil("@robin")
	if want := time.Date(2026, 6, 3, 6, 0, 0, 0, time.UTC); s.Now.Before(want) || s.Now.Sub(want) > 2*time.Hour {
		t.Errorf("Robin is asked at %v, want the morning", s.Now)
	}
	s.unanswered("@robin")
	s.as(robin)
	s.on(s.card("@robin"), "Done") // it arrived all the same
	s.fill(nil, nil)
	if at := s.Timers["remind/restore-test/next"]; !at.IsZero() {
		t.Errorf("it would come again at %v", at)
	}
	n := len(s.shown["@robin"])
	s.unanswered("@robin") // that it is done did not arrive
	s.Now = s.Now.Add(2 * time.Hour)
	s.do(bot.Event{Kind: bot.Timer, Timer: "restore-test/next"})
	if len(s.shown["@robin"]) > n {
		t.Errorf("Robin reads of what is done: %v", s.card("@robin"))
	}
}

// owing is a scene in which Robin and Kim have just been asked about a fix each.
func owing(t *testing.T) *scene {
	t.Helper()
	s := begin(t)
	open := func(user, name string) company.Fix {
		return company.Fix{State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": {User: user, Name: name}}}
	}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{company.RestoreQuestion: open("robin", "Robin"), "gone-1": open("kim", "Kim")}})
	s.types("fixes quarterly")
	s.press("Set it")
	s.firesUntil("@kim") // who is later at work
	return s
}

// Of several who owe a fix, the one who got no answer is asked again, and the
// others are left alone.
func TestOneOfSeveralIsSentItAgain(t *testing.T) {
	s := owing(t)
	s.unanswered("@robin")
	at := s.Now
	s.firesUntil("@robin")
	if got := s.Now.Sub(at); got != time.Hour || len(s.shown["@kim"]) != 1 {
		t.Errorf("after %v; Kim has read %d", got, len(s.shown["@kim"]))
	}
	if got := get(s, company.Schedules, "fixes").Waits.Asked; got[0].Again != 0 || !got[0].Retry.IsZero() {
		t.Errorf("it counts: %+v", got)
	}
}

// Whoever presses a button has the card, whatever the platform did not say.
func TestWhoPressesHasTheCard(t *testing.T) {
	for _, way := range []string{"Done", "In a week", "I can't"} {
		t.Run(way, func(t *testing.T) {
			s := forRobin(t)
			s.firesUntil("@robin")
			s.unanswered("@robin")
			n := len(s.shown["@robin"])
			s.as(robin)
			s.on(s.card("@robin"), way)
			if way == "Done" {
				s.fill(nil, nil)
			}
			if len(s.shown["@robin"]) != n+1 {
				t.Fatalf("Robin sees nothing of it: %v", s.card("@robin"))
			}
			s.as(olga)
			s.types("status")
			s.Unseen(s.answer, "one did not arrive", "not delivered")
		})
	}
}

// What is said to somebody who is not waited for any more moves nobody else.
func TestALostEditIsNoReasonToAskAnother(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.firesUntil("@kim")
	s.as(kim)
	s.on(s.card("@kim"), "I'll take it")
	next := s.schedule("restore-test").Waits.Next
	n := len(s.shown["@kim"])
	s.unanswered("@robin") // that Kim has it
	if got := s.schedule("restore-test").Waits.Next; !got.Equal(next) {
		t.Errorf("Kim is asked again at %v, want %v", got, next)
	}
	s.as(olga)
	s.types("status")
	s.Unseen(s.answer, "not delivered")
	s.firesUntil("@kim")
	if s.Now.Before(next) || len(s.shown["@kim"]) == n {
		t.Errorf("Kim is asked again at %v", s.Now)
	}
}

// Who put it off and is away then is waited for no more, but whoever is asked
// instead is.
func TestWhoPutItOffMayBeAwayThen(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.as(robin)
	s.on(s.card("@robin"), "In a week")
	s.types("away until in four weeks")
	s.firesUntil("@kim")
	s.unanswered("@kim")
	at := s.Now
	s.firesUntil("@kim")
	if got := s.Now.Sub(at); got != time.Hour {
		t.Errorf("Kim gets it after %v", got)
	}
}

// Several posts of one outage are one.
func TestOneOutageCountsOnce(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	for range 7 {
		s.unanswered("@robin")
	}
	if a := s.schedule("restore-test").Waits.Asked[0]; a.Tries != 1 || a.Unreached != "" {
		t.Errorf("it counts %+v", a)
	}
}

// Who is away when it would be sent again is passed over without a word.
func TestWhoIsAwayIsNotSentItAgain(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.unanswered("@robin")
	s.as(robin)
	s.types("away until in two weeks")
	n := len(s.shown["@robin"])
	s.firesUntil("@kim")
	if len(s.shown["@robin"]) != n {
		t.Errorf("Robin reads %v", s.card("@robin"))
	}
	s.Unseen(s.card("@kim"), "unanswered since")
	s.as(olga)
	s.types("status")
	s.Unseen(s.answer, "not delivered")
}

// Where everybody else is away as well, owners read that it did not arrive.
func TestNobodyIsLeftToSendItTo(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.unanswered("@robin")
	for _, who := range []bot.Person{robin, kim, otto, olga} {
		s.as(who)
		s.types("away until in two weeks")
	}
	s.Now = s.Now.Add(2 * time.Hour)
	s.do(bot.Event{Kind: bot.Timer, Timer: "restore-test/next"})
	s.timer("restore-test/next", time.Time{})
	s.types("status")
	s.Sees(s.answer, "not delivered (there was no answer)")
	s.Unseen(s.answer, "try again")
}

// Who has done all they owed before it arrived reads nothing of it.
func TestWhoOwesNothingAnyMoreIsNotSentItAgain(t *testing.T) {
	s := owing(t)
	s.unanswered("@robin")
	all := get(s, company.FixesOf, company.FixesID)
	delete(all.Tasks, company.RestoreQuestion)
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, all)
	n := len(s.shown["@robin"])
	s.Now = s.Now.Add(2 * time.Hour)
	s.do(bot.Event{Kind: bot.Timer, Timer: "fixes/next"})
	if len(s.shown["@robin"]) != n {
		t.Errorf("Robin reads %v", s.card("@robin"))
	}
	if a := get(s, company.Schedules, "fixes").Waits.Asked; a[0].Done.IsZero() && a[1].Done.IsZero() {
		t.Errorf("Robin is waited for: %+v", a)
	}
}

// A channel that people of other companies read meanwhile gets nothing more: not
// what was lost, not what is asked again, not what was put off.
func TestAChannelThatOthersReadMeanwhileIsNotAskedAgain(t *testing.T) {
	for name, before := range map[string]func(*scene){
		"lost":    func(s *scene) { s.unanswered("C1") },
		"silent":  func(*scene) {},
		"put off": func(s *scene) { s.on(s.card("C1"), "In a week") },
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.Rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 9}}
			s.types("restore test quarterly")
			s.press("Another time, or somebody else")
			s.fill(map[string]string{"channel": "C1"}, map[string]bot.Picked{"channel": {ID: "C1", Room: s.Rooms["C1"]}})
			s.firesUntil("C1")
			before(s)
			s.Rooms["C1"] = bot.Room{Name: "#it-help", People: 40}
			n := len(s.shown["C1"])
			s.firesUntil("@olga")
			if len(s.shown["C1"]) > n {
				t.Errorf("it is posted: %v", s.card("C1"))
			}
			told := ""
			for _, x := range s.shown["@olga"] {
				told += x.View.Title
			}
			if !strings.Contains(told, "I couldn't post the reminder in #it-help") {
				t.Errorf("Olga reads %s", told)
			}
		})
	}
}

// Of several who owe a fix, too.
func TestWhoOwesAndIsAwayIsNotSentItAgain(t *testing.T) {
	s := owing(t)
	s.unanswered("@robin")
	s.as(robin)
	s.types("away until in two weeks")
	n := len(s.shown["@robin"])
	s.Now = s.Now.Add(2 * time.Hour)
	s.do(bot.Event{Kind: bot.Timer, Timer: "fixes/next"})
	if len(s.shown["@robin"]) != n {
		t.Errorf("Robin reads %v", s.card("@robin"))
	}
	s.as(olga)
	s.types("status")
	s.Unseen(s.answer, "not delivered")
}
