package assess_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

// sends sends the question on the card to somebody, as the form says it.
func (s *scene) sends(to bot.Person, due string) {
	s.Helper()
	s.press("Ask somebody")
	form := s.World.Forms[len(s.World.Forms)-1]
	s.do(bot.Event{
		Kind: bot.Submit, Action: form.Action, Values: map[string]string{"user": to.ID, "due": due},
		Picked: map[string]bot.Picked{"user": {ID: to.ID, Name: to.Name, Affiliation: to.Affiliation}},
	})
}

// asked is a scene in which all is answered but one question, which Robin
// has.
func asked(t *testing.T) *scene {
	t.Helper()
	s := started(t)
	s.sends(robin, "in a week")
	s.all("Yes, I've seen it")
	return s
}

func TestOneQuestionGoesToSomebodyAndComesBackWithTheirName(t *testing.T) {
	s := started(t)
	s.sends(robin, "in a week")
	s.Sees(s.letter, "Olga asks you one question about the company", "second sign-in step", "How to find out", "By 9 March 2026", "you see nothing else of it", "[I don't know either]")
	s.Sees(s.card, "Quick check\n2 of 10", "Waiting for Robin until 9 March 2026 (second sign-in step for everyone).")
	if got := bottest.Audits(s.effects); got != "asked somebody a question of assessment quick-check" {
		t.Errorf("audit %q", got)
	}
	s.all("Yes, I've seen it")
	s.Sees(s.card, "Quick check · waiting for 1 answer", "There is no score before all answers are in", "waiting for Robin until 9 March 2026")
	if !s.run().Finished.IsZero() || strings.Contains(bottest.Lines(s.card), "of 100") {
		t.Errorf("there is a result without the answer: %s", bottest.Lines(s.card))
	}
	s.as(robin)
	s.press("Yes, I believe so")
	s.Sees(s.letter, "Thank you. Olga has your answer", "You said: Yes, I believe so.")
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok && show.To == bot.To("robin") && strings.Contains(bottest.Lines(show.View), "of 100") {
			t.Errorf("Robin sees the result: %s", bottest.Lines(show.View))
		}
	}
	s.Sees(s.card, "Quick check · 100 of 100")
	got := s.run().Answers["acc-mfa-email"]
	want := company.Answer{Value: "yes", By: "robin", Name: "Robin", At: s.World.Now, Revision: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(s.World.Timers) > 0 {
		t.Errorf("timers are left: %v", s.World.Timers)
	}
}

func TestAnAnswerThatComesBackEarlyDisturbsNothing(t *testing.T) {
	s := started(t)
	s.sends(robin, "in a week")
	shown := s.button("Partly")
	s.as(robin)
	s.press("No")
	s.as(olga)
	s.do(bot.Event{Kind: bot.Click, Action: shown}) // pressed at the same moment
	s.Sees(s.card, "Quick check\n3 of 10")
	s.all("Yes, I've seen it")
	s.Sees(s.card, "Quick check · 39 of 100")
	s.press("Change an answer", "Second sign-in step")
	s.Sees(s.card, "Robin said: No")
}

func TestOnlyWhoWasAskedAnswersAndOnlyThatQuestion(t *testing.T) {
	s := started(t)
	s.sends(robin, "in a week")
	reply := s.letter.Actions()[0].Action
	card := s.card.Actions()[0].Action
	before := maps.Clone(s.World.Docs)
	for _, who := range []bot.Person{sam, otto, {ID: "robin", Affiliation: bot.Guest}, {ID: "robin"}} {
		s.as(who)
		s.do(bot.Event{Kind: bot.Click, Action: reply})
		s.Sees(s.answer, "somebody else")
	}
	s.as(robin)
	other, gone := reply, reply
	other.Args = append([]string{}, reply.Args...)
	other.Args[2] = "dev-updates"
	gone.Args = append([]string{}, reply.Args...)
	gone.Args[1] = "aaaaaaaaaaaa"
	for _, a := range []bot.Action{other, gone, bot.Do("assess", "reply"), bot.Do("assess", "reply-change", reply.Args[0])} {
		s.do(bot.Event{Kind: bot.Click, Action: a})
		s.Sees(s.answer, "Nothing is needed from you any more")
	}
	strange := bot.Do("assess", "reply", reply.Args[0], reply.Args[1], reply.Args[2], "perhaps")
	s.do(bot.Event{Kind: bot.Click, Action: strange})
	s.Sees(s.answer, "Nothing was changed")
	for _, a := range []bot.Action{card, bot.Do("assess", "lists", reply.Args[0]), bot.Do("assess", "show", reply.Args[0]), bot.Do("assess", "take", reply.Args[0], reply.Args[1], reply.Args[2])} {
		s.do(bot.Event{Kind: bot.Click, Action: a})
		s.Sees(s.answer, "Only an owner can do that")
	}
	if diff := cmp.Diff(before, s.World.Docs); diff != "" {
		t.Errorf("something was changed: %s", diff)
	}
}

func TestAReplyCanBeChangedUntilTheEnd(t *testing.T) {
	s := started(t)
	s.sends(robin, "in a week")
	s.as(robin)
	s.press("No")
	twice := s.button("Change my answer")
	s.press("Change my answer", "Partly")
	s.Sees(s.letter, "You said: Partly.")
	s.as(olga)
	s.all("Yes, I've seen it")
	s.Sees(s.card, "Quick check · 59 of 100")
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: twice})
	s.Sees(s.answer, "settled already", "tell Olga")
}

func TestAReplyDoesNotUndoWhatTheOwnerSaidSince(t *testing.T) {
	s := started(t)
	s.sends(robin, "in a week")
	s.as(robin)
	s.press("No", "Change my answer")
	yes := s.answer.Actions()[0].Action
	s.as(olga)
	s.press("Back", "Partly")
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: yes})
	s.Sees(s.answer, "settled already")
	if got := s.run().Answers["acc-mfa-email"]; got.Value != "partly" || got.By != "olga" {
		t.Errorf("kept %+v", got)
	}
}

func TestADoubledReplyIsThankedTwice(t *testing.T) {
	s := asked(t)
	no := s.letter.Actions()[3].Action
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: no})
	docs := maps.Clone(s.World.Docs)
	s.do(bot.Event{Kind: bot.Click, Action: no})
	s.Sees(s.answer, "settled already")
	if diff := cmp.Diff(docs, s.World.Docs); diff != "" {
		t.Errorf("counted twice: %s", diff)
	}
}

func TestIDontKnowEitherIsAnAnswer(t *testing.T) {
	s := asked(t)
	s.as(robin)
	s.press("I don't know either")
	s.Sees(s.card, "could be up to 100: one answer you didn't know")
}

func TestTheOwnerAnswersThemselves(t *testing.T) {
	s := asked(t)
	late := s.letter.Actions()[0].Action
	s.press("Answer it myself")
	s.Sees(s.card, "Quick check\n1 of 10")
	s.Sees(s.letter, "Nothing is needed from you any more", "Olga has settled it")
	s.press("Yes, I've seen it")
	s.Sees(s.card, "100 of 100")
	s.as(robin)
	s.do(bot.Event{Kind: bot.Click, Action: late})
	s.Sees(s.answer, "Nothing is needed from you any more")

	s = started(t)
	s.sends(robin, "in a week")
	s.press("Back")
	s.Sees(s.card, "Robin is asked until 9 March 2026. If you answer it yourself, I take it back.")
	s.press("Partly")
	s.Sees(s.letter, "Nothing is needed from you any more")
	if len(s.World.Timers) > 0 {
		t.Errorf("timers are left: %v", s.World.Timers)
	}
}

func TestSomebodyElseIsAsked(t *testing.T) {
	s := asked(t)
	kim := bot.Person{ID: "kim", Name: "Kim", Affiliation: bot.Home}
	s.press("Ask somebody else")
	form := s.World.Forms[len(s.World.Forms)-1]
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"due": "2026-03-20"}, Picked: map[string]bot.Picked{"user": {ID: kim.ID, Name: kim.Name, Affiliation: bot.Home}}})
	var to []string
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok {
			to = append(to, show.To.User+": "+show.View.Title)
		}
	}
	want := []string{"robin: Nothing is needed from you any more", "kim: Olga asks you one question about the company", "olga: Quick check · waiting for 1 answer"}
	if diff := cmp.Diff(want, to); diff != "" {
		t.Error(diff)
	}
	s.Sees(s.card, "waiting for Kim until 20 March 2026")
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"due": "2026-03-20"}, Picked: map[string]bot.Picked{"user": {ID: kim.ID, Name: kim.Name, Affiliation: bot.Home}}})
	s.Sees(s.answer, "Kim has it already")
}

func TestSilenceIsFollowedUpOnceAndTold(t *testing.T) {
	s := asked(t)
	s.fires()
	if want := time.Date(2026, 3, 10, 10, 0, 0, 0, time.UTC); !s.World.Now.Equal(want) {
		t.Errorf("it is %v, want the morning after the day", s.World.Now)
	}
	s.Sees(s.letter, "This is the one reminder", "[I don't know either]")
	s.Sees(s.news, "No answer from Robin yet", "once and not again", "[Answer it myself]", "[Ask somebody else]")
	s.Sees(s.card, "waiting for Robin since 2 March 2026, reminded")
	if len(s.World.Timers) > 0 {
		t.Errorf("another reminder is set: %v", s.World.Timers)
	}
	take := s.news.Actions()[0].Action
	s.do(bot.Event{Kind: bot.Click, Action: take})
	s.Sees(s.card, "Quick check\n1 of 10")
	s.do(bot.Event{Kind: bot.Click, Action: take})
	s.Sees(s.answer, "answered already")
}

func TestTheReminderComesOnAWorkingMorningWhereTheyAre(t *testing.T) {
	s := started(t)
	body, err := bot.RolesDoc.Encode(bot.Roles{People: map[string]bot.Member{"robin": {Name: "Robin", Role: bot.IT, Zone: "America/New_York"}}})
	if err != nil {
		t.Fatal(err)
	}
	s.World.Docs[bot.RolesDoc.Key(bot.RolesID)] = body
	s.sends(robin, "6 March") // a Friday
	s.fires()
	if want := "Monday 9 March 2026, 14:00 UTC"; s.World.Now.UTC().Format("Monday 2 January 2006, 15:04 MST") != want {
		t.Errorf("it is %s, want %s", s.World.Now.UTC(), want)
	}
}

func TestATimerThatComesTwiceRemindsOnce(t *testing.T) {
	s := asked(t)
	name := ""
	for timer := range s.World.Timers {
		name = strings.TrimPrefix(timer, "assess/")
	}
	s.fires()
	for _, timer := range []string{name, "gone/acc-mfa-email", strings.Replace(name, "acc-mfa-email", "dev-updates", 1), ""} {
		if effects, err := s.World.Do("assess", bot.Event{Kind: bot.Timer, Timer: timer}); err != nil || len(effects) > 0 {
			t.Errorf("%q: %v, %v", timer, effects, err)
		}
	}
}

func TestAReplyToTheQuestionOnTheCardMovesItOn(t *testing.T) {
	s := started(t)
	s.sends(robin, "in a week")
	s.press("Back")
	mine := s.button("Partly")
	s.as(robin)
	s.press("No")
	s.Sees(s.card, "Quick check\n2 of 10")
	s.as(olga)
	s.do(bot.Event{Kind: bot.Click, Action: mine})
	s.Sees(s.answer, "answered already")

	s.all("Don't know")
	s.press("What we don't know", "Test a restore")
	form := s.World.Forms[len(s.World.Forms)-1]
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"due": "tomorrow"}, Picked: map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}}})
	s.press("Change an answer", "Test a restore") // at the same moment
	s.as(robin)
	s.press("Up to a year ago")
	s.Sees(s.card, "of 100")
}

func TestAButtonOfAnEarlierAskingIsLate(t *testing.T) {
	s := asked(t)
	take := s.button("Answer it myself")
	s.press("Ask somebody else")
	form := s.World.Forms[len(s.World.Forms)-1]
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"due": "tomorrow"}, Picked: map[string]bot.Picked{"user": {ID: "kim", Name: "Kim", Affiliation: bot.Home}}})
	s.do(bot.Event{Kind: bot.Click, Action: take})
	s.Sees(s.answer, "answered already")
	s.Sees(s.card, "waiting for Kim until 3 March 2026")
}

func TestWhatDoesNotArriveIsSaidAtOnce(t *testing.T) {
	s := asked(t)
	var letter bot.Show
	s.press("Ask somebody else")
	form := s.World.Forms[len(s.World.Forms)-1]
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"due": "tomorrow"}, Picked: map[string]bot.Picked{"user": {ID: "kim", Name: "Kim", Affiliation: bot.Home}}})
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok && show.To == bot.To("kim") {
			letter = show
		}
	}
	failed := &bot.Undelivered{Key: letter.Key, To: letter.To, Reason: "they left the workspace"}
	s.do(bot.Event{Kind: bot.Failed, Undelivered: failed})
	s.Sees(s.news, "I could not reach Kim", "they left the workspace", "[Answer it myself]", "[Ask somebody else]")
	s.Sees(s.card, "I could not reach Kim: they left the workspace")
	if len(s.World.Timers) > 0 {
		t.Errorf("nobody is there to be reminded: %v", s.World.Timers)
	}
	s.press("Answer it myself", "Yes, I've seen it")
	s.Sees(s.card, "100 of 100")
	s.do(bot.Event{Kind: bot.Failed, Undelivered: failed}) // late: nothing to tell
	if len(s.effects) > 0 {
		t.Errorf("told again: %v", s.effects)
	}
}

func TestWhoCannotBeAsked(t *testing.T) {
	s := started(t)
	for _, c := range []struct {
		who  bot.Person
		due  string
		says string
	}{
		{olga, "in a week", "That is you"},
		{bot.Person{}, "in a week", "choose a person"},
		{bot.Person{ID: "gus", Affiliation: bot.Guest}, "in a week", "a guest"},
		{robin, "soon", "didn't understand the day"},
		{robin, "2026-03-01", "That day is over"},
		{robin, "in a year", "far away"},
	} {
		s.sends(c.who, c.due)
		refused, ok := s.effects[0].(bot.Refuse)
		if !ok || !strings.Contains(fmt.Sprint(refused.Why), c.says) {
			t.Errorf("%s, %s: %v, want %q", c.who.ID, c.due, s.effects, c.says)
		}
	}
}

func TestNotEverythingIsSentAtOnce(t *testing.T) {
	s := started(t)
	for range 5 {
		s.sends(robin, "in a week")
	}
	s.press("Ask somebody")
	s.Sees(s.answer, "Five questions are out already", "/sec sides")
	s.press("Later")
	s.types("")
	s.Sees(s.answer, "0 of 10 answered", "5 questions are out: Robin until 9 March 2026 (5).")
	s.press("Start over")
	s.Sees(s.letter, "Nothing is needed from you any more")
	s.Sees(s.card, "Quick check\n1 of 10")
}

func TestADontKnowIsSentAfterTheEnd(t *testing.T) {
	s := started(t)
	s.press("Don't know")
	s.all("Yes, I've seen it")
	s.Sees(s.card, "could be up to 100")
	s.press("What we don't know")
	s.press("Second sign-in step")
	form := s.World.Forms[len(s.World.Forms)-1]
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"due": "in a week"}, Picked: map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}}})
	s.Sees(s.card, "of 100", "Waiting for Robin until 9 March 2026", "changes by itself")
	s.as(robin)
	s.press("Yes, I've seen it")
	s.Sees(s.card, "Quick check · 100 of 100")
	if run := s.run(); run.Current != "" || run.Answers["acc-mfa-email"].By != "robin" {
		t.Errorf("kept %+v", run)
	}
}

func TestWhoMayKnowIsSuggestedBySide(t *testing.T) {
	s := started(t)
	m := company.Map{Parties: map[string]company.Party{
		"a": {Name: "Kim", User: "kim", Partner: true},
		"b": {Name: "Robin", User: "robin", Provider: true},
	}}
	body, err := company.Maps.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	s.World.Docs[company.Maps.Key(company.MapID)] = body
	s.press("Ask somebody")
	if f := s.World.Forms[0]; f.Fields[0].Value != "robin" || !strings.Contains(f.Intro, "Robin is saved as your IT person") {
		t.Errorf("for both sides the form says %q, %s", f.Fields[0].Value, f.Intro)
	}
	s.all("Don't know")
	s.press("What we don't know")
	s.Sees(s.answer, "Kim is saved as your security partner and may know.", "Robin is saved as your IT person and may know.")
	s.press("Call back")
	if f := s.World.Forms[1]; f.Fields[0].Value != "kim" {
		t.Errorf("for security the form proposes %q", f.Fields[0].Value)
	}
	delete(s.World.Docs, company.Maps.Key(company.MapID))
	s.press("What we don't know")
	s.Sees(s.answer, "nobody is saved for that here")
}
