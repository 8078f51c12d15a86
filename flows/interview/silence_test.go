package interview_test

import (
	"testing"
	"time"

	"secadvisor/bot"
)

// week lets the timer of the interview fire.
func (s *scene) week() {
	s.Helper()
	at, waits := s.Timers["interview/"+id+"/week"]
	if !waits {
		s.Fatal("nothing is waited for")
	}
	delete(s.Timers, "interview/"+id+"/week")
	s.Now = at
	s.do(bot.Person{}, bot.Event{Kind: bot.Timer, Timer: id + "/week"})
}

func TestAWeekOfSilenceIsSaidOnce(t *testing.T) {
	for name, c := range map[string]struct {
		does func(s *scene)
		want []string
	}{
		"begun":  {func(*scene) {}, []string{"have not gone out yet", "[Copy as e-mail]", "[Send to somebody]", "[Stop]"}},
		"copied": {func(s *scene) { s.press(olga, "card", "Copy as e-mail"); s.answer = bot.View{} }, []string{"No reply from your IT provider yet", "[Paste a reply]", "[Stop]"}},
		"sent":   {func(s *scene) { s.send("robin") }, []string{"No reply from Robin yet: paste it, ask again, or stop", "[Ask Robin again]", "[Paste a reply]", "[Stop]"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := begun(t)
			s.Now = s.Now.Add(48 * time.Hour)
			c.does(s)
			s.week()
			s.Sees(s.note(), c.want...)
			if len(s.Timers) != 0 {
				t.Error("it will be said again")
			}
			s.do(bot.Person{}, bot.Event{Kind: bot.Timer, Timer: id + "/week"})
			if len(s.last) != 0 {
				t.Error("it is said again")
			}
		})
	}
}

func TestTheWeekCountsFromTheSending(t *testing.T) {
	s := begun(t)
	s.Now = s.Now.Add(5 * 24 * time.Hour)
	s.send("robin")
	if at := s.Timers["interview/"+id+"/week"]; at.Sub(s.Now) != 7*24*time.Hour {
		t.Errorf("said at %v", at)
	}
}

func TestAskingAgainIsASecondMessageAndAnotherWeek(t *testing.T) {
	s := sent(t)
	s.week()
	s.answer = s.note()
	again := s.Button("Ask Robin again", s.answer, s.cards[olga.ID+" "+"card"])
	s.click(olga, again)
	s.click(olga, again)
	s.Sees(s.answer, "has the questions already")
	if s.posted["robin asked"] != 2 {
		t.Errorf("posted %d times", s.posted["robin asked"])
	}
	s.week()
	s.Sees(s.note(), "No reply from Robin yet")
}

func TestNobodyIsRemindedOfWhatHasCome(t *testing.T) {
	for name, does := range map[string]func(s *scene){
		"typed": func(s *scene) { s.answers(robin, map[string]string{"breach": "At once"}) },
		"pasted": func(s *scene) {
			s.press(olga, "card", "Paste a reply", "Paste their reply")
			s.fill(olga, s.form, map[string]string{"reply": "x"}, nil)
		},
		"ticked": func(s *scene) { s.tick(0, 0, 0, 0) },
		"failed": func(s *scene) { s.fails("asked") },
	} {
		s := sent(t)
		does(s)
		if len(s.Timers) != 0 {
			t.Errorf("%s: still waits", name)
		}
		s.do(bot.Person{}, bot.Event{Kind: bot.Timer, Timer: id + "/week"})
		if len(s.last) != 0 {
			t.Errorf("%s: reminded", name)
		}
	}
}

func TestWhatDoesNotArriveIsSaidAtOnce(t *testing.T) {
	s := sent(t)
	s.fails("asked")
	s.Sees(s.note(), "I could not reach Robin", "They have left.", "[Copy as e-mail]", "[Send to somebody else]")
	s.Sees(s.cards["olga card"], "did not reach Robin: they have left")
	s.send("robin")
	s.Unseen(s.cards["olga card"], "did not reach")
	for _, x := range s.last {
		if show, is := x.(bot.Show); is && show.To.User == "robin" && show.View.Title == "The newer message is below" {
			t.Error("a card that never arrived is said to go on")
		}
	}

	s = judged(t, 3, 3, 0, 0)
	s.press(olga, "card", "Let them comment", "Show it to Robin")
	s.fails("found")
	s.Sees(s.note(), "I could not show Robin what you found", "[Copy as e-mail]")
	s.Unseen(s.cards["olga card"], "was shown this")
}

func TestOldFailuresChangeNothing(t *testing.T) {
	s := sent(t)
	s.answers(robin, map[string]string{"breach": "At once"})
	s.fails("asked")
	if len(s.last) != 0 {
		t.Error("somebody who has answered is said not to be reached")
	}
	s = sent(t)
	s.do(bot.Person{}, bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "interview/" + id + "/zzzzzzzzzzzz/asked", To: bot.To("robin"), Reason: "gone"}})
	if len(s.last) != 0 {
		t.Error("a failure of an earlier passage counts")
	}
}
