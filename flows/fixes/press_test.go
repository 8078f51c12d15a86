package fixes_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/score"
)

// busy is a list with tasks in every state.
func busy(t *testing.T) *scene {
	t.Helper()
	s := made(t)
	s.gives(mfa, robin, "it", "1 April")
	s.gives(mfa, kim, "security", "1 June")
	s.gives(restore, robin, "", "1 June")
	s.submit(robin, form{"note": "Three files"}, "did", restore, "it")
	s.gives(leavers, sam, "both", "1 June")
	s.submit(sam, form{}, "cant", leavers, "both")
	s.submit(olga, form{"reason": "Later", "until": "1 July"}, "accept", helper)
	s.says(assess, s.Now.Format(score.DayFormat))
	s.Press(olga, "plan", payment)
	s.Now = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	return s
}

func TestEveryButtonThatIsShownIsAccepted(t *testing.T) {
	for who, least := range map[bot.Person]int{olga: 40, otto: 40, robin: 8, kim: 8, sam: 8, gus: 8, eve: 8} {
		s := busy(t)
		for _, verb := range []string{"made", "make", "list", "closed", "open", "mine", "card", "did", "later", "cant", "give", "take", "plan", "done", "accept", "reopen", "", "dance"} {
			for _, args := range [][]string{nil, {"gone"}, {"../x", "y", "z"}, {restore}, {restore, "it"}, {mfa, "owner", "x"}} {
				s.Buttons = slices.Insert(s.Buttons, 0, bot.Press("old", bot.Do("fixes", verb, args...)))
				s.submit(who, form{}, verb, args...)
			}
		}
		s.looks(who)
		pressed, err := s.Explore(who, bot.Place{Channel: "D", Kind: bot.Direct}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if pressed < least {
			t.Errorf("%s: only %d buttons can be reached", who.ID, pressed)
		}
		for _, v := range s.Views {
			fits(t, v)
		}
		for _, f := range s.Forms {
			if utf8.RuneCountInString(f.Title) > 24 || utf8.RuneCountInString(f.Submit) > 24 || len(f.Fields) == 0 {
				t.Errorf("the form %q does not fit", f.Title)
			}
		}
	}
}

// fits checks what platforms take.
func fits(t *testing.T, v bot.View) {
	t.Helper()
	if v.Title == "" || v.Sense() == "" {
		t.Errorf("a view says nothing: %+v", v)
	}
	for _, b := range v.Blocks {
		if b.Buttons == nil {
			continue
		}
		shown := 0
		for _, x := range b.Buttons.Items {
			if !x.More {
				shown++
			}
		}
		if shown > 5 {
			t.Errorf("%d buttons in a row on %q", shown, v.Title)
		}
	}
	for _, b := range v.Actions() {
		if n := utf8.RuneCountInString(b.Label); n == 0 || n > 75 {
			t.Errorf("the label %q does not fit", b.Label)
		}
	}
}

func TestEveryTaskOfEveryPackHasItsWords(t *testing.T) {
	for _, who := range []bot.Person{olga, robin} {
		s := newScene(t)
		for i, p := range s.lib.Packs {
			run := company.Run{Pack: p.ID, Owner: "olga", Started: start, Finished: start, Answers: map[string]company.Answer{}}
			for _, q := range p.Questions {
				value := []string{score.No, score.DontKnow}[len(q.ID)%2]
				run.Answers[q.ID] = company.Answer{Value: value, At: start, Revision: s.lib.Questions[q.ID].Revision}
			}
			id := strings.Repeat("abcde"[i:i+1], 12)
			s.keep(id, run)
			s.Press(olga, "make", id)
		}
		if got := len(s.list().Tasks); got < 40 {
			t.Fatalf("%d tasks", got)
		}
		for id, f := range s.list().Tasks {
			s.gives(id, robin, f.Side, "in a year")
		}
		v := s.looks(who)
		if n := len(v.Actions()); n < len(s.list().Tasks) {
			t.Errorf("%s can open %d of %d", who.ID, n, len(s.list().Tasks))
		}
		s.Unseen(v, "not asked any more")
	}
}

func TestATaskOfAQuestionThatHasGoneCanStillBeSettled(t *testing.T) {
	s := made(t)
	list := s.list()
	list.Tasks["old-question"] = company.Fix{State: company.FixOpen, Side: "it", Priority: 99, Pack: "old-pack"}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, list)
	s.answered("old-question", company.Answer{Value: score.Yes, At: s.Now})
	s.Sees(s.looks(olga), "Something that is not asked any more · nobody yet")
	s.gives("old-question", robin, "", "1 June")
	s.Sees(bottest.Answered(s.submit(olga, form{"note": "Long done"}, "done", "old-question")), "said to be done")
}
