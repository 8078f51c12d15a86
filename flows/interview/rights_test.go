package interview_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

func TestOnlyOwnersAsk(t *testing.T) {
	s := newScene(t)
	for _, who := range []bot.Person{sam, robin, {ID: "gus", Affiliation: bot.Guest, Role: bot.Owner}} {
		s.types(who, "")
		s.Sees(s.answer, "Only an owner starts this")
		s.click(who, bot.Do("interview", "start"))
		s.Sees(s.answer, "Only an owner starts this")
	}
	s.where = bot.Place{Channel: "C1", Kind: bot.Shared}
	s.types(olga, "")
	s.Sees(s.answer, "people of other companies")
	if len(s.Docs) != 0 {
		t.Error("something was begun")
	}
	s.where = bot.Place{Channel: "C1", Kind: bot.Channel}
	s.types(olga, "")
	s.Sees(s.answer, "direct messages")
	s.Sees(s.cards["olga card"], "Four questions")
}

func TestOnlyThoseConcernedMayPress(t *testing.T) {
	s := sent(t)
	s.press(robin, "asked", "Answer")
	form := s.form
	for _, who := range []bot.Person{sam, otto, olga} {
		s.fill(who, form, map[string]string{"breach": "forged"}, nil)
		s.Sees(s.answer, "went to somebody else")
	}
	s.answer = bot.View{}
	for _, label := range []string{"Copy as e-mail", "Paste a reply", "Stop", "Start again"} {
		press := s.Button(label, s.answer, s.cards[olga.ID+" "+"card"])
		for _, who := range []bot.Person{sam, otto, robin} {
			s.click(who, press)
			s.Sees(s.answer, "Only whoever asked")
			s.answer = bot.View{}
		}
	}
	for _, verb := range []string{"stop-now", "again-now", "show-now", "verdict", "fresh"} {
		s.click(otto, bot.Do("interview", verb, id, s.interview().Round))
		s.Sees(s.answer, "Only whoever asked")
	}
	s.types(otto, "")
	s.Sees(s.cards["otto card"], "no reply yet", "Not sent so far")
	s.Sees(s.cards["olga card"], "Sent to Robin")
}

func TestWhoCannotBeAsked(t *testing.T) {
	s := begun(t)
	s.press(olga, "card", "Send to somebody")
	form := s.form
	for _, who := range []bot.Picked{{}, {ID: "fred", Affiliation: bot.Foreign}, {ID: "gus", Affiliation: bot.Guest}, {ID: "olga", Affiliation: bot.Home}} {
		s.fill(olga, form, nil, map[string]bot.Picked{"user": who})
		if s.why["user"] == "" {
			t.Errorf("%+v is asked", who)
		}
	}
}

func TestSomebodyElseIsAskedInstead(t *testing.T) {
	s := sent(t)
	s.answers(robin, map[string]string{"breach": "Robin's words"})
	s.answer = bot.View{}
	s.send("sam")
	s.Sees(s.cards["robin asked"], "These questions go to somebody else now")
	s.Sees(s.cards["sam asked"], "Olga asks you four questions")
	s.Unseen(s.cards["sam asked"], "Robin's words")
	if s.posted["sam asked"] != 1 {
		t.Errorf("posted %d times", s.posted["sam asked"])
	}
	s.press(sam, "asked", "Answer")
	for _, in := range s.form.Fields {
		if in.Value != "" {
			t.Errorf("somebody else's words stand in the form: %q", in.Value)
		}
	}
	s.click(robin, bot.Do("interview", "answer", id, s.interview().Round))
	s.Sees(s.answer, "went to somebody else")
	s.fill(sam, s.Forms[len(s.Forms)-1], map[string]string{"currency": "Sam's"}, nil)
	if got := s.interview().Replies["breach"].Text; got != "Robin's words" {
		t.Errorf("Robin's answer is now %q", got)
	}
}

func TestWhoeverWasAskedFindsTheCardAgain(t *testing.T) {
	s := sent(t)
	s.types(robin, "")
	s.Sees(s.cards["robin asked"], "Olga asks you four questions")
	if s.posted["robin asked"] != 2 {
		t.Errorf("posted %d times", s.posted["robin asked"])
	}
	s.types(sam, "")
	s.Sees(s.answer, "Only an owner starts this")
}

func TestNobodyReadsForAnOwnerOfThePast(t *testing.T) {
	for name, does := range map[string]func(s *scene){
		"an answer": func(s *scene) { s.fill(robin, s.form, map[string]string{"breach": "At once"}, nil) },
		"silence":   func(s *scene) { s.do(bot.Person{}, bot.Event{Kind: bot.Timer, Timer: id + "/week"}) },
	} {
		s := sent(t)
		s.press(robin, "asked", "Answer")
		form := s.form
		s.owners = []string{"otto"}
		s.form = form
		does(s)
		if _, kept := s.Docs[company.Interviews.Key(id)]; kept {
			t.Errorf("%s: it is kept", name)
		}
		s.Sees(s.cards["olga card"], "This has ended")
		s.Sees(s.cards["robin asked"], "Nothing is needed from you")
	}
	s := sent(t)
	s.owners = nil
	s.click(robin, bot.Do("interview", "see", id, s.interview().Round))
	s.Sees(s.answer, "not an owner any more")
	if len(s.last) != 1 {
		t.Error("looking changes something")
	}
}
