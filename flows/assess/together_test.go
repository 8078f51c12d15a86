package assess_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/content/contenttest"
)

// together is a scene with the first question in a channel.
func together(t *testing.T) *scene {
	t.Helper()
	s := begin(t, contenttest.BuiltIn(t))
	s.where = leadership
	s.types("")
	s.press("Together here", "11 to 49", "An IT provider", "IT alone")
	return s
}

// in lets somebody speak in the channel.
func (s *scene) in(who bot.Person) { s.who, s.where = who, leadership }

func TestMembersAnswerAndWhoSaidWhatIsShown(t *testing.T) {
	s := together(t)
	if s.at != (bot.Address{Channel: "C1"}) {
		t.Fatalf("the card is at %+v", s.at)
	}
	s.Sees(s.card, "Quick check\n1 of 10", "Everybody in this channel reads this and may answer; the result goes to Olga alone.")
	s.press("Yes, I believe so")
	s.Sees(s.card, "Quick check\n1 of 10", "So far: Olga: Yes, I believe so")
	old := s.button("No")
	s.in(robin)
	s.press("No")
	s.Sees(s.card, "So far: Olga: Yes, I believe so · Robin: No", "You see it differently. The last answer counts: Robin's.")
	s.press("Next question")
	s.Sees(s.answer, "That button is for Olga")
	s.in(sam)
	s.do(bot.Event{Kind: bot.Click, Action: old}) // drawn before Robin's answer: still good
	s.Sees(s.card, "Robin: No · somebody here: No")
	s.in(olga)
	next := s.button("Next question")
	s.press("Next question")
	s.Sees(s.card, "Quick check\n2 of 10")
	for _, late := range []bot.Action{next, old} {
		s.do(bot.Event{Kind: bot.Click, Action: late})
		s.Sees(s.answer, "answered already")
	}
	s.press("Back")
	s.Sees(s.card, "Quick check\n1 of 10", "somebody here: No")
	next = s.button("Next question")
	s.in(robin)
	s.press("Partly")
	s.in(olga)
	s.do(bot.Event{Kind: bot.Click, Action: next}) // pressed while Robin answered
	s.Sees(s.card, "Quick check\n2 of 10")
}

// through answers what is left together, and goes on each time.
func (s *scene) through(label string) {
	s.Helper()
	for range 10 {
		if s.run().Current == "" {
			return
		}
		s.press(s.same(label), "Next question")
	}
}

func TestTheResultGoesToTheOwnerAloneAndTheSummaryOnPurpose(t *testing.T) {
	s := together(t)
	s.press("Yes, I believe so")
	s.in(robin)
	s.press("No")
	s.in(olga)
	s.press("Next question")
	s.through("Yes, I've seen it")
	for _, x := range s.effects {
		show, ok := x.(bot.Show)
		if ok && show.To != bot.To("olga") && strings.Contains(bottest.Lines(show.View), "of 100") {
			t.Errorf("the channel reads the result: %s", bottest.Lines(show.View))
		}
		if ok && show.To.Channel != "" {
			s.Sees(show.View, "all questions are answered", "The result went to Olga")
		}
	}
	if s.at != bot.To("olga") {
		t.Errorf("the result is at %+v", s.at)
	}
	s.Sees(s.card, "Quick check · 39 of 100", "[Where you differed]", "[Share a summary]")
	s.where = direct
	s.press("Where you differed")
	s.Sees(s.answer, "Olga: Yes, I believe so · Robin: No")
	fresh, old := s.card.Fresh, s.button("Who fixes what")
	s.in(robin)
	for _, a := range []bot.Action{fresh, old, bot.Do("assess", "answer", fresh.Arg(0), "1", "acc-mfa-email", "no")} {
		s.do(bot.Event{Kind: bot.Click, Action: a})
		if strings.Contains(bottest.Lines(s.answer), "of 100") || strings.Contains(bottest.Lines(s.answer), "risk") {
			t.Errorf("Robin sees the result: %s", bottest.Lines(s.answer))
		}
	}
	s.as(olga)
	s.press("Share a summary", "Share it")
	s.Sees(s.answer, "Shared")
}

func TestOnlyMembersOfTheChannelAnswer(t *testing.T) {
	s := together(t)
	yes := s.button("Yes, I've seen it")
	before := maps.Clone(s.World.Docs)
	for _, c := range []struct {
		who   bot.Person
		where bot.Place
	}{
		{robin, direct},
		{robin, bot.Place{Channel: "C9", Kind: bot.Channel}},
		{robin, bot.Place{Channel: "C1", Kind: bot.Shared}},
		{bot.Person{ID: "gus", Name: "Gus", Affiliation: bot.Guest}, leadership},
		{bot.Person{ID: "eve", Name: "Eve"}, leadership},
	} {
		s.who, s.where = c.who, c.where
		s.do(bot.Event{Kind: bot.Click, Action: yes})
		if s.answer.Title == "" {
			t.Errorf("%s is not answered", c.who.ID)
		}
	}
	if diff := cmp.Diff(before, s.World.Docs); diff != "" {
		t.Errorf("something was changed: %s", diff)
	}
}

func TestTogetherIsNotOfferedWhereOthersRead(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	for _, where := range []bot.Place{shared, direct} {
		s.where = where
		s.do(bot.Event{Kind: bot.Click, Action: bot.Do("assess", "begin", "quick-check", "together")})
		if s.answer.Title == "" || len(s.runs()) > 0 {
			t.Errorf("%s: %s, %d runs", where.Kind, s.answer.Title, len(s.runs()))
		}
	}
}

func TestAChannelThatOthersReadNowIsLeft(t *testing.T) {
	s := together(t)
	s.press("Partly")
	s.where = bot.Place{Channel: "C1", Kind: bot.Shared}
	s.press("Next question")
	s.Sees(s.answer, "in your direct messages", "People of other companies may read that channel now")
	if s.at != bot.To("olga") || s.run().Channel != "" {
		t.Errorf("the card is at %+v", s.at)
	}
	s.as(olga)
	s.Sees(s.card, "Quick check\n1 of 10", "Your answer so far: Partly")

	s = together(t)
	s.press("Later")
	s.as(olga)
	s.types("")
	s.Rooms = nil
	s.press("Continue") // the platform does not know the channel: not trusted
	s.Sees(s.card, "Quick check\n1 of 10")
	if s.at != bot.To("olga") {
		t.Errorf("the card is at %+v", s.at)
	}
}

func TestPausedTogetherGoesOnInTheChannel(t *testing.T) {
	s := together(t)
	s.World.Rooms = map[string]bot.Room{"C1": {Kind: bot.Channel, People: 5}}
	s.press("No", "Next question", "Later")
	s.in(robin)
	s.do(bot.Event{Kind: bot.Click, Action: bot.Do("assess", "answer", s.card.Fresh.Arg(0), "9", "dev-updates", "no")})
	s.Sees(s.answer, "answered already")
	s.as(olga)
	s.types("")
	s.Sees(s.answer, "It is answered together in a channel, and goes on there.")
	s.press("Continue")
	s.Sees(s.answer, "It goes on in the channel")
	s.Sees(s.card, "Quick check\n2 of 10")
	if s.at.Channel != "C1" {
		t.Errorf("the card is at %+v", s.at)
	}
}

func TestTheOwnerGoesOnAlone(t *testing.T) {
	s := together(t)
	s.press("No", "Go on alone")
	s.Sees(s.answer, "sent it to your direct messages")
	s.Sees(s.card, "Quick check\n1 of 10", "Your answer so far: No")
	var told bool
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok && show.To.Channel == "C1" {
			told = strings.Contains(show.View.Title, "Olga goes on alone")
		}
	}
	if !told {
		t.Errorf("the channel is not told: %v", s.effects)
	}
}

func TestACardThatDoesNotReachTheChannelComesToTheOwner(t *testing.T) {
	s := together(t)
	s.press("No")
	s.do(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "run/" + s.card.Fresh.Arg(0), To: s.at, Reason: "the channel was archived"}})
	s.Sees(s.news, "I couldn't go on in the channel", "The channel was archived")
	s.Sees(s.card, "Quick check\n1 of 10")
	if s.at != bot.To("olga") {
		t.Errorf("the card is at %+v", s.at)
	}
}

func TestWhatTheOwnerSaidBeforeIsNotShownToAChannel(t *testing.T) {
	s := finished(t, "No")
	s.where = leadership
	s.types("quarterly essentials")
	s.press("Together here")
	if all := bottest.Lines(s.card); strings.Contains(all, "you said") || strings.Contains(all, "fresh") {
		t.Errorf("the channel reads %s", all)
	}
}
