package score_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/score"
)

// One question whose answers keep 90 days: what was said, and how long ago.
func TestWhatAQuarterlyRunAsks(t *testing.T) {
	plain := yesNo("q", 5, false, "it", 1)
	day := date("q", 5, "it", 1, 90)
	choice := plain
	choice.Kind, choice.Choices = score.Choice, map[string]int{"all": 100, "some": 50}
	optional := plain
	optional.NAAllowed = true
	for name, c := range map[string]struct {
		question score.Question
		value    string
		days     int
		want     score.Reason
	}{
		"fresh and good":               {plain, "yes", 75, ""},
		"stale in 14 days":             {plain, "yes", 77, score.SoonStale},
		"stale in 15 days":             {plain, "yes", 76, ""},
		"on its last day":              {plain, "yes", 90, score.SoonStale},
		"stale":                        {plain, "yes", 91, score.IsStale},
		"older than twice":             {plain, "yes", 181, score.IsStale},
		"a stale no":                   {plain, "no", 91, score.IsStale},
		"no":                           {plain, "no", 1, score.WasBad},
		"partly":                       {plain, "partly", 1, score.WasBad},
		"unknown":                      {plain, "dont-know", 1, score.NotKnown},
		"never asked":                  {plain, "", 1, score.NotAsked},
		"does not apply":               {optional, "not-applicable", 1, ""},
		"did not apply, long ago":      {optional, "not-applicable", 91, score.IsStale},
		"does not apply, not offered":  {plain, "not-applicable", 1, score.NotKnown},
		"a day in time":                {day, ago(75), 1, ""},
		"a day soon too far back":      {day, ago(80), 1, score.SoonStale},
		"a day too far back":           {day, ago(91), 1, score.WasBad},
		"never":                        {day, "never", 1, score.WasBad},
		"the best choice":              {choice, "all", 1, ""},
		"a lesser choice":              {choice, "some", 1, score.WasBad},
		"a choice that is not offered": {choice, "former", 1, score.NotKnown},
	} {
		a := score.Answer{Value: c.value, At: now.AddDate(0, 0, -c.days), Revision: 1}
		due := score.Quarterly(score.Pack{Questions: []score.Question{c.question}}, map[string]score.Answer{"q": a}, now)
		var want []score.Due
		if c.want != "" {
			want = []score.Due{{ID: "q", Why: c.want}}
		}
		if diff := cmp.Diff(want, due); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		ask := c.want == score.NotAsked || c.want == score.IsStale
		if got := score.MustAsk(c.question, a, now); got != ask {
			t.Errorf("%s: any run must ask: %v, want %v", name, got, ask)
		}
	}
	changed := map[string]score.Answer{"q": {Value: "yes", At: now, Revision: 1}}
	plain.Revision = 2
	if got := score.Quarterly(score.Pack{Questions: []score.Question{plain}}, changed, now); len(got) != 1 || got[0].Why != score.NotAsked {
		t.Errorf("the meaning changed since: %v", got)
	}
	if !score.MustAsk(plain, changed["q"], now) {
		t.Error("the meaning changed since, and the answer stands")
	}
}

// A half is bad in a strict pack too, and asked in the order of the pack.
func TestAQuarterlyRunAsksInOrder(t *testing.T) {
	p := score.Pack{Strict: true, Questions: []score.Question{yesNo("a", 1, false, "it", 1), yesNo("b", 5, true, "it", 1), yesNo("c", 3, false, "it", 1)}}
	answers := map[string]score.Answer{"a": {Value: "partly", At: now, Revision: 1}, "b": {Value: "yes", At: now, Revision: 1}}
	want := []score.Due{{ID: "a", Why: score.WasBad}, {ID: "c", Why: score.NotAsked}}
	if diff := cmp.Diff(want, score.Quarterly(p, answers, now)); diff != "" {
		t.Error(diff)
	}
}

func TestConfidenceInWords(t *testing.T) {
	for n, want := range map[int]score.Confidence{0: score.Low, 49: score.Low, 50: score.Medium, 74: score.Medium, 75: score.High, 100: score.High} {
		if got := score.ConfidenceOf(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
