package assess_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestAFreshAnswerOfAnotherPackIsConfirmedInsteadOfAsked(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	said := s.run().Answers["ir-contact"]
	s.World.Now = s.World.Now.AddDate(0, 2, 0)
	s.types("incident readiness")
	s.press("Health", "About health")
	s.Sees(s.card, "Incident readiness · is this still right?", "reach them at night?", "On 2 March 2026 you said: Yes, I've seen it. Still right?")
	s.press("Still right")
	s.Sees(s.card, "Incident readiness\n1 of 12")
	got := s.run().Answers["ir-contact"]
	if got != said {
		t.Errorf("taken over as %+v, want %+v: nobody has looked again", got, said)
	}
	s.all("No")
	s.Sees(s.card, "Incident readiness · ", "The appointment book"[4:], "You keep data about health")
}

func TestWhatChangedIsAskedAndTheRestTakenOver(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	s.World.Now = s.World.Now.AddDate(0, 0, 20)
	s.types("")
	s.press("Start a new one")
	s.Sees(s.card, "10 of 10 answers are still fresh", "Test a restore: About Dec 2025, I've seen it (2 March 2026)")
	twice := s.button("Test a restore")
	s.press("Test a restore")
	s.do(bot.Event{Kind: bot.Click, Action: twice})
	s.Sees(s.answer, "answered already")
	s.Sees(s.card, "9 of 10 answers are still fresh", "The other 1 I ask you")
	right := s.button("All still right")
	s.press("All still right")
	s.Sees(s.card, "Quick check\n4 of 10", "On 2 March 2026 you said: About Dec 2025")
	s.do(bot.Event{Kind: bot.Click, Action: right})
	s.Sees(s.answer, "answered already")
	s.press("Longer ago, or never")
	s.Sees(s.card, "Quick check · 89 of 100")
}

func TestEverythingFreshAndRightIsAResultAtOnce(t *testing.T) {
	s := finished(t, "Yes, I believe so")
	s.types("")
	s.press("Start a new one", "All still right")
	s.Sees(s.card, "Quick check · 100 of 100", "the same on the questions both share")
}

func TestWhatWasBadIsAskedAgainInTheSamePack(t *testing.T) {
	s := started(t)
	s.press("No", "Partly", "Don't know")
	s.all("Yes, I've seen it")
	s.types("")
	s.press("Start a new one")
	s.Sees(s.card, "7 of 10 answers are still fresh")
	s.press("All still right")
	s.Sees(s.card, "Quick check\n1 of 10", "you said: No.")
	s.press("Yes, I've seen it")
	s.Sees(s.card, "Quick check\n2 of 10", "you said: Partly.")
	s.press("Yes, I've seen it")
	s.Sees(s.card, "Quick check\n3 of 10")
	if strings.Contains(bottest.Lines(s.card), "you said") {
		t.Errorf("what nobody knew is offered: %s", bottest.Lines(s.card))
	}
}

func TestStaleAnswersAndAnswersToAnotherMeaningAreNotOffered(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	s.World.Now = s.World.Now.AddDate(0, 0, 85)
	s.types("")
	s.press("Start a new one")
	if n := len(s.run().Confirm); n != 3 {
		t.Errorf("%d are offered, want the 3 that stay fresh for more than 14 days", n)
	}

	s = finished(t, "Yes, I've seen it")
	q := s.lib.Questions["dev-updates"]
	q.Revision++
	s.lib.Questions["dev-updates"] = q
	s.types("")
	s.press("Start a new one")
	s.Sees(s.card, "9 of 10 answers are still fresh")
	s.press("All still right")
	s.Sees(s.card, "Quick check\n2 of 10", "important updates")
	s.press("Yes, I've seen it")
	s.Sees(s.card, "100 of 100")
	if got := s.run().Answers["dev-updates"].Revision; got != q.Revision {
		t.Errorf("revision %d is kept, want %d", got, q.Revision)
	}
}

func TestAMeaningThatChangesWhileAnAnswerIsOfferedIsAsked(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	s.types("")
	s.press("Start a new one")
	q := s.lib.Questions["dev-updates"]
	q.Revision++
	s.lib.Questions["dev-updates"] = q
	s.press("All still right")
	s.Sees(s.card, "Quick check\n2 of 10", "important updates")
}

func TestAnotherOwnersAnswersAreNotOffered(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	s.who = otto
	s.types("")
	s.Sees(s.card, "Quick check\n1 of 10")
	if run := s.run(); len(run.Earlier)+len(run.Confirm) > 0 {
		t.Errorf("Otto is offered %v", run.Confirm)
	}
}

func TestAskedAnewAndLaterAtTheOffer(t *testing.T) {
	s := finished(t, "Yes, I've seen it")
	s.types("")
	s.press("Start a new one", "Later")
	s.Sees(s.card, "paused: 0 of 10")
	s.press("Continue")
	s.Sees(s.card, "10 of 10 answers are still fresh")
	s.press("Ask me all of them")
	s.Sees(s.card, "Quick check\n1 of 10", "you said: Yes, I've seen it")
	s.press("Back") // nothing was asked before it: to the offer once more
	s.Sees(s.card, "10 of 10 answers are still fresh")
	s.press("All still right")
	s.Sees(s.card, "100 of 100")
}
