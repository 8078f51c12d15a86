package score_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"secadvisor/flows/score"
)

// plain is the specification told a second time, slowly and with fractions,
// to hold the first against.
type plain struct {
	raw, upper, shown, sure int
	capped                  string
	order                   []string
}

func tellPlainly(p score.Pack, answers map[string]score.Answer) plain {
	var out plain
	type open struct {
		id                              string
		priority, weight, effort, state int
		knockOut                        bool
	}
	var gaps []open
	n, best, k, w := 0, 0, 0, 0
	limit := 100
	for _, q := range p.Questions {
		a := answers[q.ID]
		age := int(now.Sub(a.At).Hours() / 24)
		// what the answer is: 0 yes, 1 partly, 2 no, 3 don't know, 4 not applicable
		is := 3
		switch {
		case a.Value == "not-applicable" && q.NAAllowed:
			is = 4
		case a.Value == "not-applicable" || a.Value == "dont-know" || age > 2*q.Staleness:
			is = 3
		case q.Kind == score.YesNo:
			is = slices.Index([]string{"yes", "partly", "no"}, a.Value)
		case q.Kind == score.Choice:
			is = map[int]int{100: 0, 50: 1, 0: 2}[q.Choices[a.Value]]
		case a.Value == "never":
			is = 2
		default:
			day, _ := time.Parse("2006-01-02", a.Value)
			old := int(now.Sub(day).Hours() / 24)
			is = 2
			if old <= 2*q.Staleness {
				is = 1
			}
			if old <= q.Staleness {
				is = 0
			}
		}
		if is == 4 {
			continue
		}
		credit := []int{100, 50, 0, 0}[is]
		if p.Strict && credit == 50 {
			credit = 0
		}
		upper := credit
		if is == 3 {
			upper = 100
		}
		trust := 70
		switch {
		case is == 3:
			trust = 0
		case is == 2:
			trust = 100
		case age > q.Staleness:
			trust = 30
		case a.Evidence:
			trust = 100
		}
		n, best, k, w = n+q.Weight*credit, best+q.Weight*upper, k+q.Weight*trust, w+q.Weight
		if q.KnockOut && is != 0 {
			cap := 59
			if is == 2 || p.Strict {
				cap = 39
			}
			if cap < limit {
				limit, out.capped = cap, q.ID
			}
		}
		if credit < 100 {
			r := q.Weight * (100 - credit) / 50
			if q.KnockOut {
				r *= 2
			}
			effort := q.Effort
			if is == 3 {
				effort = 1
			}
			gaps = append(gaps, open{q.ID, r * (4 - effort), q.Weight, effort, []int{9, 1, 0, 2}[is], q.KnockOut})
		}
	}
	out.raw, out.upper, out.sure = nearest(n, w), nearest(best, w), nearest(k, w)
	out.shown = min(out.raw, limit)
	// Bubble sort: nothing can hide in it.
	for range gaps {
		for i := 1; i < len(gaps); i++ {
			a, b := gaps[i-1], gaps[i]
			swap := false
			switch {
			case a.priority != b.priority:
				swap = a.priority < b.priority
			case a.knockOut != b.knockOut:
				swap = b.knockOut
			case a.weight != b.weight:
				swap = a.weight < b.weight
			case a.effort != b.effort:
				swap = a.effort > b.effort
			case a.state != b.state:
				swap = a.state > b.state
			}
			if swap {
				gaps[i-1], gaps[i] = b, a
			}
		}
	}
	for _, g := range gaps {
		out.order = append(out.order, g.id)
	}
	return out
}

// nearest rounds a fraction, halves up.
func nearest(n, w int) int {
	if w == 0 {
		return 0
	}
	half := new(big.Rat).Add(big.NewRat(int64(n), int64(w)), big.NewRat(1, 2))
	return int(new(big.Int).Quo(half.Num(), half.Denom()).Int64())
}

func TestTheArithmeticAgreesWithAPlainOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 10000 {
		p, answers := randomRun(random)
		r := score.Evaluate(p, answers, now)
		got := plain{r.Raw, r.Upper, r.Shown, r.Sure, r.CappedBy, nil}
		for _, g := range r.Gaps {
			got.order = append(got.order, g.ID)
		}
		want := tellPlainly(p, answers)
		if got.raw != want.raw || got.upper != want.upper || got.shown != want.shown || got.sure != want.sure || got.capped != want.capped || !slices.Equal(got.order, want.order) {
			t.Fatalf("run %d: got %+v, want %+v\npack %+v\nanswers %+v", i, got, want, p, answers)
		}
	}
}

func randomRun(random *rand.Rand) (score.Pack, map[string]score.Answer) {
	p := score.Pack{Strict: random.IntN(3) == 0}
	answers := map[string]score.Answer{}
	for i := range 1 + random.IntN(25) {
		q := score.Question{
			ID: string(rune('A' + i)), Weight: 1 + random.IntN(5), KnockOut: random.IntN(4) == 0, Effort: 1 + random.IntN(3),
			FixedBy: []string{"it", "both", "security"}[random.IntN(3)], Staleness: []int{90, 180, 365}[random.IntN(3)],
			Kind: []score.Kind{score.YesNo, score.Date, score.Choice}[random.IntN(3)], Choices: map[string]int{"x": 100, "y": 50, "z": 0},
			Domain: []string{"a", "b"}[random.IntN(2)], NAAllowed: random.IntN(2) == 0,
		}
		values := map[score.Kind][]string{score.YesNo: {"yes", "partly", "no"}, score.Choice: {"x", "y", "z"}, score.Date: {"never", ago(random.IntN(900)), ago(random.IntN(200))}}[q.Kind]
		values = append(values, "dont-know", "not-applicable")
		answers[q.ID] = score.Answer{Value: values[random.IntN(len(values))], Evidence: random.IntN(2) == 0, At: now.AddDate(0, 0, -random.IntN(800))}
		p.Questions = append(p.Questions, q)
	}
	return p, answers
}
