package remind_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

// ran stores a finished run of Olga's, with the same answer to every
// question; other keeps what some questions got instead.
func ran(s *scene, id string, at time.Time, value string, other map[string]string) {
	s.Helper()
	p, _ := s.lib.Pack("quick-check")
	run := company.Run{Pack: p.ID, Owner: "olga", Name: "Olga", Started: at, Changed: at, Finished: at, Answers: map[string]company.Answer{}}
	for _, pq := range p.Questions {
		q := s.lib.Questions[pq.ID]
		said := value
		if x := other[q.ID]; x != "" {
			said = x
		}
		if q.Kind == "date" && said == "yes" {
			said = at.AddDate(0, 0, -5).Format(time.DateOnly)
		}
		run.Answers[q.ID] = company.Answer{Value: said, Evidence: true, By: "olga", At: at, Revision: q.Revision}
	}
	index := company.Index{}
	if s.Docs[company.Indexes.Key(company.IndexID)] != nil {
		index = get(s, company.Indexes, company.IndexID)
	}
	index.Finish("olga", p.ID, id)
	bottest.Put(s, s.World, company.Indexes, company.IndexID, index)
	bottest.Put(s, s.World, company.Runs, id, run)
}

const runA, runB = "aaaaaaaaaaaa", "bbbbbbbbbbbb"

func TestItAsksOnlyWhatIsStaleOrWasBad(t *testing.T) {
	s := quarterly(t)
	ran(s, runA, due.AddDate(0, 0, -20), "yes", map[string]string{"data-backup": "no", "acc-leavers": "dont-know"})
	gap(s)
	bottest.Put(s, s.World, company.Maps, company.MapID, company.Map{Duties: map[string]company.Duty{company.GroupIT: {Does: "r"}, company.GroupBoth: {Does: "r"}, company.GroupSecurity: {Does: "r"}, company.GroupEmergency: {Does: "r"}, "firewall": {State: company.Declined}}})
	s.fires()
	s.Sees(s.card("@olga"), "Quick check · 2 questions, 1 minute (8 answers still fresh)",
		"Still open: test a restore (Robin, was due 28 May)", "(nobody)", "One duty has no owner: Firewall and open ports.",
		"1 of 2: "+s.lib.Questions["data-backup"].Ask)
	first := bot.Do("assess", "first", "quick-check", "data-backup", "partly")
	found := false
	for _, b := range s.card("@olga").Actions() {
		found = found || b.Action.String() == first.String()
	}
	if !found {
		t.Errorf("no button answers the first question:\n%s", bottest.Lines(s.card("@olga")))
	}
}

// Nobody's answers are counted for anybody else.
func TestAnotherOwnersAnswersAreNotCounted(t *testing.T) {
	s := begin(t)
	ran(s, runA, monday, "yes", nil)
	s.as(otto)
	s.types("quarterly")
	s.press("Set it")
	s.fires()
	s.Sees(s.card("@otto"), "Quick check · 10 questions, 5 minutes", "It has not been done here yet")
}

func TestWithNothingToDoItIsOneLineOrNone(t *testing.T) {
	s := quarterly(t)
	ran(s, runA, due.AddDate(0, 0, -5), "yes", nil)
	s.fires()
	card := s.card("@olga")
	s.Sees(card, "Quick check", "Nothing to ask today: all 10 answers are still fresh. Next on Wednesday 2 September")
	if n := len(card.Actions()); n > 0 {
		t.Errorf("%d buttons where there is nothing to do", n)
	}
	s.timer("quick-check.olga/next", time.Time{})
	s.types("")
	s.press("Change")
	s.fill(map[string]string{"quiet": "nothing"}, nil)
	s.timer("quick-check.olga/due", time.Date(2026, 9, 2, 7, 0, 0, 0, time.UTC))
	ran(s, runB, time.Date(2026, 9, 1, 7, 0, 0, 0, time.UTC), "yes", nil)
	n := len(s.shown["@olga"])
	s.fires()
	if len(s.shown["@olga"]) > n {
		t.Errorf("it said: %s", bottest.Lines(s.card("@olga")))
	}
	s.types("status")
	s.Sees(s.answer, "there was nothing to do")
}

func TestAFinishedAssessmentClosesIt(t *testing.T) {
	s := quarterly(t)
	s.fires()
	ran(s, runA, due.AddDate(0, 0, 1), "yes", nil)
	s.types("")
	s.Unseen(s.answer, "Unanswered")
	s.fires()
	s.Sees(s.card("@olga"), "Done: Quick check", "Done on 3 June. Next on Wednesday 2 September")
	s.timer("quick-check.olga/next", time.Time{})
	if s.schedule("quick-check.olga").Past[0].How != company.WasDone {
		t.Errorf("past: %+v", s.schedule("quick-check.olga").Past)
	}
}

// Whoever has begun is left alone for as long as they go on.
// Whoever has done it wakes the reminder, which does not wait for its next
// asking; woken for nothing it says nothing.
func TestWhatIsDoneIsClosedAtOnce(t *testing.T) {
	s := quarterly(t)
	s.fires()
	look := bot.Event{Kind: bot.Timer, Timer: "quick-check.olga" + company.TimerLook}
	if s.do(look); s.told > 0 {
		t.Errorf("closed before it is done: %s", bottest.Lines(s.card("@olga")))
	}
	ran(s, runB, s.Now.Add(time.Minute), "yes", nil)
	s.do(look)
	s.Sees(s.card("@olga"), "Done: Quick check", "Next on Wednesday 2 September 2026")
	s.timer("quick-check.olga/next", time.Time{})
	if s.do(look); s.told > 0 {
		t.Error("closed twice")
	}
}

func TestARunInHandIsNotDisturbed(t *testing.T) {
	s := quarterly(t)
	s.fires()
	bottest.Put(s, s.World, company.Runs, runA, company.Run{Pack: "quick-check", Owner: "olga", Started: due, Changed: due.AddDate(0, 0, 2), Answers: map[string]company.Answer{"data-backup": {Value: "yes"}}})
	bottest.Put(s, s.World, company.Indexes, company.IndexID, company.Index{Open: map[string]string{company.OpenKey("olga", "quick-check"): runA}})
	n := len(s.shown["@olga"])
	s.fires()
	if len(s.shown["@olga"]) > n {
		t.Errorf("disturbed: %s", bottest.Lines(s.card("@olga")))
	}
	s.fires()
	s.Sees(s.card("@olga"), "Quick check · begun, and not finished", "1 of 10 are answered", "[Go on]")
}

func TestTheStatusSaysHowFarACheckIs(t *testing.T) {
	s := quarterly(t)
	s.firesUntil("@olga")
	run := company.Run{Pack: "quick-check", Owner: "olga", Started: monday, Changed: monday, Answers: map[string]company.Answer{"data-backup": {Value: "yes"}, "dev-updates": {Value: "no"}}}
	bottest.Put(s, s.World, company.Runs, runA, run)
	bottest.Put(s, s.World, company.Indexes, company.IndexID, company.Index{Open: map[string]string{company.OpenKey("olga", "quick-check"): runA}})
	s.types("status")
	s.Sees(s.answer, "delivered, unanswered. Asked: you on 2 June") // it was begun before
	run.Changed = s.Now.Add(time.Minute)
	bottest.Put(s, s.World, company.Runs, runA, run)
	s.Now = s.Now.Add(time.Hour)
	s.types("status")
	s.Sees(s.answer, "delivered, 2 of 10 answered. Asked: you on 2 June")
	s.Unseen(s.answer, "unanswered")
}

func TestAFixThatIsDoneClosesTheRestoreTest(t *testing.T) {
	s := forRobin(t)
	gap(s)
	s.firesUntil("@robin")
	fixes := get(s, company.FixesOf, company.FixesID)
	f := fixes.Tasks["data-restore-test"]
	f.State, f.Done = company.FixDone, company.Word{By: "robin", Name: "Robin", Note: "three files", At: s.Now.Add(time.Hour)}
	fixes.Tasks["data-restore-test"] = f
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, fixes)
	s.firesUntil("@robin")
	s.Sees(s.card("@robin"), "Done: Restore test", "Robin, 2 June: “three files”")
}

func TestConfirmedDutiesCloseTheMap(t *testing.T) {
	s := begin(t)
	m := company.Map{Parties: map[string]company.Party{"r": {Name: "Robin", User: "robin"}}, Duties: map[string]company.Duty{}}
	for _, group := range []string{company.GroupIT, company.GroupBoth, company.GroupSecurity, company.GroupEmergency} {
		m.Duties[group] = company.Duty{Does: "r"}
	}
	bottest.Put(s, s.World, company.Maps, company.MapID, m)
	s.types("confirm the responsibility map quarterly")
	s.press("Set it")
	s.fires()
	s.Sees(s.card("@olga"), "Who handles what", "never confirmed, or more than a year ago", "[It is all still right]", "[The map]")
	for group := range m.Duties {
		m.Duties[group] = company.Duty{Does: "r", State: company.Confirmed, Since: s.Now}
	}
	m.Changed = s.Now
	bottest.Put(s, s.World, company.Maps, company.MapID, m)
	s.fires()
	s.Sees(s.card("@olga"), "Done: Who handles what")
	s.firesUntil("@olga")
	s.Sees(s.card("@olga"), "Nothing to do: every duty has somebody")
}

// Only those who still owe something are asked about the fix list.
func TestOnlyWhoOwesSomethingIsAskedAboutFixes(t *testing.T) {
	s := begin(t)
	gap(s)
	fixes := get(s, company.FixesOf, company.FixesID)
	fixes.Tasks["acc-leavers"] = company.Fix{State: company.FixOpen, Side: "both", Parts: map[string]company.Part{
		"it":       {User: "kim", Name: "Kim", Due: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}, // months away
		"security": {User: "sam", Name: "Sam", Done: monday}}}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, fixes)
	s.types("fixes quarterly")
	s.Sees(s.answer, "To everybody who still owes something")
	s.press("Set it")
	s.firesUntil("@robin")
	s.Sees(s.card("@robin"), "Still with you: 1 open fix", "Test a restore · was due 28 May", "[Say how it stands]", "[Don't remind me of this]")
	for range 3 {
		s.firesUntil("@robin")
		s.Sees(s.card("@robin"), "First asked on 2 June")
	}
	s.firesUntil("@olga")
	s.Sees(s.card("@olga"), "1 person still has open fixes", "Robin: 1 open fix, asked 4 times", "A word from you")
	if len(s.shown["@kim"])+len(s.shown["@sam"]) > 0 {
		t.Errorf("asked who owes nothing: %v", s.shown)
	}
	s.timer("fixes/next", time.Time{})
}

func TestFixesThatAreDoneCloseIt(t *testing.T) {
	s := begin(t)
	gap(s)
	s.types("fixes quarterly")
	s.press("Set it")
	s.firesUntil("@robin")
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{})
	s.firesUntil("@robin")
	s.Sees(s.card("@robin"), "Done: Open fixes")
	n := len(s.shown["@robin"])
	s.fires()
	if len(s.shown["@robin"]) > n {
		t.Error("somebody who owes nothing was asked")
	}
	s.types("status")
	s.Sees(s.answer, "there was nothing to do")
}

// Whoever presses whatever, whenever: it is answered, and nothing breaks.
func TestEveryButtonIsAnswered(t *testing.T) {
	for _, who := range []bot.Person{olga, otto, robin, kim, {ID: "sam", Affiliation: bot.Home}} {
		s := forRobin(t)
		gap(s)
		for _, what := range []string{"quarterly", "fixes monthly", "numbers weekly", "outside look yearly", "water the plants every 2 weeks"} {
			s.types(what)
			s.press("Set it")
		}
		for round := range 12 {
			s.fires()
			if _, err := s.Explore(who, direct, 40); err != nil {
				t.Fatalf("%s, round %d: %v", who.ID, round, err)
			}
			for _, f := range s.Forms {
				for _, values := range []map[string]string{{}, {"day": "tomorrow", "rhythm": "weekly", "zone": "UTC", "text": "x"}, {"day": strings.Repeat("9", 300), "rhythm": "\x00"}} {
					if _, err := s.Do("remind", bot.Event{Kind: bot.Submit, Action: f.Action, Values: values, From: who, Place: direct}); err != nil {
						t.Fatalf("%s, form %q: %v", who.ID, f.Title, err)
					}
				}
			}
			s.Forms = nil
			if len(s.Timers) == 0 {
				break
			}
		}
	}
}

func TestAFormIsOpenedByAStepThatChangesNothing(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.as(robin)
	before := len(s.Docs)
	for _, label := range []string{"Done", "Another day"} {
		s.press(label)
		if len(s.Docs) != before {
			t.Errorf("%s changed something", label)
		}
	}
	s.as(olga)
	s.types("")
	s.press("Change")
	if len(s.Docs) != before {
		t.Error("Change changed something")
	}
}
