package fixes_test

import (
	"fmt"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/score"
)

// said has Robin say that a task is done.
func said(t *testing.T) *scene {
	t.Helper()
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	s.submit(robin, form{"note": "Three files are back"}, "did", restore, "it")
	return s
}

func TestTheNextAnswerConfirmsIt(t *testing.T) {
	s := said(t)
	s.Unseen(s.looks(olga), "What is mended")
	s.says(restore, s.Now.Format(time.DateOnly))
	s.Sees(s.looks(olga), "Fix list: 5 open", "[What is mended (1)]")
	if f := s.fix(restore); f.State != company.FixClosed || f.Closed.IsZero() {
		t.Errorf("it is %+v", f)
	}
	s.Sees(bottest.Answered(s.Press(olga, "closed")), "Mended: 1 gap", "Test a restore · 2 March 2026", "[Test a restore]")
	s.Sees(bottest.Answered(s.Press(olga, "open", restore)), "Test a restore · mended", "the answer of 2 March 2026 no longer shows it", "Three files are back", "[Open again]")
	s.fires()
	s.Sees(s.Views[len(s.Views)-1], "Mended: test a restore", "Thank you")
	s.Unseen(s.looks(robin), "restore")
}

func TestAnAnswerThatStillShowsTheGapOpensItAgain(t *testing.T) {
	for _, value := range []string{score.Never, score.DontKnow, start.AddDate(0, 0, -300).Format(score.DayFormat)} {
		s := said(t)
		s.pass(24 * time.Hour)
		s.says(restore, value)
		s.Sees(s.looks(olga), "Fix list: 6 open", "Robin, by 1 June 2026 · open again")
		s.Sees(bottest.Answered(s.Press(olga, "open", restore)), "said to be done, and the answer of 3 March 2026 does not show it yet", "Three files are back")
		s.Unseen(s.looks(robin), "Nothing is waiting")
		s.fires()
		s.Sees(s.Views[len(s.Views)-1], "does not show it as done yet", "nobody doubts your word", "[Done]")
		s.submit(robin, form{"note": "The server too"}, "did", restore, "it")
		s.Sees(s.looks(olga), "Fix list: 5 open")
	}
}

func TestADayThatIsOverIsForgottenWhereItWasSaidToBeDone(t *testing.T) {
	s := said(t)
	s.Now = time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	s.says(restore, score.Never)
	s.Sees(s.looks(olga), "Robin · open again")
	s.Unseen(s.looks(olga), "overdue")
}

func TestWhatCountsAsAnAnswer(t *testing.T) {
	revision := func(s *scene, id string) int { return s.lib.Questions[id].Revision }
	for name, c := range map[string]struct {
		task string
		said func(s *scene) company.Answer
		want company.FixState
	}{
		"a yes": {payment, func(s *scene) company.Answer {
			return company.Answer{Value: score.Yes, At: s.Now, Revision: revision(s, payment)}
		}, company.FixClosed},
		"a half": {payment, func(s *scene) company.Answer {
			return company.Answer{Value: score.Partly, At: s.Now, Revision: revision(s, payment)}
		}, company.FixOpen},
		"from before it was done": {payment, func(s *scene) company.Answer {
			return company.Answer{Value: score.No, At: start.Add(time.Minute), Revision: revision(s, payment)}
		}, company.FixDone},
		"the one it was made of": {payment, func(s *scene) company.Answer {
			return company.Answer{Value: score.No, At: start, Revision: revision(s, payment)}
		}, company.FixDone},
		"to what the question was": {payment, func(s *scene) company.Answer {
			return company.Answer{Value: score.Yes, At: s.Now, Revision: revision(s, payment) - 1}
		}, company.FixDone},
		"an empty one": {payment, func(s *scene) company.Answer { return company.Answer{At: s.Now, Revision: revision(s, payment)} }, company.FixDone},
	} {
		s := made(t)
		s.submit(olga, form{"note": "The rule is out"}, "done", c.task)
		s.pass(time.Hour)
		s.answered(c.task, c.said(s))
		s.looks(olga)
		if got := s.fix(c.task).State; got != c.want {
			t.Errorf("%s makes it %s, want %s", name, got, c.want)
		}
	}
}

func TestWhatNobodySaidIsClosedToo(t *testing.T) {
	s := made(t)
	s.gives(payment, kim, "", "1 June")
	s.says(payment, score.Yes)
	s.Sees(s.looks(kim), "Nothing is waiting for you")
	if got := s.fix(payment).State; got != company.FixClosed {
		t.Errorf("it is %s", got)
	}
}

func TestWhatWasToBeFoundOutBecomesWorkOfItsOwn(t *testing.T) {
	s := made(t)
	s.gives(leavers, robin, "both", "1 June")
	s.Sees(s.looks(robin), "find out: close access on the last day", "ask IT to show that their accounts are closed")
	s.submit(robin, form{"note": "Two are open still"}, "did", leavers, "both")
	s.says(leavers, score.No)
	s.Sees(s.looks(olga), "Close access on the last day · nobody yet · open again")
	s.Sees(bottest.Answered(s.Press(olga, "open", leavers)), "It was found out", "there is a gap", "Two are open still")
	s.fires()
	s.Unseen(s.looks(robin), "leave")
}

func TestWhatBreaksAnewIsNewWork(t *testing.T) {
	s := said(t)
	s.says(restore, s.Now.Format(time.DateOnly))
	s.looks(olga)
	s.pass(90 * 24 * time.Hour)
	s.says(restore, score.Never)
	s.Sees(s.looks(olga), "Test a restore · nobody yet · open again")
	s.Sees(bottest.Answered(s.Press(olga, "open", restore)), "mended once", "Robin, 2 March 2026: “Three files are back”")
	if len(s.list().Tasks) != 6 {
		t.Errorf("%d tasks", len(s.list().Tasks))
	}
}

// The owner knows better than an answer, until there is another.
func TestWhatIsMendedCanBeOpenedAgain(t *testing.T) {
	s := said(t)
	s.says(restore, s.Now.Format(time.DateOnly))
	s.looks(olga)
	effects := s.Press(olga, "reopen", restore)
	s.Sees(bottest.Told(effects)["robin"], "[Done]")
	s.Sees(s.looks(olga), "Fix list: 6 open")
	s.says(restore, s.Now.Format(time.DateOnly))
	s.Sees(s.looks(olga), "Fix list: 5 open")
}

func TestLookingChangesNothingWhereNothingIsNew(t *testing.T) {
	s := said(t)
	for _, who := range []bot.Person{olga, robin, sam} {
		effects := s.Play(bot.Event{Kind: bot.Command, From: who})
		if len(effects) != 1 {
			t.Errorf("%s: %v", who.ID, effects)
		}
	}
}

// A form is opened or kept open only by a step that changes nothing: what was
// answered meanwhile is noticed at the next look.
func TestAFormIsNotInTheWayOfWhatWasAnswered(t *testing.T) {
	s := said(t)
	s.says(restore, score.Never)
	before := s.Docs[company.FixesOf.Key(company.FixesID)]
	opened, kept := s.Press(olga, "give", payment), s.submit(olga, form{}, "give", payment)
	if len(opened) != 1 || len(kept) != 1 || bottest.Refused(kept) == nil || string(s.Docs[company.FixesOf.Key(company.FixesID)]) != string(before) {
		t.Errorf("opened %v, kept open %v, or the list was changed", opened, kept)
	}
	s.Sees(s.looks(olga), "Robin, by 1 June 2026 · open again")
}

func TestManyCardsAreShownAFewAtATime(t *testing.T) {
	s := made(t)
	for i, id := range []string{mfa, leavers, restore, payment, helper, assess} {
		for _, part := range []string{"it", "security"} {
			who := bot.Person{ID: fmt.Sprintf("p%d%s", i, part), Name: "Pat", Affiliation: bot.Home}
			e := bot.Event{Kind: bot.Submit, From: olga, Action: bot.Do("fixes", "give", id), Values: form{"user": who.ID, "part": part, "due": "1 June"},
				Picked: map[string]bot.Picked{"user": {ID: who.ID, Name: who.Name, Affiliation: bot.Home}}}
			s.Play(e) // of one trade's tasks the second has it alone
		}
		s.submit(olga, form{"note": "All is well"}, "done", id)
	}
	for _, id := range []string{mfa, leavers, restore, payment, helper, assess} {
		s.says(id, map[bool]string{true: score.Never, false: score.No}[id == restore || id == assess])
	}
	s.looks(sam)
	told := map[string]bool{}
	for round := 0; len(s.Timers) > 0; round++ {
		if round > 3 {
			t.Fatal("the timer comes without end")
		}
		for name := range s.Timers {
			delete(s.Timers, name)
			effects := s.Play(bot.Event{Kind: bot.Timer, Timer: "cards"})
			if len(bottest.Told(effects)) > 5 {
				t.Errorf("one step writes to %d people", len(bottest.Told(effects)))
			}
			for who := range bottest.Told(effects) {
				if told[who] {
					t.Errorf("%s is told twice", who)
				}
				told[who] = true
			}
		}
	}
	want := 0
	for _, f := range s.list().Tasks {
		want += len(f.Parts)
	}
	if len(told) != want || want < 6 {
		t.Errorf("%d people are told of %d parts", len(told), want)
	}
}
