package assess_test

import (
	"testing"

	"secadvisor/bot"
)

// A quarter after a run, a reminder asks the first question on its own card.
func TestAReminderBeginsWithAnAnswer(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	s.World.Now = s.World.Now.AddDate(0, 0, 100)
	first := bot.Event{Kind: bot.Click, Action: bot.Do("assess", "first", "quick-check", "acc-mfa-email", "partly")}
	s.do(first)
	if got := s.run().Answers["acc-mfa-email"]; got.Value != "partly" || got.By != "olga" {
		t.Errorf("kept %+v", got)
	}
	s.Sees(s.card, "answers are still fresh")
	if len(s.effects) != 2 {
		t.Errorf("effects %v: want an audit line and one card", s.effects)
	}
	s.press("All still right")
	s.Sees(s.card, "Quick check\n2 of 10")
	s.do(first)
	s.Sees(s.answer, "waiting for you")
	if n := len(s.runs()); n != 2 {
		t.Errorf("%d runs, want the old and the new one", n)
	}
}

func TestAFirstAnswerIsTakenFromOwnersInPrivateOnly(t *testing.T) {
	s := finished(t, "No")
	before := len(s.runs())
	for _, a := range []bot.Action{
		bot.Do("assess", "first"), bot.Do("assess", "first", "gone", "acc-mfa-email", "no"),
	} {
		s.do(bot.Event{Kind: bot.Click, Action: a})
		s.Sees(s.answer, "no assessment of that name")
	}
	good := bot.Do("assess", "first", "quick-check", "acc-mfa-email", "no")
	s.where = leadership
	s.do(bot.Event{Kind: bot.Click, Action: good})
	s.Sees(s.answer, "who answers?")
	s.as(sam)
	s.do(bot.Event{Kind: bot.Click, Action: good})
	s.Sees(s.answer, "Only an owner can do that")
	if n := len(s.runs()); n != before {
		t.Errorf("%d runs, want %d", n, before)
	}
	s.as(olga)
	s.do(bot.Event{Kind: bot.Click, Action: bot.Do("assess", "first", "quick-check", "gone", "no")})
	if got := s.run(); len(got.Answers) > 9 {
		t.Errorf("an answer to an unknown question was kept: %+v", got.Answers)
	}
}
