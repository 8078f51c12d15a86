package fixes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

func TestEveryGapBecomesOneTask(t *testing.T) {
	s := newScene(t)
	effects := s.Press(olga, "make", run1)
	s.Sees(bottest.Answered(effects), "Fix list: 6 open", "all of its gaps are on the list now",
		"● IT support\nTest a restore · nobody yet\n◐ IT support and security together\nSecond sign-in step for everyone · nobody yet\nFind out: close access on the last day · nobody yet\n◆ Security expertise\nCall back on changed bank details · nobody yet\nA helper for break-ins, reachable at night · nobody yet\nAn independent security assessment · nobody yet",
		"[Test a restore]")
	if got := bottest.Audits(effects); got != "made fix list from assessment quick-check" {
		t.Errorf("audit %q", got)
	}
	var priorities []int
	for _, id := range s.list().Open(s.Now) {
		priorities = append(priorities, s.fix(id).Priority)
	}
	if diff := cmp.Diff([]int{30, 30, 30, 24, 20, 8}, priorities); diff != "" {
		t.Errorf("priorities: %s", diff)
	}
	before := s.list()
	effects = s.Press(olga, "make", run1)
	if diff := cmp.Diff(before, s.list()); diff != "" || bottest.Audits(effects) != "" {
		t.Errorf("the second press did something: %s%s", bottest.Audits(effects), diff)
	}
	s.Sees(bottest.Answered(effects), "were on the list already")
}

func TestMadeAgainNothingIsLostAndFiguresAreNew(t *testing.T) {
	s := made(t)
	s.gives(mfa, robin, "it", "2026-06-01")
	s.gives(mfa, kim, "security", "2026-07-01")
	s.submit(robin, form{"note": "On for the office"}, "did", mfa, "it")
	s.gives(restore, robin, "", "1 May")
	s.Press(olga, "plan", restore)
	s.submit(olga, form{"reason": "After the move", "until": "in a month"}, "accept", helper)
	before := s.list()
	s.pass(24 * time.Hour)
	run := s.worked(s.Now)
	run.Answers[mfa] = company.Answer{Value: score.No, At: s.Now, Revision: run.Answers[mfa].Revision}
	s.keep(run2, run)
	s.Sees(bottest.Answered(s.Press(olga, "make", run2)), "were on the list already")
	after := s.list()
	if len(after.Tasks) != 6 {
		t.Errorf("%d tasks", len(after.Tasks))
	}
	for id, was := range before.Tasks {
		is := after.Tasks[id]
		if diff := cmp.Diff(was.Parts, is.Parts); diff != "" || is.State != was.State || is.Accepted != was.Accepted || !is.Since.Equal(was.Since) || is.Run != run2 {
			t.Errorf("%s: state %s, run %s, accepted %+v %s", id, is.State, is.Run, is.Accepted, diff)
		}
	}
	if got := after.Tasks[mfa]; got.Priority != 60 || got.Gap != score.None {
		t.Errorf("priority %d, %s; a no counts twice a half", got.Priority, got.Gap)
	}
}

func TestAnOlderResultSaysNothingNew(t *testing.T) {
	s := newScene(t)
	s.pass(24 * time.Hour)
	later := s.worked(s.Now)
	later.Answers[restore] = company.Answer{Value: s.Now.Format(score.DayFormat), At: s.Now, Revision: later.Answers[restore].Revision}
	later.Answers[mfa] = company.Answer{Value: score.No, At: s.Now, Revision: later.Answers[mfa].Revision}
	s.keep(run2, later)
	s.Press(olga, "make", run2)
	s.Press(olga, "make", run1)
	if _, ok := s.list().Tasks[restore]; ok {
		t.Error("an old result opens what a later answer shows mended")
	}
	if got := s.fix(mfa); got.Gap != score.None || got.Run != run2 {
		t.Errorf("an old result overwrites a later one: %s of %s", got.Gap, got.Run)
	}
}

func TestWhoMayMakeTheList(t *testing.T) {
	demoted, lent := olga, robin
	demoted.Role = bot.Staff
	for name, c := range map[string]struct {
		who  bot.Person
		run  string
		sees string
		made bool
	}{
		"who started it":                 {olga, run1, "Fix list: 6 open", true},
		"a reader of the run":            {lent, run2, "The fix list is made", true},
		"another owner":                  {otto, run1, "belongs to somebody else", false},
		"who is an owner no longer":      {demoted, run1, "belongs to somebody else", false},
		"staff":                          {sam, run1, "belongs to somebody else", false},
		"a guest":                        {gus, run2, "Only people of this company", false},
		"somebody of another company":    {eve, run2, "Only people of this company", false},
		"a run that is not there":        {olga, "cbcdefghij23", "not kept any more", false},
		"an id that nobody made":         {olga, "../company/answers", "not kept any more", false},
		"a run that is not finished":     {olga, "dbcdefghij23", "not finished yet", false},
		"an assessment that has gone":    {olga, "ebcdefghij23", "not offered any more", false},
		"a result where nothing is open": {olga, "fbcdefghij23", "nothing to fix", false},
	} {
		s := newScene(t)
		run := s.worked(start)
		shared, unfinished, gone, good := run, run, run, run
		shared.Readers = []string{"robin", "gus", "eve"}
		unfinished.Finished = time.Time{}
		gone.Pack = "no-such-pack"
		good.Answers = map[string]company.Answer{payment: {Value: score.Yes, At: start}}
		bottest.Put(s, s.World, company.Runs, run2, shared)
		bottest.Put(s, s.World, company.Runs, "dbcdefghij23", unfinished)
		bottest.Put(s, s.World, company.Runs, "ebcdefghij23", gone)
		bottest.Put(s, s.World, company.Runs, "fbcdefghij23", good)
		v := bottest.Answered(s.Press(c.who, "make", c.run))
		if !strings.Contains(bottest.Lines(v), c.sees) || (len(s.list().Tasks) > 0) != c.made {
			t.Errorf("%s: %d tasks, and sees\n%s", name, len(s.list().Tasks), bottest.Lines(v))
		}
		if !c.who.Owner() {
			s.Unseen(v, "Test a restore")
		}
	}
}

func TestOtherOwnersAreSaidBeforeTheyReadIt(t *testing.T) {
	s := newScene(t, "otto")
	v := bottest.Answered(s.Press(olga, "make", run1))
	s.Sees(v, "another owner reads it too", "6 gaps would go onto it")
	if len(s.list().Tasks) > 0 {
		t.Error("the list was made before it was agreed")
	}
	s.Press(olga, "made", run1)
	s.Sees(s.looks(otto), "Fix list: 6 open")
	s.Unseen(bottest.Answered(s.Press(olga, "make", run1)), "another owner")
	s.Sees(bottest.Answered(s.Press(otto, "made", run1)), "belongs to somebody else")
}

func TestWithoutAListThereIsAWayToOne(t *testing.T) {
	s := newScene(t)
	s.Sees(s.looks(olga), "There is no fix list yet", "[Check our security]")
	bottest.Put(t, s.World, company.Indexes, company.IndexID, company.Index{Finished: map[string][]string{content.QuickCheck: {run1}}})
	v := s.looks(olga)
	s.Sees(v, "Yours: Quick check, 2 March 2026", "[Show that result]")
	s.Unseen(s.looks(otto), "Quick check")
	s.Sees(bottest.Answered(s.Play(bot.Event{Kind: bot.Click, From: olga, Place: bot.Place{Channel: "D1", Kind: bot.Direct}, Action: s.Button("Make the fix list", v)})), "Fix list")
	s.Sees(s.looks(olga), "Fix list: 6 open")
	s.Sees(s.looks(sam), "Nothing is waiting for you")
	for _, who := range []bot.Person{gus, eve} {
		s.Sees(s.looks(who), "Only people of this company")
	}
}
