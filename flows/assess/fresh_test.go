package assess_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

// asItIsNow looks at the card again, as Teams does for somebody who comes
// back to it.
func (s *scene) asItIsNow(fresh bot.Action) {
	s.Helper()
	before := len(s.runs())
	s.do(bot.Event{Kind: bot.Click, Action: fresh})
	if len(s.effects) != 1 || len(s.runs()) != before {
		s.Errorf("a look has effects: %v", s.effects)
	}
	if diff := cmp.Diff(s.card, s.answer); diff != "" {
		s.Errorf("the card is another one (-card +as it is now):\n%s", diff)
	}
	s.answer = bot.View{}
}

func TestACardThatIsLookedAtAgainIsAsItIsNow(t *testing.T) {
	s := started(t)
	first := s.card.Fresh
	s.asItIsNow(first)
	s.press("Yes, I believe so", "Partly", "Back")
	s.asItIsNow(first)
	s.press("Later")
	s.asItIsNow(first)
	s.press("Continue")
	s.all("No")
	s.asItIsNow(first)
	s.Sees(s.card, "of 100")

	s.who = otto
	s.do(bot.Event{Kind: bot.Click, Action: first})
	s.Sees(s.answer, "belongs to somebody else")
	s.who = olga
	s.do(bot.Event{Kind: bot.Click, Action: bot.Do("assess", "fresh", "0123456789ABCDEFGHJKMNPQRS")})
	s.Sees(s.answer, "not kept any more")
}
