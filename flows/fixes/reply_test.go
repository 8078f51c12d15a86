package fixes_test

import (
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestWhoHasItSaysThatItIsDone(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	s.Sees(s.looks(robin), "Olga asks you to take care of this: test a restore", "[Done]")
	s.Press(robin, "did", restore, "it")
	if why := bottest.Refused(s.submit(robin, form{"note": " \u200b\n"}, "did", restore, "it")); why["note"] == "" {
		t.Error("no words are taken for a note")
	}
	effects := s.submit(robin, form{"note": "Three files are back"}, "did", restore, "it")
	s.Sees(bottest.Told(effects)["robin"], "Done, by your word: test a restore", "Three files are back")
	s.Sees(bottest.Told(effects)["olga"], "Robin says it is done: test a restore", "Robin: “Three files are back”")
	if f := s.fix(restore); f.State != company.FixDone || f.Done.By != "robin" || f.Done.Note != "Three files are back" {
		t.Errorf("it is %+v", f)
	}
	s.Sees(s.looks(olga), "Fix list: 5 open", "Said to be done", "Test a restore · Robin on 2 March 2026")
	s.Sees(s.looks(robin), "Nothing is waiting for you", "Test a restore · 2 March 2026")
	s.Unseen(s.looks(kim), "restore")
	for _, late := range [][]bot.Effect{
		s.submit(robin, form{"note": "Again"}, "did", restore, "it"), s.Press(robin, "did", restore, "it"),
		s.submit(robin, form{"note": "No time"}, "cant", restore, "it"), s.Press(robin, "cant", restore, "it"),
	} {
		s.Sees(bottest.Answered(late), "Done, by your word", "Three files are back")
		if len(bottest.Told(late)) != 0 || bottest.Audits(late) != "" {
			t.Error("a late press is told")
		}
	}
}

func TestWhoCannotSaysSo(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	s.Press(robin, "cant", restore, "it")
	effects := s.submit(robin, form{"note": "No time before July"}, "cant", restore, "it")
	s.Sees(bottest.Told(effects)["olga"], "Robin can't: test a restore", "Robin: “No time before July”", "good to know early")
	s.Sees(bottest.Told(effects)["robin"], "Given back: test a restore")
	s.Sees(s.looks(olga), "Test a restore · nobody yet (Robin can't)")
	s.Sees(bottest.Answered(s.Press(olga, "open", restore)), "Robin: “No time before July”")
	s.Sees(bottest.Answered(s.submit(robin, form{}, "cant", restore, "it")), "not with you any more")
	s.gives(restore, kim, "", "1 June")
	s.Unseen(s.looks(olga), "Robin")
}

func TestNobodyElseMayTouchIt(t *testing.T) {
	for _, who := range []bot.Person{sam, kim, gus, eve, {}} {
		s := made(t)
		s.gives(restore, robin, "", "1 June")
		before := s.Docs[company.FixesOf.Key(company.FixesID)]
		for _, verb := range []string{"did", "later", "cant", "mine", "card", "open", "give", "take", "plan", "done", "accept", "reopen", "closed", "list", "", "dance"} {
			for _, effects := range [][]bot.Effect{
				s.Press(who, verb, restore, "it"),
				s.submit(who, form{"note": "x", "user": "sam", "due": "tomorrow", "reason": "x", "until": "tomorrow"}, verb, restore, "it"),
			} {
				s.Unseen(bottest.Answered(effects), "restore", "Robin", "open")
				if len(bottest.Told(effects)) != 0 || bottest.Audits(effects) != "" {
					t.Errorf("%s by %q did something: %v", verb, who.ID, effects)
				}
			}
		}
		if string(s.Docs[company.FixesOf.Key(company.FixesID)]) != string(before) {
			t.Errorf("%q changed the list", who.ID)
		}
	}
}

func TestPeopleSeeTheirOwnTasksOnly(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	s.gives(mfa, robin, "it", "1 May")
	s.gives(payment, sam, "", "1 May")
	v := s.looks(robin)
	s.Sees(v, "With you: 2 to do", "Second sign-in step for everyone · by 1 May 2026 · IT support's part\nTest a restore · by 1 June 2026", "[Test a restore]")
	s.Unseen(v, "bank details", "helper", "security: ")
	s.Sees(bottest.Answered(s.Press(robin, "mine", restore, "it")), "[Done]", "[I can't]")
	s.Unseen(bottest.Answered(s.Press(robin, "mine", payment, "security")), "bank details", "Sam")
	s.Now = time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)
	s.Sees(s.looks(robin), "by 1 May 2026, overdue")
	s.Sees(s.looks(olga), "2 overdue", "Sam, by 1 May 2026, overdue")
}

func TestADayIsOverWhenItHasEndedEverywhere(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "1 May")
	s.Now = time.Date(2026, 5, 2, 11, 0, 0, 0, time.UTC) // evening of the first on Hawaii
	s.Unseen(s.looks(olga), "overdue")
	s.Now = time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)
	s.Sees(s.looks(olga), "Fix list: 6 open, 1 overdue")
}

// What the one who has it says may cross with what an owner says: whichever
// comes second is answered with what stands.
func TestWordsThatCross(t *testing.T) {
	accepts := func(s *scene) { s.submit(olga, form{"reason": "Later", "until": "1 May"}, "accept", restore) }
	marks := func(s *scene) { s.submit(olga, form{"note": "Saw it"}, "done", restore) }
	for name, c := range map[string]struct {
		first func(*scene)
		sees  string
		state company.FixState
	}{
		"accepted":  {accepts, "Not now: test a restore", company.FixAccepted},
		"done":      {marks, "Settled: test a restore", company.FixDone},
		"mended":    {func(s *scene) { s.says(restore, s.Now.Format(time.DateOnly)) }, "Mended: test a restore", company.FixClosed},
		"elsewhere": {func(s *scene) { s.gives(restore, kim, "", "1 June") }, "not with you any more", company.FixOpen},
	} {
		s := made(t)
		s.gives(restore, robin, "", "1 June")
		c.first(s)
		for _, effects := range [][]bot.Effect{
			s.Press(robin, "did", restore, "it"), s.submit(robin, form{"note": "Done"}, "did", restore, "it"),
			s.Press(robin, "cant", restore, "it"), s.submit(robin, form{"note": "No"}, "cant", restore, "it"),
		} {
			s.Sees(bottest.Answered(effects), c.sees)
		}
		if got := s.fix(restore).State; got != c.state {
			t.Errorf("%s: it is %s, want %s", name, got, c.state)
		}
	}
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	s.submit(robin, form{"note": "Three files"}, "did", restore, "it")
	for _, effects := range [][]bot.Effect{
		s.submit(olga, form{"reason": "Later", "until": "1 May"}, "accept", restore), s.submit(olga, form{"note": "Me"}, "done", restore),
		s.gives(restore, kim, "", "1 June"), s.Press(olga, "plan", restore), s.Press(olga, "take", restore),
		s.Press(olga, "give", restore), s.Press(olga, "done", restore), s.Press(olga, "accept", restore),
	} {
		s.Sees(bottest.Answered(effects), "Test a restore · said to be done")
		if len(bottest.Told(effects)) != 0 {
			t.Errorf("it was written to %v", bottest.Told(effects))
		}
	}
	if f := s.fix(restore); f.Done.By != "robin" || f.State != company.FixDone {
		t.Errorf("it is %+v", f)
	}
}

func TestAnOwnerWhoIsNoneAnyMoreIsNotTold(t *testing.T) {
	s := newScene(t, "otto")
	s.Press(olga, "made", run1)
	s.submit(otto, form{"user": "robin", "due": "1 June"}, "give", restore)
	told := bottest.Told(s.submit(robin, form{"note": "Three files"}, "did", restore, "it"))
	s.Sees(told["otto"], "Robin says it is done")
	if _, ok := told["olga"]; ok {
		t.Error("an owner is told who did not give it")
	}
	other := newScene(t)
	other.Press(olga, "make", run1)
	other.submit(otto, form{"user": "robin", "due": "1 June"}, "give", restore)
	if told = bottest.Told(other.submit(robin, form{"note": "Three files"}, "did", restore, "it")); len(told) != 2 || told["olga"].Title == "" {
		t.Errorf("told are %v", told)
	}
}

func TestACardShowsWhatIsTrueNow(t *testing.T) {
	s := made(t)
	card := bottest.Told(s.gives(restore, robin, "", "1 June"))["robin"]
	fresh := func() bot.View {
		return bottest.Answered(s.Play(bot.Event{Kind: bot.Click, From: robin, Action: card.Fresh}))
	}
	s.Sees(fresh(), "[Done]")
	s.submit(olga, form{"reason": "No money", "until": "1 May"}, "accept", restore)
	s.Sees(fresh(), "Not now: test a restore", "until 1 May 2026")
	s.Unseen(fresh(), "money")
	s.Press(olga, "reopen", restore)
	s.Sees(fresh(), "[Done]")
	s.gives(restore, kim, "", "1 June")
	s.Sees(fresh(), "not with you any more")
	s.gives(restore, robin, "", "1 June")
	s.Sees(fresh(), "Not with you any more: test a restore")
}
