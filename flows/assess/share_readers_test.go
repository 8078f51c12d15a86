package assess_test

import (
	"slices"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// lets gives somebody to the form that lets them read the latest result.
func (s *scene) lets(p bot.Picked) {
	s.Helper()
	s.press("Let somebody read it")
	s.do(bot.Event{Kind: bot.Submit, Action: s.Forms[len(s.Forms)-1].Action, Values: map[string]string{"user": p.ID}, Picked: map[string]bot.Picked{"user": p}})
}

func TestAResultIsReadByThoseWhomItsOwnerLets(t *testing.T) {
	s := finished(t, "No")
	lists := s.button("Who fixes what")
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: lists})
	s.Sees(s.answer, "Only an owner can do that")

	s.as(olga)
	s.lets(bot.Picked{ID: "robin", Name: "Robin", Affiliation: bot.Home})
	if got := bottest.Audits(s.effects); got != "shared result of assessment quick-check with robin" {
		t.Errorf("the log says %q", got)
	}
	s.Sees(s.answer, "Robin can read it now")
	s.Sees(s.card, "[Who reads this]")

	s.as(robin)
	s.Sees(s.letter, "Quick check · 0 of 100, act now", "Olga lets you read this, as of 2 March 2026", "Second sign-in step for everyone", "[Who fixes what]")
	s.Unseen(s.letter, "[Change an answer]", "[Full report]", "[Make the fix list]", "[Share a summary]", "[Start again]")
	s.press("Who fixes what")
	s.Sees(s.answer, "IT support: 3 gaps, 41 % of the open risk", "1. Second sign-in step for everyone")
	for _, b := range s.card.Actions() {
		if b.Action.Flow != "assess" || slices.Contains([]string{"lists", "not-asked", "company"}, b.Action.Verb) {
			continue
		}
		s.do(bot.Event{Kind: bot.Click, Action: b.Action})
		s.Sees(s.answer, "Only whoever started this can change it")
	}

	s.as(olga)
	s.press("Change an answer", "Second sign-in step for everyone", "Yes, I've seen it")
	s.as(robin)
	s.press("Look again")
	s.Sees(s.letter, "Quick check · 11 of 100")
	s.do(bot.Event{Kind: bot.Click, Action: s.letter.Fresh})
	s.Sees(s.answer, "Quick check · 11 of 100")

	s.as(olga)
	s.press("Who reads this", "Take it back from Robin")
	if got := bottest.Audits(s.effects); got != "took back result of assessment quick-check from robin" {
		t.Errorf("the log says %q", got)
	}
	s.as(robin)
	s.Sees(s.letter, "This result is not shared with you any more")
	s.do(bot.Event{Kind: bot.Click, Action: lists})
	s.Sees(s.answer, "Only an owner can do that")
}

func TestWhoCannotBeLetIn(t *testing.T) {
	s := finished(t, "No")
	for name, p := range map[string]bot.Picked{
		"nobody":     {},
		"themselves": {ID: "olga", Name: "Olga", Affiliation: bot.Home},
		"a guest":    {ID: "gus", Name: "Gus", Affiliation: bot.Guest},
		"a stranger": {ID: "fred", Name: "Fred"},
	} {
		s.lets(p)
		if bottest.Refused(s.effects)["user"] == "" || len(s.run().Readers) > 0 {
			t.Errorf("%s: %+v", name, s.effects)
		}
	}
	p := bot.Picked{ID: "otto", Name: "Otto", Affiliation: bot.Home}
	s.lets(p)
	s.lets(p)
	if bottest.Refused(s.effects)["user"] != "They read it already." || len(s.run().Readers) != 1 {
		t.Errorf("let in twice: %+v", s.run().Readers)
	}
	for i := range 9 {
		s.lets(bot.Picked{ID: "x" + string(rune('a'+i)), Affiliation: bot.Home})
	}
	s.press("Let somebody read it")
	s.Sees(s.answer, "Ten people read this result already")
}

// Whoever was let in as one of the company and is none any more reads nothing.
func TestAReaderWhoIsAGuestNowReadsNothing(t *testing.T) {
	s := finished(t, "No")
	s.lets(bot.Picked{ID: "robin", Name: "Robin", Affiliation: bot.Home})
	was := robin
	was.Affiliation = bot.Guest
	s.as(was)
	s.press("Who fixes what")
	if strings.Contains(bottest.Lines(s.answer), "risk") {
		t.Errorf("a guest reads %s", bottest.Lines(s.answer))
	}
}

func TestAResultThatDoesNotArriveIsSaid(t *testing.T) {
	s := finished(t, "No")
	s.lets(bot.Picked{ID: "robin", Name: "Robin", Affiliation: bot.Home})
	var key string
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok && show.To == bot.To("robin") {
			key = show.Key
		}
	}
	s.do(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key, To: bot.To("robin"), Reason: "the person has left"}})
	s.Sees(s.news, "did not reach Robin", "the person has left")
}
