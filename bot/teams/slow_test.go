package teams

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

// Teams waits 3 s for a press and 15 s for a message. The bot asks it no
// longer than this; the tests below leave a busy machine more.
func TestTheTimesAreThoseOfTeams(t *testing.T) {
	if knowFor >= pressFor || pressFor >= 3*time.Second || 2*lookUp+sendFor >= 15*time.Second {
		t.Errorf("a press takes %v, a message %v", pressFor, 2*lookUp+sendFor)
	}
}

func TestAPressIsAnsweredInTimeHoweverSlowTeamsIs(t *testing.T) {
	for name, row := range map[string]struct {
		call string
		data map[string]any
		want string
	}{
		"members":    {faketeams.Member, map[string]any{"a": "assess/why"}, ""},
		"the answer": {faketeams.Post, map[string]any{"a": "assess/why", "k": "run/x"}, "because"},
		"people who are chosen": {faketeams.Create, map[string]any{"a": "", "f": bot.Form{Action: bot.Do("duty", "save"), Fields: []bot.Input{
			{ID: "a", Pick: bot.PickPerson}, {ID: "b", Pick: bot.PickPerson}, {ID: "c", Pick: bot.PickPerson}}}, "field.a": "OLGA-OID", "field.b": "GUS-OID", "field.c": "x"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			s.answer.View = &bot.View{Title: "because"}
			s.fake.FailAt(row.call, faketeams.Slow(time.Minute), 9)
			began := time.Now()
			_, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
				a["type"], a["name"], a["text"] = "invoke", "adaptiveCard/action", ""
				a["value"] = map[string]any{"action": map[string]any{"data": row.data}}
			}))
			if took := time.Since(began); took > 20*time.Second || !strings.Contains(body, row.want) {
				t.Errorf("after %v: %s", took, body)
			}
		})
	}
}

func TestAMessageIsAcknowledgedInTimeHoweverSlowTeamsIs(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.answer.View = &bot.View{Title: "because"}
	s.fake.FailAt(faketeams.Post, faketeams.Slow(time.Minute), 9)
	began := time.Now()
	if status, _ := s.send(s.token(nil), s.activity(nil)); status != 200 || time.Since(began) > 40*time.Second {
		t.Errorf("status %d after %v", status, time.Since(began))
	}
	if e := s.last(); e.Unstored || len(s.events) != 2 {
		t.Errorf("it is not queued: %+v", e)
	}
}

func TestASlashCommandWhoseAnswerFailsIsQueued(t *testing.T) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "IT support"}
	s.fake.FailAt(faketeams.Create, faketeams.TooMany("30"), 9)
	s.fake.FailAt(faketeams.Post, faketeams.TooMany("30"), 9)
	s.send(s.token(nil), s.activity(func(a map[string]any) {
		inChannel(faketeams.General, "channel")(a)
		a["recipient"].(map[string]any)["isTargeted"] = true
	}))
	if e := s.last(); len(s.events) != 2 || e.Unstored || e.Inline {
		t.Errorf("%d events, the last %+v", len(s.events), e)
	}
}
