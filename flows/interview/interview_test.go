package interview_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

func TestTheQuestionsGoOutAndTheAnswersComeBack(t *testing.T) {
	s := sent(t)
	s.Sees(s.cards["robin asked"], "Olga asks you four questions", "we look whether each names somebody", "Which number do we call at night", "nobody else at the company")
	s.Sees(s.cards["olga card"], "Sent to Robin on 2 March 2026", "no reply yet")
	s.answers(robin, map[string]string{"certifications": "Pat, CISSP, 2025", "breach": " "})
	s.Sees(s.note(), "Robin has answered", "[Read and tick the replies]")
	s.Unseen(s.note(), "CISSP")
	s.Sees(s.cards["robin asked"], "Thank you: Olga has your answers", "Pat, CISSP, 2025", "Not answered yet: If somebody broke in tonight")
	s.Sees(s.cards["olga card"], "Qualifications in security: answered on 2 March 2026, not looked at yet", "The first hour of a break-in: no reply yet")
	s.answer = s.note()
	s.press(olga, "card", "Read and tick")
	s.Sees(s.cards["olga card"], "Robin answered on 2 March 2026", "Pat, CISSP, 2025", "Sounds good: A name, a certificate", "☐ Evidenced: You have seen the certificate")
}

func TestTheEmailHoldsQuestionsFollowUpsAndRubric(t *testing.T) {
	s := begun(t)
	s.press(olga, "card", "Copy as e-mail")
	s.Sees(s.answer, "1. Which security qualifications", "   - Whose job is security", "4. How do you learn", "this is how we read the answers", "Thank you for your time")
	s.answer = bot.View{}
	s.Sees(s.cards["olga card"], "Copied as an e-mail on 2 March 2026")
	step := s.interview().Step
	s.press(olga, "card", "Copy as e-mail")
	if s.interview().Step != step {
		t.Error("copying once more changes something")
	}
}

func TestTicksDecideAndWordsDoNot(t *testing.T) {
	for _, c := range []struct {
		ticks []int
		size  company.Size
		want  []string
	}{
		{[]int{4, 3, 3, 4}, "", []string{"4 of 4 topics answered well", "Keep working with them", "Choose a day for the next assessment"}},
		{[]int{3, 2, 1, 4}, "", []string{"2 of 4", "bring security expertise in", "Strong: Qualifications in security, Keeping up with new threats. Tell them so.", "half of it is there · has: named, dated · still open: tested, evidenced", "Write the first hour down together"}},
		{[]int{0, 0, 3, 2}, "", []string{"1 of 4", "virtual CISO", "fewer than 50 people", "[Say how big we are]"}},
		{[]int{0, 0, 3, 2}, company.UpTo49, []string{"virtual CISO", "suits a company of your size"}},
		{[]int{0, 0, 0, 0}, company.UpTo249, []string{"0 of 4", "lasting relationship with a security partner", "says little about their daily work"}},
		{[]int{0, 1, 2, 0}, company.UpTo49, []string{"The most is there in: The first hour of a break-in"}},
	} {
		s := sent(t)
		body, _ := company.Profiles.Encode(company.Profile{Size: c.size})
		s.Docs[company.Profiles.Key(company.ProfileID)] = body
		s.tick(c.ticks...)
		s.Sees(s.cards["olga card"], append(c.want, "judges answers, never people")...)
		s.Unseen(s.cards["olga card"], "certified", "compliant", "fault")
	}
}

func TestNothingIsJudgedBeforeTheOwnerAsks(t *testing.T) {
	s := sent(t)
	s.tick(1, 1, 1)
	s.press(olga, "card", "☐ Named", "All four")
	s.Sees(s.cards["olga card"], "1 of 4 ticks", "[What it means]")
	s.Unseen(s.cards["olga card"], "answered well")
	s.press(olga, "card", "What it means")
	s.Sees(s.cards["olga card"], "0 of 4 topics answered well")

	s = sent(t)
	s.tick(1, 0)
	s.click(olga, bot.Do("interview", "verdict", id, s.interview().Round))
	s.Sees(s.answer, "Look at all four first")
	s.Sees(s.cards["olga card"], "The first hour of a break-in")
}

func TestPastedWordsAndTypedWordsStandSideBySide(t *testing.T) {
	s := sent(t)
	s.press(olga, "card", "Paste a reply", "Paste their reply")
	pasted := s.form
	s.answers(robin, map[string]string{"certifications": "typed by Robin"})
	s.fill(olga, pasted, map[string]string{"reply": "from the e-mail"}, nil)
	s.Sees(s.cards["olga card"], "Robin answered", "typed by Robin", "You pasted", "from the e-mail")
	s.answers(robin, map[string]string{"certifications": "typed anew"})
	s.Sees(s.cards["olga card"], "typed anew", "from the e-mail")
	s.Sees(s.cards["robin asked"], "typed anew")
	s.Unseen(s.cards["robin asked"], "from the e-mail")
	s.fill(olga, pasted, map[string]string{"reply": "  "}, nil)
	if s.why["reply"] == "" {
		t.Error("an empty reply is kept")
	}
}

func TestANewerReplyIsLookedAtBeforeItIsTicked(t *testing.T) {
	s := judged(t, 3, 3, 0, 0)
	s.press(olga, "card", "Change the ticks")
	evidenced, next := s.Button("☐ Evidenced", s.answer, s.cards[olga.ID+" "+"card"]), s.Button("Next", s.answer, s.cards[olga.ID+" "+"card"])
	s.answers(robin, map[string]string{"certifications": "We have none after all"})
	for _, late := range []bot.Action{evidenced, next} {
		s.click(olga, late)
		s.Sees(s.answer, "There is a newer reply")
	}
	s.Sees(s.cards["olga card"], "We have none after all", "☑ Named", "☐ Evidenced")
	s.answer = bot.View{}
	s.press(olga, "card", "All four")
	s.Sees(s.cards["olga card"], "newer than your ticks: Qualifications in security")
	s.press(olga, "card", "Change the ticks")
	s.press(olga, "card", "☑ Named", "☑ Dated", "☑ Tested", "All four")
	s.Sees(s.cards["olga card"], "1 of 4 topics")
	s.Unseen(s.cards["olga card"], "newer than your ticks")
}

func TestAnAnswerCanBeTakenBack(t *testing.T) {
	s := sent(t)
	s.answers(robin, map[string]string{"certifications": "one", "breach": "two"})
	s.answers(robin, map[string]string{"certifications": "", "breach": "two"})
	if got := s.interview().Replies["certifications"].Text; got != "" {
		t.Errorf("still kept: %q", got)
	}
	s.press(robin, "asked", "Change or add")
	s.fill(robin, s.form, map[string]string{"certifications": " "}, nil)
	if len(s.why) == 0 || s.interview().Replies["breach"].Text != "two" {
		t.Error("an empty form takes everything back")
	}
}

func TestATickIsSetOnceHoweverOftenItIsPressed(t *testing.T) {
	s := sent(t)
	s.press(olga, "card", "Paste a reply")
	named, dated := s.Button("☐ Named", s.answer, s.cards[olga.ID+" "+"card"]), s.Button("☐ Dated", s.answer, s.cards[olga.ID+" "+"card"])
	for range 3 {
		s.click(olga, named)
		s.click(olga, dated)
	}
	if diff := cmp.Diff([]string{"named", "dated"}, s.interview().Replies["certifications"].Ticks); diff != "" {
		t.Error(diff)
	}
	s.press(olga, "card", "☑ Named")
	if diff := cmp.Diff([]string{"dated"}, s.interview().Replies["certifications"].Ticks); diff != "" {
		t.Error(diff)
	}
}

func TestDoublePressesSendNothingTwice(t *testing.T) {
	s := sent(t)
	s.pick(bot.Picked{ID: "robin", Name: "Robin", Affiliation: bot.Home})
	s.Sees(s.answer, "Robin has the questions already")
	s.answers(robin, map[string]string{"breach": "At once"})
	s.fill(robin, s.Forms[len(s.Forms)-1], map[string]string{"breach": "At once"}, nil)
	s.Sees(s.answer, "Thank you, Olga has it")
	if len(s.last) != 1 {
		t.Errorf("the same answer does %d things", len(s.last))
	}
	s.tick(3, 3, 0, 0)
	s.press(olga, "card", "Let them comment")
	show := s.Button("Show it to Robin", s.answer, s.cards[olga.ID+" "+"card"])
	s.click(olga, show)
	s.click(olga, show)
	s.Sees(s.answer, "Robin has it already")
	for part, want := range map[string]int{"robin asked": 1, "robin found": 1, "olga card": 1} {
		if got := s.posted[part]; got != want {
			t.Errorf("%s was posted %d times", part, got)
		}
	}
	if diff := cmp.Diff([]string{"started", "sent", "judged", "shared"}, s.audits); diff != "" {
		t.Error(diff)
	}
}

func TestWordsStayInTheInterviewAlone(t *testing.T) {
	s := sent(t)
	s.answers(robin, map[string]string{"breach": "We come at once."})
	s.tick(3, 3, 0, 0)
	s.press(olga, "card", "Let them comment", "Show it to Robin")
	s.press(robin, "found", "Comment")
	s.fill(robin, s.form, map[string]string{"comment": "We come at once, really."}, nil)
	for key, body := range s.Docs {
		if strings.Contains(string(body), "come at once") && key != company.Interviews.Key(id) {
			t.Errorf("%s holds their words", key)
		}
	}
	if keys := slices.Sorted(maps.Keys(s.Docs)); len(keys) != 1 {
		t.Errorf("stored: %v", keys)
	}
}

func TestStartingAgainBeginsAPassageOfItsOwn(t *testing.T) {
	s := judged(t, 3, 3, 0, 0)
	old := s.Button("Change or add", s.answer, s.cards[robin.ID+" "+"asked"])
	stale := s.Button("Change the ticks", s.answer, s.cards[olga.ID+" "+"card"])
	s.press(olga, "card", "Start again")
	s.Sees(s.answer, "deleted at once", "I tell Robin")
	s.press(olga, "card", "Go on with it")
	s.Sees(s.cards["olga card"], "2 of 4")
	s.press(olga, "card", "Start again", "Delete and start again")
	s.answer = bot.View{}
	s.Sees(s.cards["robin asked"], "Nothing is needed from you any more")
	s.Sees(s.cards["olga card"], "Not sent so far", "no reply yet")
	s.click(robin, old)
	s.Sees(s.answer, "These questions are over")
	s.click(olga, stale)
	s.Sees(s.answer, "These questions are over")
	s.answer = bot.View{}
	s.send("robin")
	if s.posted["robin asked"] != 2 {
		t.Errorf("asked %d times", s.posted["robin asked"])
	}
	s.Sees(s.cards["robin asked"], "Olga asks you")
}

func TestStoppingDeletesEverything(t *testing.T) {
	s := judged(t, 3, 3, 0, 0)
	answer := s.Button("Change or add", s.answer, s.cards[robin.ID+" "+"asked"])
	s.press(olga, "card", "Delete all of this", "Stop and delete")
	if len(s.Docs) != 0 || len(s.Timers) != 0 {
		t.Errorf("left: %v, %v", slices.Collect(maps.Keys(s.Docs)), s.Timers)
	}
	s.Sees(s.cards["olga card"], "stopped", "deleted")
	s.Sees(s.cards["robin asked"], "Nothing is needed from you")
	s.click(robin, answer)
	s.Sees(s.answer, "These questions are over")
}

func TestEveryButtonIsAccepted(t *testing.T) {
	for name, s := range map[string]*scene{"begun": begun(t), "sent": sent(t), "judged": judged(t, 4, 2, 1, 0)} {
		t.Run(name, func(t *testing.T) {
			for _, who := range []bot.Person{olga, robin, sam, otto} {
				if _, err := s.Explore(who, direct, 400); err != nil {
					t.Fatalf("%s: %v", who.ID, err)
				}
				if _, err := s.Fire(); err != nil {
					t.Fatal(err)
				}
			}
			for _, f := range s.Forms {
				for _, who := range []bot.Person{olga, robin, sam} {
					s.fill(who, f, map[string]string{"reply": "x", "comment": "y", "breach": "z"}, nil)
				}
			}
			if _, err := s.Explore(olga, direct, 400); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestAnAnswerIsReadEvenAfterALongTime(t *testing.T) {
	s := sent(t)
	s.Now = s.Now.Add(200 * 24 * time.Hour)
	s.answers(robin, map[string]string{"breach": "At once"})
	s.Sees(s.cards["olga card"], "answered on 18 September 2026")
}
