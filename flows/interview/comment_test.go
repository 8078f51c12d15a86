package interview_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestTheProviderCommentsOnWhatTheOwnerShows(t *testing.T) {
	s := judged(t, 3, 2, 0, 4)
	s.press(olga, "card", "Let them comment")
	preview := s.answer
	s.Sees(preview, "Show them what you found?", "This is all that Robin would read")
	if _, told := s.cards["robin found"]; told {
		t.Fatal("it is shown before the owner has agreed")
	}
	s.press(olga, "card", "Show it to Robin")
	found := s.cards["robin found"]
	s.Sees(found, "What Olga found in your answers", "answered well · has: named, dated, tested · still open: evidenced", "half of it is there", "little to go by yet")
	s.Unseen(found, "virtual CISO", "2 of 4", "bring security")
	for _, line := range strings.Split(bottest.Lines(found), "\n") {
		if !strings.Contains(bottest.Lines(preview), line) && line != "[Comment]" {
			t.Errorf("the owner did not see %q before it was sent", line)
		}
	}
	s.press(robin, "found", "Comment")
	form := s.form
	s.fill(robin, form, map[string]string{"comment": " "}, nil)
	if s.why["comment"] == "" {
		t.Error("an empty comment is kept")
	}
	s.fill(robin, form, map[string]string{"comment": "The steps hang in our office."}, nil)
	s.Sees(s.note(), "Robin has commented", "The steps hang in our office.")
	s.Sees(s.cards["olga card"], "Robin said to it, on 2 March 2026", "The steps hang in our office.", "2 of 4 topics")
	s.press(olga, "card", "Change the ticks")
	s.press(olga, "card", "Next", "Next", "☐ Named", "☐ Dated", "☐ Tested", "All four")
	s.Sees(s.cards["olga card"], "3 of 4 topics", "The steps hang in our office.", "You have changed ticks since")
}

func TestWhatChangedAfterThePreviewIsSeenFirst(t *testing.T) {
	s := judged(t, 3, 2, 0, 4)
	s.press(olga, "card", "Let them comment")
	late := s.Button("Show it to Robin", s.answer, s.cards[olga.ID+" "+"card"])
	s.answer = bot.View{}
	s.press(olga, "card", "Change the ticks", "☑ Named")
	s.click(olga, late)
	s.Sees(s.answer, "This is all that Robin would read", "half of it is there · has: dated, tested")
	if _, told := s.cards["robin found"]; told {
		t.Error("something is shown that the owner did not see")
	}
}

func TestCommentsAreForWhatWasShown(t *testing.T) {
	s := judged(t, 3, 3, 3, 3)
	s.click(robin, bot.Do("interview", "comment", id, s.interview().Round))
	s.Sees(s.answer, "nothing to comment on yet")
	s.do(robin, bot.Event{Kind: bot.Submit, Action: bot.Do("interview", "commented", id, s.interview().Round), Values: map[string]string{"comment": "forged"}})
	s.Sees(s.answer, "nothing to comment on yet")
	if s.interview().Comment.Text != "" {
		t.Error("it is kept")
	}
}

func TestACommentByMailIsPasted(t *testing.T) {
	s := begun(t)
	s.press(olga, "card", "Copy as e-mail")
	s.tick(3, 3, 3, 0)
	s.press(olga, "card", "Let them comment")
	s.Sees(s.answer, "to copy into an e-mail", "- Qualifications in security: answered well", "I send nothing by myself")
	s.press(olga, "card", "Paste their comment")
	s.fill(olga, s.form, map[string]string{"comment": "We read them daily."}, nil)
	s.Sees(s.cards["olga card"], "Your IT provider said to it", "We read them daily.")
	for _, a := range s.audits {
		if a == "shared" {
			t.Error("nothing was shared from here")
		}
	}
}
