package assess_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/content/contenttest"
)

// Nothing of a run lives anywhere but in what is stored: the whole bot is
// built anew before each press, at every question of every pack, and each
// kind of card is come upon.
func TestARestartBeforeEveryPressLosesNothing(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	for _, p := range lib.Packs {
		results := map[bool]string{}
		for _, restarts := range []bool{false, true} {
			s := begin(t, lib)
			s.anew = restarts
			s.types(p.ID)
			s.press("11 to 49", "An IT provider", "IT alone")
			if len(p.AskFirst) > 0 {
				s.press("Shops", "None of these")
			}
			s.press("No", "Back")
			s.press(s.same("Partly"))
			s.press("Later")
			s.types(p.ID)
			s.press("Continue")
			s.sends(robin, "in a week")
			s.all("Yes, I believe so")
			s.Sees(s.card, "waiting for 1")
			s.fires()
			s.as(robin)
			s.press(s.letter.Actions()[0].Label)
			s.as(olga)
			s.Sees(s.card, p.Title+" · ", "of 100")
			s.press("Change an answer")
			s.press(s.answer.Actions()[2].Label)
			s.press(s.same("No"))
			s.types(p.ID)
			s.press("Start a new one")
			s.press(s.card.Actions()[0].Label) // still right
			results[restarts] = bottest.Lines(s.card)
		}
		if results[true] != results[false] {
			t.Errorf("%s goes on differently after restarts:\n%s\ninstead of\n%s", p.ID, results[true], results[false])
		}
	}
}

func TestEveryButtonThatIsShownIsAccepted(t *testing.T) {
	for _, where := range []bot.Place{direct, leadership} {
		s := begin(t, contenttest.BuiltIn(t))
		s.where = where
		s.types("quarterly essentials")
		if where == leadership {
			s.press("Together here")
		}
		s.press("11 to 49", "An IT provider", "IT alone")
		if where == direct {
			s.sends(robin, "in a week")
		}
		ours := s.World.Buttons[:0]
		for _, b := range s.World.Buttons {
			if b.Action.Flow == "assess" {
				ours = append(ours, b)
			}
		}
		s.World.Buttons = ours
		for _, other := range []string{"remind", "explain", "sides", "fixes", "interview"} {
			s.World.Flows[other] = bottest.Elsewhere(other)
		}
		for _, who := range []bot.Person{olga, robin, otto, sam} {
			buttons := append([]bot.Button{}, s.World.Buttons...)
			if n, err := s.World.Explore(who, where, 1000); err != nil || n < 10 {
				t.Errorf("%s pressed %d: %v", who.ID, n, err)
			}
			s.World.Buttons = append(s.World.Buttons, buttons...)
		}
	}
}
