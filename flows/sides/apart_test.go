package sides_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// Whatever one of the two answers, the other is shown the very same until
// both are done.
func TestNothingOfOneSideIsShownToTheOther(t *testing.T) {
	for _, pair := range [][2]bot.Person{{olga, robin}, {robin, olga}} {
		answers, watches := pair[0], pair[1]
		var told [][]bot.View
		for _, code := range []string{"seen", "no", "dont-know"} {
			s := answering(t)
			s.press(watches, "Partly", "Back", "Partly")
			s.all(answers, code)
			s.press(watches, "Later", "Continue")
			s.click(watches, s.card(watches).Fresh)
			s.types(watches, "")
			if s.card(answers).Title != "Quick check from both sides: your part is done" {
				t.Errorf("%s is not done: %s", answers.ID, s.card(answers).Title)
			}
			told = append(told, s.sent[watches.ID])
		}
		for _, other := range told[1:] {
			if diff := cmp.Diff(told[0], other); diff != "" {
				t.Errorf("%s can tell what %s said:\n%s", watches.ID, answers.ID, diff)
			}
		}
	}
}

// finishing is a scene in which one answer is left for each of the two.
func finishing(t *testing.T) *scene {
	t.Helper()
	s := answering(t)
	for _, who := range []bot.Person{olga, robin} {
		for range 9 {
			s.click(who, coded(answers(s.card(who)), "yes"))
		}
	}
	return s
}

func TestBothSeeTheComparisonInOneStepWhoeverIsLast(t *testing.T) {
	ends := map[string]bot.Action{}
	for _, order := range [][2]bot.Person{{olga, robin}, {robin, olga}} {
		s := finishing(t)
		ends["olga"], ends["robin"] = coded(answers(s.card(olga)), "no"), coded(answers(s.card(robin)), "seen")
		s.click(order[0], ends[order[0].ID])
		for _, who := range order {
			if s.compared(who).Title != "" {
				t.Fatalf("%s sees the comparison before both are done", who.ID)
			}
		}
		s.click(order[1], ends[order[1].ID])
		if len(shownIn(s.last, "sides-compared/")) != 2 {
			t.Errorf("one step shows the comparison to %v", shownIn(s.last, "sides-compared/"))
		}
		s.Sees(s.compared(olga), "you and Robin see 1 of 10 differently", "When did somebody with security expertise", "You say longer ago, or never; Robin says about November 2025, and has seen it.", "[Take their answer]", "Talk about this one with Robin")
		s.Sees(s.compared(robin), "you and Olga see 1 of 10 differently", "You say about November 2025, and have seen it; Olga says longer ago, or never.", "Talk about this one with Olga")
		s.Unseen(s.compared(robin), "[Take their answer]", "[Keep mine]")
		s.Sees(s.card(olga), "you are both done")
		s.Sees(s.card(robin), "you are both done")
		if len(s.Timers) != 0 {
			t.Errorf("something is still due: %v", s.Timers)
		}
		// Pressed once more, the last button of each changes nothing.
		before := maps.Clone(s.Docs)
		for _, who := range order {
			s.click(who, ends[who.ID])
			s.Sees(s.reply, "That is settled already")
		}
		if diff := cmp.Diff(before, s.Docs); diff != "" {
			t.Error(diff)
		}
	}
}

// shownIn lists to whom views under a key go.
func shownIn(effects []bot.Effect, prefix string) map[string]bot.View {
	to := map[string]bot.View{}
	for _, x := range effects {
		if show, ok := x.(bot.Show); ok && len(show.Key) > len(prefix) && show.Key[:len(prefix)] == prefix {
			to[show.To.User] = show.View
		}
	}
	return to
}

// Both press at the same moment: both steps read the same. Whichever the store
// takes second is refused, because the check has changed, and is stepped again.
func TestBothEndAtTheSameMoment(t *testing.T) {
	for _, second := range []bot.Person{olga, robin} {
		s := finishing(t)
		first := robin
		if second.ID == "robin" {
			first = olga
		}
		press := func(who bot.Person) bot.Event {
			return bot.Event{Kind: bot.Click, From: who, Place: direct, Action: coded(answers(s.card(who)), "no")}
		}
		early := press(second)
		before := maps.Clone(s.Docs)
		effects, err := s.Do("sides", early)
		if err != nil || len(shownIn(effects, "sides-compared/")) > 0 {
			t.Fatalf("one who is done alone is shown the comparison: %v", err)
		}
		key := company.SidesOf.Key(company.SidesID("olga", "quick-check"))
		if string(s.Docs[key]) == string(before[key]) {
			t.Error("the step does not write the check, so nothing would refuse it")
		}
		s.Docs = before // the store refuses it
		if effects, err = s.Do("sides", press(first)); err != nil || len(shownIn(effects, "sides-compared/")) > 0 {
			t.Fatalf("the first is shown the comparison: %v", err)
		}
		if effects, err = s.Do("sides", early); err != nil || len(shownIn(effects, "sides-compared/")) != 2 {
			t.Errorf("stepped again it shows the comparison to %d, want both (%v)", len(shownIn(effects, "sides-compared/")), err)
		}
	}
}

func TestOneSidesPressesDoNotMakeTheOthersLate(t *testing.T) {
	s := answering(t)
	waits := coded(answers(s.card(robin)), "partly")
	s.press(olga, "No", "Back", "Partly", "Later")
	s.click(robin, waits)
	if got := s.check().IT.Answers["acc-mfa-email"].Value; got != "partly" {
		t.Errorf("kept %q", got)
	}
}

func TestLateAndDoublePressesChangeNothing(t *testing.T) {
	s := answering(t)
	first := coded(answers(s.card(robin)), "no")
	s.click(robin, first)
	before := maps.Clone(s.Docs)
	for range 2 {
		s.click(robin, first)
		s.Sees(s.reply, "answered already")
		s.Sees(s.card(robin), "2 of 10")
	}
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Error(diff)
	}
	s.press(robin, "Back") // the same question stands on the card again, for a new press
	s.click(robin, first)
	s.Sees(s.reply, "answered already")
}

func TestBackChangesAnAnswerAlsoAfterTheLast(t *testing.T) {
	s := answering(t)
	s.all(robin, "yes")
	s.press(robin, "Change an answer")
	s.Sees(s.card(robin), "10 of 10", "Your answer so far: About Nov 2025")
	s.all(olga, "yes")
	if s.compared(olga).Title != "" {
		t.Error("compared while one is changing an answer")
	}
	s.press(robin, "Back", "No")
	s.Sees(s.compared(robin), "1 of 10 differently", "You say not yet; Olga thinks so.")
}

func TestWhoWantedToChangeSomethingCanLeaveItAsItIs(t *testing.T) {
	s := answering(t)
	s.all(robin, "yes")
	s.press(robin, "Change an answer")
	s.all(olga, "yes")
	s.press(robin, "Leave it as it is")
	s.Sees(s.compared(olga), "all 10 the same way")
}
