package remind_test

import (
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

// Of several who owe a fix, the one who got no answer is asked again, and the
// others are left alone.
func TestOneOfSeveralIsSentItAgain(t *testing.T) {
	s := begin(t)
	open := func(user, name string) company.Fix {
		return company.Fix{State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": {User: user, Name: name}}}
	}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{company.RestoreQuestion: open("robin", "Robin"), "gone-1": open("kim", "Kim")}})
	s.types("fixes quarterly")
	s.press("Set it")
	s.firesUntil("@kim") // who is later at work
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
