package assess_test

import (
	"bytes"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// handed makes the file that the latest event sends.
func (s *scene) handed() (bot.File, error) {
	s.Helper()
	for _, x := range s.effects {
		if send, ok := x.(bot.Send); ok {
			if send.To != bot.To(s.who.ID) {
				s.Errorf("the report goes to %+v", send.To)
			}
			return s.World.File("assess", send.File)
		}
	}
	s.Fatalf("no file is sent: %v", s.effects)
	return bot.File{}, nil
}

func TestAReportIsHandedOverInEveryFormat(t *testing.T) {
	s := finished(t, "Yes, I believe so")
	s.press("Full report")
	s.Sees(s.answer, "share it deliberately", "not an audit", "It names roles")
	for label, want := range map[string]string{"PDF to read": "%PDF-", "Table": "question_id", "For programs": `"shown"`} {
		s.press("Full report")
		s.press(label)
		f, err := s.handed()
		if err != nil || !bytes.Contains(f.Body, []byte(want)) || !strings.HasPrefix(f.Name, "quick-check-2026-03-02.") {
			t.Errorf("%s: %s of %d bytes, %v", label, f.Name, len(f.Body), err)
		}
		if bottest.Audits(s.effects) != "exported report of quick-check" {
			t.Errorf("audit: %s", bottest.Audits(s.effects))
		}
	}
}

func TestAReportComparesWithEarlierRuns(t *testing.T) {
	s := finished(t, "No")
	s.World.Now = s.World.Now.AddDate(0, 3, 0)
	s.press("Start again")
	s.all("Yes, I've seen it")
	s.press("Full report")
	s.press("For programs")
	f, err := s.handed()
	if err != nil || !strings.Contains(string(f.Body), `"trend"`) || strings.Contains(string(f.Body), `"trend": null`) {
		t.Errorf("%v: %s", err, f.Body)
	}
}

func TestOnlyWhoReadsAResultGetsItsReport(t *testing.T) {
	s := finished(t, "No")
	send := s.card.Fresh
	send.Verb, send.Args = "report-send", append(send.Args[:1:1], "pdf", "")
	for _, who := range []bot.Person{otto, sam, robin} {
		s.who = who
		s.do(bot.Event{Kind: bot.Click, Action: send})
		for _, x := range s.effects {
			if _, sends := x.(bot.Send); sends {
				t.Errorf("%s gets the report", who.ID)
			}
		}
	}
}

func TestAReportNamesWhoWasAskedOnlyOnPurpose(t *testing.T) {
	s := asked(t)
	s.as(robin)
	s.press("Partly")
	id := s.card.Fresh.Arg(0)
	for names, want := range map[string]bool{"names": true, "": false} {
		f, err := s.World.File("assess", bot.Do("assess", "report", id, "json", names))
		if got := strings.Contains(string(f.Body), "Robin"); got != want || err != nil {
			t.Errorf("%q: Robin is named: %v, %v", names, got, err)
		}
	}
}
