package assess_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/flows/content/contenttest"
)

func TestALongPackRestsAfterEachFive(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("quarterly essentials")
	s.press("11 to 49", "An IT provider", "IT alone")
	for done := range 25 {
		if done > 0 && done%5 == 0 {
			s.Sees(s.card, "Quarterly essentials · a good moment for a pause\n"+[]string{"", "5", "10", "15", "20"}[done/5]+" of 25", "[Continue]", "[Later]")
			go1 := s.button("Continue")
			s.press("Continue")
			s.do(bot.Event{Kind: bot.Click, Action: go1})
			s.Sees(s.answer, "answered already")
			s.answer = bot.View{}
		}
		s.press(s.same("Yes, I believe so"))
	}
	s.Sees(s.card, "Quarterly essentials · 100 of 100")
}

func TestARestIsLeftBackAndLater(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("quarterly essentials")
	s.press("11 to 49", "An IT provider", "IT alone", "No", "No", "No", "No", "No")
	s.press("Back")
	s.Sees(s.card, "5 of 25", "Your answer so far: No")
	s.press("Partly")
	s.Sees(s.card, "Quarterly essentials\n6 of 25")
	s.press("No", "No", "No", "No")
	s.Sees(s.card, "a good moment for a pause\n9 of 25")
	s.press("Later")
	s.Sees(s.card, "paused: 9 of 25 answered")
	s.types("quarterly essentials")
	s.press("Continue")
	s.Sees(s.card, "Quarterly essentials\n10 of 25")
}

func TestAShortPackDoesNotRest(t *testing.T) {
	s := started(t)
	s.press("No", "No", "No")
	s.press(s.same("No"))
	s.press("No")
	s.Sees(s.card, "Quick check\n6 of 10")
}

func TestTheLastFewAreAskedWithoutARest(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("insurance readiness")
	s.press("11 to 49", "An IT provider", "IT alone", "Something else", "Don't know")
	s.sends(robin, "in a week")
	for done := range 15 {
		if done == 5 || done == 10 {
			s.press("Continue")
		}
		s.press(s.same("No"))
	}
	s.Sees(s.card, "Insurance readiness\n17 of 18") // two are left
}
