package sides_test

import (
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

const week = 7 * 24 * time.Hour

func TestANoIsTakenKindlyAndNothingOfItIsKept(t *testing.T) {
	for label, title := range map[string]string{"Not now": "Robin would rather not do this now", "I'd rather talk": "Robin would rather talk about it"} {
		s := begun(t)
		s.press(olga, "No")
		s.press(robin, label)
		s.Sees(s.card(robin), "Thank you", "Olga knows", "[Start after all]")
		s.Sees(s.note(olga), title, "[Ask Robin again]", "[Ask somebody else]", "[Stop this check]")
		for _, x := range s.last {
			if audit, ok := x.(bot.Audit); ok {
				t.Errorf("the log tells of a no: %+v", audit)
			}
		}
		if c := s.check(); len(c.Owner.Answers) != 1 || len(s.Timers) != 0 {
			t.Errorf("the owner's answers %v, timers %v", c.Owner.Answers, s.Timers)
		}
	}
}

func TestTheQuestionsComeWithAWishToTalk(t *testing.T) {
	s := answering(t)
	s.press(robin, "No", "Partly", "I'd rather talk")
	s.Sees(s.note(olga), "1. Does everybody need a second sign-in step", "10. When did somebody")
	if c := s.check(); len(c.IT.Answers) != 0 || c.IT.Begun {
		t.Errorf("kept of the one who said no: %+v", c.IT)
	}
	s.all(olga, "yes")
	s.Sees(s.card(olga), "Robin said no for now", "[Ask Robin again]")
	s.press(robin, "Start after all")
	if got := s.Timers["sides/"+company.SidesID("olga", "quick-check")+"/silence"]; !got.Equal(s.Now.Add(week)) {
		t.Errorf("silence is spoken of at %v", got)
	}
	s.Sees(s.card(robin), "1 of 10")
	s.Unseen(s.card(robin), "Your answer so far")
	s.Sees(s.card(olga), "When Robin is done too")
	s.all(robin, "yes")
	s.Sees(s.compared(olga), "see all 10 the same way")
}

func TestTheSamePersonIsAskedAgainOnce(t *testing.T) {
	s := begun(t)
	s.press(robin, "Not now")
	again := s.button(olga, "Ask Robin again")
	s.click(olga, again)
	s.Sees(s.reply, "I have asked Robin")
	s.Sees(s.card(robin), "would like to compare notes with you")
	if got := s.Timers["sides/"+company.SidesID("olga", "quick-check")+"/silence"]; !got.Equal(s.Now.Add(week)) {
		t.Errorf("silence is spoken of at %v", got)
	}
	before := maps.Clone(s.Docs)
	s.click(olga, again)
	s.Sees(s.reply, "answered already")
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Error(diff)
	}
}

func TestSomebodyElseIsAskedInTheirPlace(t *testing.T) {
	s := answering(t)
	s.press(olga, "No")
	s.press(robin, "Partly")
	old := s.button(robin, "Partly")
	s.types(olga, "")
	s.press(olga, "Ask somebody else")
	s.submit("robin")
	s.Sees(s.reply, "Robin has been asked already")
	s.types(olga, "")
	s.press(olga, "Ask somebody else")
	form := s.Forms[len(s.Forms)-1]
	s.submit("sam")
	s.Sees(s.card(robin), "Nothing is needed from you any more", "it is deleted, and nobody read it")
	s.Sees(s.card(sam), "Olga would like to compare notes with you")
	s.click(robin, old)
	s.Sees(s.reply, "belongs to two other people")
	if c := s.check(); c.IT.User != "sam" || len(c.IT.Answers) != 0 || len(c.Owner.Answers) != 1 {
		t.Errorf("%+v", c)
	}
	s.press(sam, "Start (")
	s.all(sam, "yes")
	s.all(olga, "yes")
	s.do(olga, bot.Event{Kind: bot.Submit, Action: form.Action, Picked: map[string]bot.Picked{"user": {ID: "robin", Affiliation: bot.Home}}})
	s.Sees(s.reply, "That has gone on meanwhile") // a form that was left open
	if s.check().IT.User != "sam" {
		t.Error("a new check began by itself")
	}
}

func TestAWeekOfSilenceIsSpokenOfOnce(t *testing.T) {
	s := begun(t)
	s.fire()
	s.Sees(s.card(robin), "This is the one reminder", "[Start (5 minutes)]", "[Not now]")
	s.Sees(s.note(olga), "Nothing from Robin for a week", "once and not again", "You have answered 0 of 10 yourself.", "[Ask somebody else]", "[Stop this check]")
	if want := start.Add(week); s.Now.Sub(want) > time.Minute || s.Now.Before(want) {
		t.Errorf("it came at %v", s.Now)
	}
	if len(s.Timers) != 0 {
		t.Errorf("something else is due: %v", s.Timers)
	}
	s.press(robin, "Start (")
	s.Sees(s.card(robin), "1 of 10")
}

func TestNobodyIsRemindedTwice(t *testing.T) {
	s := begun(t)
	s.fire()
	s.press(robin, "Start (")
	s.all(robin, "yes")
	s.press(robin, "Change an answer")
	before := len(s.sent["robin"])
	for len(s.Timers) > 0 {
		s.fire() // it was set for the owner, when Robin was done
	}
	if len(s.sent["robin"]) != before {
		t.Errorf("Robin is reminded again: %s", bottest.Lines(s.card(robin)))
	}
}

func TestAFormOfAnEarlierCheckReplacesNobody(t *testing.T) {
	s := begun(t)
	s.types(olga, "")
	s.press(olga, "Ask somebody else")
	form := s.Forms[len(s.Forms)-1]
	s.press(olga, "Stop this check")
	s.press(olga, "Stop and delete")
	s.choose("robin")
	s.do(olga, bot.Event{Kind: bot.Submit, Action: form.Action, Picked: map[string]bot.Picked{"user": {ID: "sam", Affiliation: bot.Home}}})
	s.Sees(s.reply, "That has gone on meanwhile")
	if got := s.check().IT.User; got != "robin" {
		t.Errorf("%s was asked", got)
	}
}

func TestWhoeverIsAtItIsLeftInPeace(t *testing.T) {
	s := answering(t)
	s.Now = s.Now.AddDate(0, 0, 5)
	s.press(robin, "No", "Later")
	at := s.Now
	s.fire()
	if s.note(olga).Title != "" {
		t.Errorf("Olga is told: %s", s.note(olga).Title)
	}
	s.fire()
	if !s.Now.Equal(at.Add(week)) {
		t.Errorf("it came at %v, want a week after the latest answer", s.Now)
	}
	s.Sees(s.card(robin), "This is the one reminder", "2 of 10")
}

func TestTheOwnerLearnsThatTheOtherOneWaits(t *testing.T) {
	s := answering(t)
	s.press(olga, "No")
	s.all(robin, "yes")
	s.fire()
	s.Sees(s.note(olga), "Robin is done and waits for you", "You have answered 1 of 10 yourself.", "[Show my card]")
	if len(s.Timers) != 0 {
		t.Errorf("something else is due: %v", s.Timers)
	}
}

func TestALateTimerSaysNothing(t *testing.T) {
	for name, scene := range map[string]*scene{"compared": differing(t), "none": newScene(t)} {
		before := len(scene.Views)
		id := company.SidesID("olga", "quick-check")
		effects, err := scene.Do("sides", bot.Event{Kind: bot.Timer, Timer: id + "/silence"})
		if err != nil || len(effects) != 0 || len(scene.Views) != before {
			t.Errorf("%s: %v %v", name, effects, err)
		}
	}
}

// fire lets the next timer come.
func (s *scene) fire() {
	s.Helper()
	var name string
	for n, at := range s.Timers {
		name, s.Now = n, at
	}
	if name == "" {
		s.Fatal("no timer is set")
	}
	delete(s.Timers, name)
	effects, err := s.Do("sides", bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name, "sides/")})
	if err != nil {
		s.Fatal(err)
	}
	s.see("", effects)
}

// fail says that the latest view of somebody did not arrive.
func (s *scene) fail(who bot.Person, prefix string) {
	s.Helper()
	for _, x := range s.shown[who.ID] {
		if strings.HasPrefix(x.Key, prefix) {
			effects, err := s.Do("sides", bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: x.Key, To: bot.To(who.ID), Reason: "the account is closed"}})
			if err != nil {
				s.Fatal(err)
			}
			s.see("", effects)
		}
	}
}

func TestTheOwnerLearnsAtOnceWhoCannotBeReached(t *testing.T) {
	s := begun(t)
	s.all(olga, "yes")
	s.fail(olga, "sides/")
	if len(s.last) != 0 {
		t.Errorf("nobody can be told, and yet %v", s.last)
	}
	s.fail(robin, "sides/")
	s.Sees(s.note(olga), "I could not reach Robin", "The account is closed.", "[Ask Robin again]", "[Ask somebody else]", "[Stop this check]")
	s.Sees(s.card(olga), "I could not reach Robin: the account is closed", "[Ask somebody else]")
	if len(s.Timers) != 0 {
		t.Errorf("something is due: %v", s.Timers)
	}
	s.press(olga, "Ask Robin again")
	s.Sees(s.card(olga), "When Robin is done too")
	s.press(robin, "Start (")
	s.all(robin, "yes")
	s.fail(robin, "sides-compared/")
	s.Sees(s.note(olga), "I could not show Robin the comparison", "show them yours")
}

func TestStoppingDeletesWhatBothAnswered(t *testing.T) {
	s := answering(t)
	s.press(olga, "No", "No")
	s.press(robin, "Partly")
	late := s.button(robin, "Partly")
	s.press(olga, "Stop this check")
	s.Sees(s.reply, "is deleted at once", "[Stop and delete]", "[Go on with it]")
	stop := s.button(olga, "Stop and delete")
	if len(s.check().Owner.Answers) != 2 {
		t.Error("the question alone deletes")
	}
	s.click(robin, stop)
	s.Sees(s.reply, "belongs to the other side")
	s.click(olga, stop)
	s.Sees(s.card(olga), "is stopped")
	s.Sees(s.card(robin), "Olga has stopped this", "nobody read it")
	if len(s.Docs)+len(s.Timers) != 0 {
		t.Errorf("kept %v, due %v", s.Docs, s.Timers)
	}
	s.click(robin, late)
	s.Sees(s.reply, "That check is over")
	s.click(olga, stop)
	s.Sees(s.reply, "That check is over")
}

func TestWhatWasComparedIsNotStopped(t *testing.T) {
	s := begun(t)
	s.press(olga, "Stop this check")
	stop := s.button(olga, "Stop and delete")
	s.press(robin, "Start (")
	s.all(olga, "yes")
	s.all(robin, "no")
	s.click(olga, stop)
	s.Sees(s.reply, "settled already")
	if s.check().Compared.IsZero() {
		t.Error("it is gone")
	}
}

func TestNobodyElsePressesAnything(t *testing.T) {
	s := answering(t)
	s.press(olga, "Stop this check")
	buttons := append(s.reply.Actions(), append(s.card(olga).Actions(), s.card(robin).Actions()...)...)
	before := maps.Clone(s.Docs)
	for _, who := range []bot.Person{otto, sam, {ID: "olga", Role: bot.Owner}, {ID: "robin", Affiliation: bot.Guest}} {
		for _, b := range buttons {
			s.click(who, b.Action)
			s.Sees(s.reply, "belongs to two other people")
			if len(s.last) != 1 {
				t.Errorf("%s gets more than an answer: %v", who.ID, s.last)
			}
		}
	}
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Error(diff)
	}
}

func TestStrangeButtonsAreAnswered(t *testing.T) {
	s := answering(t)
	a := s.button(robin, "No")
	id, round, step := a.Arg(0), a.Arg(1), a.Arg(2)
	before := maps.Clone(s.Docs)
	for _, args := range [][]string{
		{"answer"}, {"answer", id}, {"answer", id, round}, {"answer", id, round, step}, {"answer", id, round, step, "acc-mfa-email", "perhaps"},
		{"answer", id, round, step, "no-such", "no"}, {"answer", id, round, step, "dev-updates", "no"}, {"answer", id, "other", step, "acc-mfa-email", "no"},
		{"no", id, round, step}, {"no", id, round, step, "never"}, {"take", id, round, step, "acc-mfa-email"}, {"begin", id, round, step}, {"resume", id, round, step},
		{"dance", id, round}, {"why", id, round, "gone"}, {"show", "aaaaaaaaaaaa", round}, {"show", strings.Repeat("x", 5000)}, {"start", "\x00"}, {"chosen", "quick-check", "x"}, {""},
	} {
		for _, who := range []bot.Person{olga, robin} {
			s.click(who, bot.Do("sides", args[0], args[1:]...))
			if s.reply.Title == "" {
				t.Errorf("%s: %v is not answered", who.ID, args)
			}
		}
	}
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Errorf("a strange button changed something: %s", diff)
	}
}

// Every button that anybody is shown is accepted, whoever presses it.
func TestEveryButtonIsAccepted(t *testing.T) {
	for _, who := range []bot.Person{olga, robin, otto, sam} {
		for name, s := range map[string]*scene{"begun": begun(t), "answering": answering(t), "differing": differing(t)} {
			s.types(olga, "")
			s.types(robin, "")
			if _, err := s.Explore(who, direct, 200); err != nil {
				t.Errorf("%s, %s: %v", who.ID, name, err)
			}
		}
	}
}

// Whatever the two press, in whatever order, each press is answered, nobody
// sees a comparison before both are done, and both can still get there.
func TestRandomPresses(t *testing.T) {
	for seed := range uint64(15) {
		random := rand.New(rand.NewPCG(seed, 11))
		s := begun(t)
		for range 120 {
			who := []bot.Person{olga, robin}[random.IntN(2)]
			if random.IntN(15) == 0 {
				s.Now = s.Now.Add(time.Duration(random.IntN(300)) * time.Hour)
				s.types(who, "")
			}
			b := s.Buttons[len(s.Buttons)-1-random.IntN(min(len(s.Buttons), 25))]
			if b.Action.Flow == "sides" {
				s.click(who, b.Action)
			}
			if c := s.check(); c.Compared.IsZero() != (len(s.shownOf(c.Round)) == 0) {
				t.Fatalf("seed %d: compared %v, shown to %v", seed, c.Compared, s.shownOf(c.Round))
			}
		}
		if c := s.check(); c.Round == "" || !c.Compared.IsZero() {
			s.choose("robin")
		}
		for _, who := range []bot.Person{robin, olga} {
			for _, label := range []string{"Start", "Answer anew", "Continue"} {
				if strings.Contains(bottest.Lines(s.card(who)), "["+label) {
					s.press(who, label)
				}
			}
			s.all(who, "no")
		}
		if c := s.check(); len(s.shownOf(c.Round)) != 2 {
			t.Errorf("seed %d: they do not get there:\n%s\n%s", seed, bottest.Lines(s.card(olga)), bottest.Lines(s.card(robin)))
		}
	}
}

// shownOf lists who is shown the comparison of a round.
func (s *scene) shownOf(round string) []string {
	var who []string
	for id, all := range s.shown {
		for _, x := range all {
			if round != "" && strings.HasPrefix(x.Key, "sides-compared/") && strings.HasSuffix(x.Key, "/"+round) {
				who = append(who, id)
			}
		}
	}
	return who
}
