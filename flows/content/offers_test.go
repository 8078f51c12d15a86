package content

import (
	"testing"
	"time"

	"secadvisor/flows/score"
)

func TestAnAnswerIsFoundByItsCode(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	keys := Question{Kind: Choice, NotApplicable: "We have no keys", Choices: []Option{{ID: "list", Label: "On a list"}}}
	for _, c := range []struct {
		q        Question
		code     string
		value    string
		evidence bool
	}{
		{Question{}, "seen", score.Yes, true},
		{Question{}, "yes", score.Yes, false},
		{Question{Kind: Date}, "yes", "2026-01-16", false}, // 45 days ago: the middle of 90
		{Question{Kind: Date}, "no", score.Never, false},
		{keys, "list", "list", false},
		{keys, "none", score.NotApply, false},
		{keys, "dont-know", score.DontKnow, false},
	} {
		got, ok := c.q.Offered(c.code, 90)
		if !ok || got.On(now) != c.value || got.Evidence != c.evidence {
			t.Errorf("%s of %v: got %q, evidence %v, offered %v; want %q, %v", c.code, c.q.Kind, got.On(now), got.Evidence, ok, c.value, c.evidence)
		}
	}
	for _, code := range []string{"", "none", "list", "Yes, I've seen it"} {
		if got, ok := (Question{}).Offered(code, 90); ok {
			t.Errorf("%q is offered as %+v", code, got)
		}
	}
}

func TestAPackKnowsWhereAQuestionStands(t *testing.T) {
	p := Pack{Questions: []PackQuestion{{ID: "a", StalenessDays: 90}, {ID: "b", StalenessDays: 30}}}
	for id, want := range map[string][2]int{"a": {0, 90}, "b": {1, 30}, "gone": {-1, 365}, "": {-1, 365}} {
		if got := [2]int{p.Position(id), p.StaysFresh(id)}; got != want {
			t.Errorf("%q stands at %d and stays fresh for %d days, want %v", id, got[0], got[1], want)
		}
	}
}
