package fixes_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// unreached is what follows when a message of some effects does not reach
// somebody.
func (s *scene) unreached(effects []bot.Effect, user string) map[string]bot.View {
	s.Helper()
	for _, x := range effects {
		if show, ok := x.(bot.Show); ok && show.To == bot.To(user) {
			return bottest.Told(s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: show.Key, To: show.To, Reason: "this account is switched off"}}))
		}
	}
	s.Fatalf("nothing goes to %s", user)
	return nil
}

func TestTheWordsOfAPartSayNoMoreThanThat(t *testing.T) {
	s := made(t)
	list := s.list()
	for id, f := range list.Tasks {
		if f.Side != string(content.Both) {
			continue
		}
		f.Parts = map[string]company.Part{"it": {User: "robin", Name: "Robin", By: "olga"}, "security": {User: "kim", Name: "Kim", By: "olga"}}
		list.Tasks[id] = f
		bottest.Put(t, s.World, company.FixesOf, company.FixesID, list)
		told := s.unreached(s.submit(robin, form{"note": "Mine is on"}, "did", id, "it"), "olga")
		s.Sees(told["robin"], "IT support's part is done: ", "Mine is on")
		s.Unseen(told["robin"], "This is done")
		return
	}
	t.Fatal("no task is for both sides")
}

func TestWhoSaysSomethingLearnsThatTheOnlyOwnerDidNotHearIt(t *testing.T) {
	for verb, c := range map[string]struct {
		form form
		want string
	}{
		"did":   {form{"note": "Three files are back"}, "This is done: test a restore. Three files are back"},
		"cant":  {form{"note": "No time before July"}, "I can't do this: test a restore. No time before July"},
		"later": {form{"due": "1 May"}, "I need until 1 May 2026 for this: test a restore."},
	} {
		s := made(t)
		s.gives(restore, robin, "", "1 June")
		said := s.submit(robin, c.form, verb, restore, "it")
		told := s.unreached(said, "olga")
		s.Sees(told["robin"], "I could not tell the owner what you said about: test a restore", "It did not arrive: this account is switched off.", "Please tell them yourself.", c.want)
		if len(told) != 1 {
			t.Errorf("%s is told to %v", verb, told)
		}
		s.Press(olga, "reopen", restore)
		s.gives(restore, kim, "", "1 June")
		if late := s.unreached(said, "olga")["robin"]; strings.Contains(bottest.Lines(late), "Words to copy") {
			t.Errorf("%s: Robin is to say it although it is with Kim by now", verb)
		}
	}
}

func TestOtherOwnersHearWhatDidNotReachOneOfThem(t *testing.T) {
	s := newScene(t, "otto")
	s.Press(olga, "made", run1)
	s.gives(restore, robin, "", "1 June")
	told := s.unreached(s.submit(robin, form{"note": "Three files are back"}, "did", restore, "it"), "olga")
	s.Sees(told["otto"], "Test a restore · said to be done", "There is news of it for another owner, which did not arrive: this account is switched off.", "Robin, 2 March 2026: “Three files are back”")
	if len(told) != 1 {
		t.Errorf("it is told to %v", told)
	}
}

// A risk comes back by itself: nobody is there to be told but owners.
func TestWhatNobodySaidIsToldToNobodyElse(t *testing.T) {
	s := made(t)
	s.submit(olga, form{"reason": "Later", "until": "1 May"}, "accept", restore)
	s.pass(100 * 24 * time.Hour)
	for name := range s.Timers {
		if strings.HasPrefix(name, "fixes/until") {
			back := s.Play(bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name, "fixes/")})
			if told := s.unreached(back, "olga"); len(told) != 0 {
				t.Errorf("it is told to %v", told)
			}
			return
		}
	}
	t.Fatal("no timer is set")
}

// A card that did not reach the owner who took it over themselves is told to
// the others, since word of it would not arrive either.
func TestWhomACardDidNotReachIsNotWrittenToAboutIt(t *testing.T) {
	s := newScene(t, "otto")
	s.Press(olga, "made", run1)
	s.submit(otto, form{"user": "olga", "due": "1 June"}, "give", restore)
	list := s.list()
	f := list.Tasks[restore]
	p := f.Parts["it"]
	p.By = "olga"
	f.Parts["it"] = p
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, list)
	told := bottest.Told(s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "fix/" + restore + "/it/" + p.Card, To: bot.To("olga"), Reason: "this account is switched off"}}))
	s.Sees(told["otto"], "I could not write to Olga about: test a restore")
	if _, again := told["olga"]; again {
		t.Error("Olga is written to")
	}
}
