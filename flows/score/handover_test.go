package score_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/score"
)

// In the first worked example: what "both" had goes to security.
func TestAProviderWithoutExpertiseHandsOverWhatIsShared(t *testing.T) {
	p := score.Pack{Questions: []score.Question{yesNo("mfa", 5, true, "both", 1), yesNo("updates", 4, false, "it", 1), yesNo("leavers", 4, false, "both", 1), yesNo("payments", 5, false, "security", 1)}}
	answers := map[string]score.Answer{"mfa": seen("partly"), "updates": seen("no"), "leavers": believe("dont-know"), "payments": seen("no")}
	r := score.Evaluate(p, answers, now)
	for _, c := range []struct {
		name              string
		withoutExpertise  bool
		stillOpen         []string
		risk              map[string]int
		mfa, leavers, own score.Handed
	}{
		{"nothing known", false, nil, map[string]int{"it": 8, "both": 18, "security": 10}, "", "", ""},
		{"no expertise", true, nil, map[string]int{"it": 8, "security": 28}, score.NoExpertise, score.NoExpertise, ""},
		{"open twice", false, []string{"leavers", "updates", "payments"}, map[string]int{"it": 8, "both": 10, "security": 18}, "", score.OpenTwice, ""},
		{"both reasons", true, []string{"leavers"}, map[string]int{"it": 8, "security": 28}, score.NoExpertise, score.NoExpertise, ""},
	} {
		got := score.HandOver(r, c.withoutExpertise, c.stillOpen)
		if diff := cmp.Diff(c.risk, got.Risk); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		for _, g := range got.Gaps {
			want := map[string]score.Handed{"mfa": c.mfa, "leavers": c.leavers}[g.ID]
			if g.Handed != want || want != "" && g.FixedBy != "security" || want == "" && g.FixedBy != map[string]string{"mfa": "both", "updates": "it", "leavers": "both", "payments": "security"}[g.ID] {
				t.Errorf("%s: %s is fixed by %s, handed over because of %q, want %q", c.name, g.ID, g.FixedBy, g.Handed, want)
			}
		}
	}
	if r.Risk["both"] != 18 || r.Gaps[0].Handed != "" {
		t.Errorf("the result that was handed in has changed: %+v", r)
	}
}

// One question, answered in two runs.
func TestAGapIsOpenTwiceInTwoRunsInARow(t *testing.T) {
	q := yesNo("q", 5, false, "both", 1)
	q.NAAllowed = true
	then := now.AddDate(0, 0, -100)
	at := func(value string, revision int) score.Answer {
		return score.Answer{Value: value, At: then, Revision: revision}
	}
	for name, c := range map[string]struct {
		was, is score.Answer
		want    bool
	}{
		"no twice":              {at("no", 1), at("no", 1), true},
		"partly, then no":       {at("partly", 1), at("no", 1), true},
		"unknown, then partly":  {at("dont-know", 1), at("partly", 1), true},
		"closed":                {at("no", 1), at("yes", 1), false},
		"came up":               {at("yes", 1), at("no", 1), false},
		"not asked before":      {score.Answer{Revision: 1}, at("no", 1), false},
		"did not apply before":  {at("not-applicable", 1), at("no", 1), false},
		"does not apply now":    {at("no", 1), at("not-applicable", 1), false},
		"another question then": {at("no", 1), at("no", 2), false},
	} {
		p := score.Pack{Questions: []score.Question{q}}
		got := score.StillOpen(p, map[string]score.Answer{"q": c.was}, then, map[string]score.Answer{"q": c.is}, now)
		if slices.Contains(got, "q") != c.want {
			t.Errorf("%s: open twice %v, want %v", name, got, c.want)
		}
	}
	half := score.Pack{Questions: []score.Question{date("d", 5, "both", 1, 365)}}
	day := map[string]score.Answer{"d": {Value: ago(400), At: now, Revision: 1}}
	if got := score.StillOpen(half, day, now.AddDate(0, 0, -100), day, now); len(got) != 0 {
		t.Errorf("a day that was in time in the run before is no gap of it: %v", got)
	}
}
