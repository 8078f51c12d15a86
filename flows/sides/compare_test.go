package sides_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// differing is a scene in which the two differ on everything.
func differing(t *testing.T) *scene {
	t.Helper()
	s := answering(t)
	s.all(olga, "seen")
	s.all(robin, "no")
	return s
}

func TestTheirAnswerGoesIntoTheBankWithNameAndDay(t *testing.T) {
	s := differing(t)
	s.Now = s.Now.AddDate(0, 0, 3)
	take := s.button(olga, "Take their answer")
	s.click(olga, take)
	agreed := s.Now
	want := company.Answer{Value: "no", By: "robin", Name: "Robin", At: agreed, Revision: 1}
	if diff := cmp.Diff(want, s.bank()["acc-mfa-email"]); diff != "" {
		t.Error(diff)
	}
	s.Sees(s.compared(olga), "Settled", "online service? Noted: what Robin says.", "Talk about these 9 with Robin")
	before := maps.Clone(s.Docs)
	for range 2 {
		s.click(olga, take) // double, and late
		s.Sees(s.reply, "settled already")
	}
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Errorf("a late press changed something: %s", diff)
	}
	again := s.button(olga, "Keep mine instead: second sign-in step")
	s.click(olga, bot.Do("sides", "take", again.Args...)) // made up: it is theirs already
	s.Sees(s.reply, "settled already")
	s.click(olga, again)
	want = company.Answer{Value: "yes", Evidence: true, By: "olga", Name: "Olga", At: s.Now, Revision: 1}
	if diff := cmp.Diff(want, s.bank()["acc-mfa-email"]); diff != "" {
		t.Error(diff)
	}
	s.Sees(s.compared(olga), "Noted: your answer.", "[Take theirs instead: second sign-in step for everyone]")
}

func TestEveryDifferenceCanBeSettled(t *testing.T) {
	s := differing(t)
	for i := range 10 {
		s.press(olga, []string{"Take their answer", "Keep mine"}[i%2])
	}
	if c := s.check(); len(c.Settled) != 10 || len(s.bank()) != 10 {
		t.Errorf("settled %v, %d in the bank", c.Settled, len(s.bank()))
	}
	s.Sees(s.compared(olga), "You have settled every difference.")
	s.Unseen(s.compared(olga), "[Keep mine]", "Talk about")
	s.Sees(s.compared(robin), "Talk about these 10 with Olga") // nobody is told whose answer was taken
}

func TestTheOwnerAloneSettles(t *testing.T) {
	s := differing(t)
	take := s.button(olga, "Take their answer")
	before := maps.Clone(s.Docs)
	s.click(robin, take)
	s.Sees(s.reply, "belongs to the other side")
	s.click(otto, take)
	s.Sees(s.reply, "belongs to two other people")
	was := olga
	was.Role = bot.Staff // an owner no longer
	s.click(was, take)
	s.Sees(s.reply, "belongs to two other people")
	s.click(olga, bot.Do("sides", "take", take.Arg(0), take.Arg(1), take.Arg(2), "no-such-question"))
	s.Sees(s.reply, "settled already")
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Error(diff)
	}
}

func TestWhatBothAgreeOnCountsAsAnswered(t *testing.T) {
	s := answering(t)
	s.press(olga, "Yes, I believe so", "No", "Don't know")
	s.press(robin, "Yes, I've seen it", "No", "Don't know")
	seen := s.Now.Add(-2 * time.Second)
	bottest.Put(s, s.World, company.Banks, company.BankID, company.Bank{Answers: map[string]company.Answer{"dev-updates": {Value: "yes", By: "otto", At: start.AddDate(1, 0, 0), Revision: 1}}})
	s.all(olga, "seen")
	s.all(robin, "no")
	want := company.Answer{Value: "yes", Evidence: true, By: "robin", Name: "Robin", At: seen, Revision: 1}
	if diff := cmp.Diff(want, s.bank()["acc-mfa-email"]); diff != "" {
		t.Error(diff)
	}
	if got := s.bank()["dev-updates"]; got.By != "otto" {
		t.Errorf("a later answer was replaced by %+v", got)
	}
	if len(s.bank()) != 2 {
		t.Errorf("the bank has %v", s.bank())
	}
	s.Sees(s.compared(olga), "see 7 of 10 differently", "What you see the same way: 2", "Neither of you knows yet", "Is all important data backed up")
	s.Sees(s.compared(robin), "Neither of you knows yet")
}

func TestAllTheSameIsSaidWithWhatItMeans(t *testing.T) {
	s := answering(t)
	for _, who := range []bot.Person{olga, robin} {
		s.press(who, "Yes, I believe so", "Partly")
		s.all(who, "seen")
	}
	for _, who := range []bot.Person{olga, robin} {
		s.Sees(s.compared(who), "see all 10 the same way", "rely on it more than on one view alone", "one of them is still open", "who mends what is open", "neither has seen (so far: 1)")
	}
	s.Unseen(s.compared(olga), "[Take their answer]", "differently")
}

func TestNeitherKnowsAnything(t *testing.T) {
	s := answering(t)
	s.all(olga, "dont-know")
	s.all(robin, "dont-know")
	s.Sees(s.compared(robin), "differ nowhere", "Neither of you has an answer yet", "Share out what neither of you knows")
	if len(s.bank()) != 0 {
		t.Errorf("the bank has %v", s.bank())
	}
}

// Two people name the same span on other days: that is no difference.
func TestDaysAreTheSameWhereTheyAmountToTheSame(t *testing.T) {
	s := answering(t)
	s.all(olga, "partly")
	s.Now = s.Now.AddDate(0, 0, 40)
	s.all(robin, "partly")
	s.Sees(s.compared(olga), "see all 10 the same way")
}

func TestEveryAnswerHasItsWords(t *testing.T) {
	s := newScene(t)
	door := s.lib.Questions["dev-updates"]
	door.ID, door.Kind, door.NotApplicable = "door", content.Choice, "We have no door"
	door.Choices = []content.Option{{ID: "locked", Label: "Locked", Credit: 100}, {ID: "open", Label: "Open", Credit: 0}}
	s.lib.Questions["door"] = door
	s.lib.Packs[0].Questions = []content.PackQuestion{{ID: "door", Weight: 5, StalenessDays: 90}, {ID: "acc-leavers", Weight: 5, StalenessDays: 90}}
	s.choose("robin")
	s.press(robin, "Start (")
	s.press(olga, "Locked", "Partly")
	s.press(robin, "We have no door", "Don't know")
	s.Sees(s.compared(olga), `You say "Locked"; Robin says "We have no door".`, "You say partly; Robin doesn't know.")
	s.Sees(s.compared(robin), `You say "We have no door"; Olga says "Locked".`, "You don't know; Olga says partly.")
}

// The largest pack, with a difference everywhere, still fits on a card.
func TestManyDifferencesFitOnACard(t *testing.T) {
	s := newScene(t)
	s.click(olga, bot.Do("sides", "choose", "quarterly-essentials"))
	s.submit("robin")
	s.press(robin, "Start (12 minutes)")
	s.all(olga, "seen")
	s.all(robin, "no")
	s.Sees(s.compared(olga), "see 25 of 25 differently")
	for _, v := range []bot.View{s.compared(olga), s.compared(robin)} {
		if len(v.Blocks) > 40 {
			t.Errorf("%d blocks; Slack takes 50", len(v.Blocks))
		}
		for _, id := range s.lib.Packs[2].Questions {
			s.Sees(v, s.lib.Questions[id.ID].Ask)
		}
	}
	for range 25 {
		s.press(olga, "Take their answer")
	}
	s.Sees(s.compared(olga), "You have settled every difference.")
}

func TestAQuestionThatChangesMeanwhileIsNotCompared(t *testing.T) {
	s := answering(t)
	s.all(olga, "yes")
	changed := s.lib.Questions["dev-updates"]
	changed.Revision++
	s.lib.Questions["dev-updates"] = changed
	s.all(robin, "no")
	s.Sees(s.compared(olga), "see 9 of 9 differently", "Not compared, because the question changed in between: 1.")
}

func TestAQuestionThatWasTakenOutIsSkipped(t *testing.T) {
	s := answering(t)
	old := coded(answers(s.card(robin)), "no")
	s.all(olga, "yes")
	s.lib.Packs[0].Questions = slices.Clone(s.lib.Packs[0].Questions[1:])
	s.click(robin, old)
	s.Sees(s.card(robin), "1 of 9", "important updates")
	for range 8 {
		s.click(robin, coded(answers(s.card(robin)), "yes"))
	}
	last := answers(s.card(robin))[0]
	s.lib.Packs[0].Questions = slices.DeleteFunc(s.lib.Packs[0].Questions, func(q content.PackQuestion) bool { return q.ID == last.Arg(3) })
	s.click(robin, last)
	s.Sees(s.compared(robin), "see all 8 the same way") // nothing else was open: the press ended it
}

func TestAnOwnerWhoIsOneNoLongerReadsNothing(t *testing.T) {
	s := newScene(t)
	roles := bot.Roles{People: map[string]bot.Member{"nina": {Role: bot.Owner}}}
	bottest.Put(s, s.World, bot.RolesDoc, bot.RolesID, roles)
	nina := bot.Person{ID: "nina", Name: "Nina", Affiliation: bot.Home, Role: bot.Owner}
	s.click(nina, bot.Do("sides", "choose", "quick-check"))
	s.do(nina, bot.Event{Kind: bot.Submit, Action: s.Forms[0].Action, Picked: map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}}})
	s.all(nina, "yes")
	s.press(robin, "Start (")
	bottest.Put(s, s.World, bot.RolesDoc, bot.RolesID, bot.Roles{})
	s.all(robin, "no")
	for _, who := range []bot.Person{nina, robin} {
		s.Sees(s.card(who), "This check has ended", "neither read the other's")
		if s.compared(who).Title != "" {
			t.Errorf("%s reads the comparison", who.ID)
		}
	}
	if _, ok := s.Docs[company.SidesOf.Key(company.SidesID("nina", "quick-check"))]; ok {
		t.Error("the answers are kept")
	}
}
