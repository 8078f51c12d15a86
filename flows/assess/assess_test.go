package assess_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/assess"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

func TestOnlyOwnersStartAndRead(t *testing.T) {
	s := started(t)
	action := s.button("Partly")
	before := maps.Clone(s.World.Docs)
	for _, who := range []bot.Person{sam, robin, {ID: "gus", Affiliation: bot.Guest, Role: bot.Owner}, {ID: "eve", Role: bot.Owner}} {
		s.who = who
		for _, e := range []bot.Event{
			{Kind: bot.Command},
			{Kind: bot.Message, Text: "quick-check"},
			{Kind: bot.Click, Action: bot.Do("assess", "start", "quick-check")},
			{Kind: bot.Click, Action: action},
			{Kind: bot.Click, Action: bot.Do("assess", "lists", action.Arg(0))},
		} {
			s.do(e)
			s.Sees(s.answer, "Only an owner can do that", "Ask the owner")
		}
	}
	s.who = sam
	s.types("")
	s.Sees(s.answer, "/sec claim CODE")
	if diff := cmp.Diff(before, s.World.Docs); diff != "" {
		t.Errorf("something was changed: %s", diff)
	}
}

func TestAnotherOwnerReadsNothing(t *testing.T) {
	s := finished(t, "No")
	lists := s.button("Who fixes what")
	s.who = otto
	s.do(bot.Event{Kind: bot.Click, Action: lists})
	s.Sees(s.answer, "belongs to somebody else")
	s.types("")
	if s.run().Owner != "otto" || strings.Contains(bottest.Lines(s.answer), "of 100") {
		t.Errorf("the second owner did not begin a run of their own: %s", bottest.Lines(s.answer))
	}
	s.all("No")
	if strings.Contains(bottest.Lines(s.card), "Since") {
		t.Errorf("compared with another owner's run: %s", bottest.Lines(s.card))
	}
}

func TestStartingInChannels(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.where = shared
	s.types("")
	s.Sees(s.answer, "other companies may read this channel")
	if len(s.World.Docs) > 0 {
		t.Errorf("something was kept: %v", s.World.Docs)
	}
	s.where = leadership
	s.types("Quick check")
	s.Sees(s.answer, "who answers?")
	if len(s.World.Docs) > 0 {
		t.Errorf("something was kept: %v", s.World.Docs)
	}
	s.press("Only me")
	s.Sees(s.answer, "sent it to your direct messages")
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok && show.To != bot.To("olga") {
			t.Errorf("the card went to %+v", show.To)
		}
	}
	if got := bottest.Audits(s.effects); got != "started assessment quick-check" {
		t.Errorf("audit %q", got)
	}
}

func TestAnUnknownAssessmentIsAnsweredWithThoseThatExist(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("quickly")
	s.Sees(s.answer, "no assessment of that name", "[Quick check]")
	s.press("Quick check")
	s.Sees(s.card, "How many people")
}

func TestReadersAreSaidAtTheStart(t *testing.T) {
	s := begin(t, contenttest.Library(t, content.Settings{Command: "/shield", Operator: "Example Hosting"}))
	s.types("")
	s.Sees(s.card, "Shown only to you here; whoever runs this server (Example Hosting) could read it.")
	s.press("Up to 10", "Our own IT", "Nobody")
	s.Sees(s.card, "Example Hosting")
	s.press("Later")
	s.Sees(s.card, "/shield assess")
}

func TestTheCompanyIsAskedOnce(t *testing.T) {
	s := finished(t, "No")
	s.types("")
	s.press("Start a new one")
	s.Sees(s.card, "Quick check\n1 of 10")
	s.press("Back")
	s.Sees(s.answer, "no question before this one", "People: 11 to 49", "IT: An IT provider", "Security: IT alone", "Trade: not said yet")
	s.Sees(s.card, "Quick check\n1 of 10")
}

func TestATapAboutTheCompanyCanBeTakenBack(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("")
	small := s.button("Up to 10")
	s.press("Up to 10", "Back")
	s.Sees(s.card, "How many people")
	s.do(bot.Event{Kind: bot.Click, Action: small}) // of the card as it was before
	s.Sees(s.card, "How many people")
	s.press("50 to 249", "Both", "Back", "Our own IT", "IT alone")
	s.Sees(s.card, "Quick check\n1 of 10")
	s.all("No")
	s.Sees(s.card, "Your security rests on your own IT alone", "choose a security partner before you need one")
}

func TestLateAndDoublePressesChangeNothing(t *testing.T) {
	s := started(t)
	first := s.button("No")
	s.press("No")
	before := maps.Clone(s.World.Docs)
	for range 2 {
		s.do(bot.Event{Kind: bot.Click, Action: first})
		s.Sees(s.answer, "answered already")
		s.Sees(s.card, "Quick check\n2 of 10")
	}
	if diff := cmp.Diff(before, s.World.Docs); diff != "" {
		t.Errorf("a late press changed something: %s", diff)
	}
	s.press("Back") // the same question stands on the card again, for a new press
	s.do(bot.Event{Kind: bot.Click, Action: first})
	s.Sees(s.answer, "answered already")
	s.all("No")
	s.do(bot.Event{Kind: bot.Click, Action: first})
	s.Sees(s.answer, "settled already")
}

func TestStrangeButtonsAreAnswered(t *testing.T) {
	s := started(t)
	id, step := s.button("No").Arg(0), s.button("No").Arg(1)
	before := maps.Clone(s.World.Docs)
	for _, a := range []bot.Action{
		bot.Do("assess", "answer"), bot.Do("assess", "answer", id), bot.Do("assess", "answer", id, step),
		bot.Do("assess", "answer", id, step, "acc-mfa-email", "perhaps"), bot.Do("assess", "answer", id, step, "no-such-question", "no"),
		bot.Do("assess", "answer", id, step, "dev-updates", "no"), // not the one that is shown
		bot.Do("assess", "dance", id), bot.Do("assess", "lists", id), bot.Do("assess", "share-confirm", id, step),
		bot.Do("assess", "edit", id, step, "dev-updates"), bot.Do("assess", "why", id, "gone"), bot.Do("assess", "size", id, step, "7"),
		bot.Do("assess", "resume", "aaaaaaaaaaaa"), bot.Do("assess", "resume", strings.Repeat("x", 5000)), bot.Do("assess", "start", "\x00"),
	} {
		s.do(bot.Event{Kind: bot.Click, Action: a})
		if s.answer.Title == "" {
			t.Errorf("%v is not answered", a)
		}
	}
	if diff := cmp.Diff(before, s.World.Docs); diff != "" {
		t.Errorf("a strange button changed something: %s", diff)
	}
}

// A store refuses keys that are too long, and would be asked again and again.
func TestOnlyIdsOfOursAreLookedFor(t *testing.T) {
	flow := assess.New(contenttest.BuiltIn(t))
	for _, id := range []string{"", strings.Repeat("a", 5000), "../company/roles", "aaaaaaaaaaa1"} {
		e := bot.Event{Kind: bot.Click, From: olga, Place: direct, Action: bot.Do("assess", "show", id)}
		d := bot.NewDocs()
		flow.Step(d, e)
		for _, key := range append(flow.Reads(e), fmt.Sprint(d.Needs())) {
			if strings.Contains(key, "run/") {
				t.Errorf("%.20q is looked for: %.40s", id, key)
			}
		}
	}
}

func TestBackChangesAnEarlierAnswer(t *testing.T) {
	s := started(t)
	s.press("No", "No", "Back", "Back")
	s.Sees(s.card, "Quick check\n1 of 10", "Your answer so far: No")
	s.press("Yes, I've seen it")
	s.Sees(s.card, "Quick check\n3 of 10") // the second has its answer already
	if got := s.run().Answers["acc-mfa-email"]; got.Value != "yes" || !got.Evidence {
		t.Errorf("kept %+v", got)
	}
}

func TestPauseAndResumeGoOnAtTheSamePlace(t *testing.T) {
	s := started(t)
	s.press("No", "Later")
	s.Sees(s.card, "paused: 1 of 10 answered")
	s.types("")
	s.Sees(s.answer, "waiting for you: 1 of 10 answered")
	s.press("Continue")
	s.Sees(s.card, "Quick check\n2 of 10")
	var kinds []string
	for _, x := range s.effects {
		kinds = append(kinds, fmt.Sprintf("%T", x))
	}
	if want := []string{"bot.Show", "bot.End", "bot.Show"}; !slices.Equal(kinds, want) {
		t.Errorf("effects %v, want %v: the old card closed, a new one below", kinds, want)
	}
	s.where = leadership
	s.types("")
	s.press("Continue")
	s.Sees(s.answer, "direct messages")
	if s.run().ShareTo != "C1" {
		t.Error("the channel where it went on does not count for sharing")
	}
}

func TestStartingOverBeginsAnew(t *testing.T) {
	s := started(t)
	old := s.button("No")
	s.press("No", "No", "Later")
	s.types("")
	s.press("Start over")
	s.Sees(s.card, "Quick check\n1 of 10")
	if got := bottest.Audits(s.effects); got != "discarded assessment quick-check; started assessment quick-check" {
		t.Errorf("audit %q", got)
	}
	if runs := s.runs(); len(runs) != 1 || len(s.run().Answers) != 0 {
		t.Errorf("kept %+v", runs)
	}
	s.do(bot.Event{Kind: bot.Click, Action: old})
	s.Sees(s.answer, "not kept any more")
}

func TestStartingAgainNeverLosesAnOpenRun(t *testing.T) {
	s := finished(t, "No")
	again := s.button("Start again")
	s.do(bot.Event{Kind: bot.Click, Action: again})
	s.press("Partly")
	s.do(bot.Event{Kind: bot.Click, Action: again}) // from the old result card
	s.Sees(s.answer, "waiting for you: 1 of 10 answered")
	if n := len(s.runs()); n != 2 {
		t.Errorf("%d runs, want 2", n)
	}
}

func TestTheCompanyAnsweredByAnotherOwnerMeanwhile(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("")
	size := s.button("Up to 10")
	s.who = otto
	s.types("")
	s.press("250 or more", "Both", "Nobody")
	s.who = olga
	s.do(bot.Event{Kind: bot.Click, Action: size})
	s.Sees(s.card, "Quick check\n1 of 10") // not stuck at a question that is settled
}

func TestStaleAnswersAreAskedAgainBeforeTheEnd(t *testing.T) {
	s := started(t)
	s.press("No", "Later")
	s.World.Now = s.World.Now.AddDate(0, 0, 100)
	s.types("")
	s.press("Continue")
	for range 9 {
		s.press(s.card.Actions()[0].Label)
	}
	s.Sees(s.card, "Quick check\n1 of 10", "Your answer so far: No")
	s.press("Partly")
	s.Sees(s.card, "of 100")
}

func TestAQuestionThatWasTakenOutIsSkipped(t *testing.T) {
	s := started(t)
	old := s.button("No")
	s.lib.Packs[0].Questions = s.lib.Packs[0].Questions[1:]
	s.do(bot.Event{Kind: bot.Click, Action: old})
	s.Sees(s.card, "Quick check\n1 of 9", "important updates")
	s.all("No")
	s.Sees(s.card, "of 100")

	s = started(t)
	for range 9 {
		s.press(s.card.Actions()[0].Label)
	}
	last := s.card.Actions()[0].Action
	s.lib.Packs[0].Questions = s.lib.Packs[0].Questions[:9]
	s.do(bot.Event{Kind: bot.Click, Action: last})
	s.Sees(s.card, "100 of 100") // nothing else was open
	if s.run().Finished.IsZero() || bottest.Audits(s.effects) != "finished assessment quick-check" {
		t.Errorf("not finished: %+v", s.run())
	}
}

func TestAResultStaysReadableWhenThePackChanges(t *testing.T) {
	s := finished(t, "No")
	pack := &s.lib.Packs[0]
	whole := pack.Questions
	added := s.lib.Questions["dev-updates"]
	added.ID = "new-one"
	s.lib.Questions["new-one"] = added
	pack.Questions = append(slices.Clone(whole), content.PackQuestion{ID: "new-one", Weight: 3, StalenessDays: 90})
	s.types("")
	s.press("Show that result")
	s.Sees(s.card, "0 of 100, act now", "Questions that came in since and are not counted: 1")
	pack.Questions = pack.Questions[10:]
	s.types("")
	s.press("Show that result")
	s.Sees(s.card, "has other questions now", "[Start again]")
}

func TestANoteIsKeptEvenIfTheCardMovedOn(t *testing.T) {
	s := started(t)
	s.press("Add a note")
	form := s.World.Forms[0]
	s.press("Partly")
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"note": " " + strings.Repeat("é", 400)}})
	if got := s.run().Answers["acc-mfa-email"].Note; len([]rune(got)) != 300 {
		t.Errorf("kept %d characters of the note, want 300", len([]rune(got)))
	}
	s.Sees(s.card, "Quick check\n2 of 10")
}

func TestAnswersAreKeptAtOnceAndReachTheBankWhenTheRunRests(t *testing.T) {
	s := started(t)
	s.press("Yes, I believe so")
	answered := s.World.Now
	if got := s.run().Answers["acc-mfa-email"].Value; got != "yes" {
		t.Errorf("the run keeps %q", got)
	}
	s.press("Later")
	bank, err := company.Banks.Decode(s.World.Docs["company/answers"])
	want := company.Answer{Value: "yes", By: "olga", At: answered, Revision: 1}
	if diff := cmp.Diff(want, bank.Answers["acc-mfa-email"]); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestANoteThatComesLaterReachesTheBankToo(t *testing.T) {
	s := finished(t, "Partly")
	s.press("Change an answer", "Second sign-in step", "Add a note")
	s.do(bot.Event{Kind: bot.Submit, Action: s.World.Forms[0].Action, Values: map[string]string{"note": "in the list"}})
	bank, err := company.Banks.Decode(s.World.Docs["company/answers"])
	if got := bank.Answers["acc-mfa-email"].Note; got != "in the list" || err != nil {
		t.Errorf("the bank has the note %q, %v", got, err)
	}
}

// Whatever an owner presses, in whatever order, every press is answered, the
// shown question exists, and the run can still be finished.
func TestRandomPresses(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 7))
		s := begin(t, lib)
		s.types("")
		for range 150 {
			if random.IntN(10) == 0 {
				s.World.Now = s.World.Now.Add(time.Duration(random.IntN(2000)) * time.Hour)
				s.types("")
			}
			b := s.World.Buttons[len(s.World.Buttons)-1-random.IntN(min(len(s.World.Buttons), 15))]
			if b.Action.Flow != "assess" {
				continue
			}
			s.do(bot.Event{Kind: bot.Click, Action: b.Action})
			if at := s.run().Current; at != "" && lib.Questions[at].Ask == "" {
				t.Fatalf("seed %d: the run stands at %q", seed, at)
			}
		}
		s.World.Now = s.World.Now.Add(time.Hour)
		s.types("")
		if strings.Contains(bottest.Lines(s.answer), "waiting") {
			s.press("Start over")
		} else if s.answer.Title != "" {
			s.press("Start a new one")
		}
		if strings.Contains(bottest.Lines(s.card), "How many people") {
			s.press("Up to 10")
		}
		if strings.Contains(bottest.Lines(s.card), "Who looks after your computers") {
			s.press("Both")
		}
		if strings.Contains(bottest.Lines(s.card), "Who looks after security") {
			s.press("Nobody")
		}
		s.all("No")
		s.Sees(s.card, "of 100")
	}
}
