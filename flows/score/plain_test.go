package score_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/bottest"
	"secadvisor/flows/score"
)

// told is one question with its answer, in the words of the specification.
type told struct {
	score.Question
	is     string // yes, partly, no, dont-know or not-applicable
	credit int
	sure   int
}

// tellPlainly is the specification a second time, a loop for every figure
// and with fractions, to hold the first against.
func tellPlainly(p score.Pack, answers map[string]score.Answer) score.Result {
	var all []told
	r := score.Result{Of: len(p.Questions), Answered: len(p.Questions), Risk: map[string]int{}}
	for _, q := range p.Questions {
		if answers[q.ID].Value == "" {
			r.Answered--
			continue
		}
		x := told{Question: q, is: plainlyAt(q, answers[q.ID], now)}
		if x.is == "not-applicable" {
			continue
		}
		x.credit = map[string]int{"yes": 100, "partly": 50}[x.is]
		if p.Strict && x.is == "partly" {
			x.credit = 0
		}
		x.sure = plainlySure(q, answers[q.ID], x.is)
		all = append(all, x)
	}
	r.Raw, r.Upper, r.Shown, r.Possible, r.Cap, r.CappedBy = plainScore(all, p.Strict)
	for _, x := range all {
		r.Numerator += x.Weight * x.credit
		r.Weight += x.Weight
		if x.is == "dont-know" {
			r.Unknown = append(r.Unknown, x.ID)
		}
		if !slices.ContainsFunc(r.Domains, func(d score.Domain) bool { return d.ID == x.Domain }) {
			var own []told
			for _, y := range all {
				if y.Domain == x.Domain {
					own = append(own, y)
				}
			}
			_, _, shown, possible, _, _ := plainScore(own, p.Strict)
			r.Domains = append(r.Domains, score.Domain{ID: x.Domain, Shown: shown, Possible: possible})
		}
	}
	r.Complete = r.Answered == r.Of && r.Weight > 0
	r.Sure = average(all, func(x told) int { return x.sure })
	r.Band = map[int]score.Band{0: "act now", 1: "act now", 2: "weak", 3: "fair", 4: "good", 5: "good"}[r.Shown/20]
	r.Gaps = plainGaps(all)
	for _, g := range r.Gaps {
		r.Risk[g.FixedBy] += g.Risk
	}
	return r
}

func plainlyAt(q score.Question, a score.Answer, at time.Time) string {
	age := int(at.Sub(a.At).Hours() / 24)
	daysBefore := func(days int) string { return at.AddDate(0, 0, -days).Format(score.DayFormat) }
	switch {
	case a.Value == "not-applicable" && q.NAAllowed:
		return "not-applicable"
	case a.Value == "not-applicable" || a.Value == "dont-know" || age > 2*q.Staleness:
		return "dont-know"
	case q.Kind == score.YesNo:
		return a.Value
	case q.Kind == score.Choice:
		return map[int]string{100: "yes", 50: "partly", 0: "no"}[q.Choices[a.Value]]
	}
	if a.Value == "never" || a.Value < daysBefore(2*q.Staleness) {
		return "no"
	}
	if a.Value < daysBefore(q.Staleness) {
		return "partly"
	}
	return "yes"
}

func plainlySure(q score.Question, a score.Answer, is string) int {
	stale := a.At.Before(now.AddDate(0, 0, -q.Staleness))
	switch {
	case is == "dont-know":
		return 0
	case stale:
		return 30
	case is == "no" || a.Evidence:
		return 100
	}
	return 70
}

func plainScore(all []told, strict bool) (raw, upper, shown, possible, limit int, by []string) {
	asYes := func(x told) int {
		if x.is == "dont-know" {
			return 100
		}
		return x.credit
	}
	raw, upper = average(all, func(x told) int { return x.credit }), average(all, asYes)
	shown, possible = raw, upper
	for _, x := range all {
		if x.KnockOut && x.is != "yes" {
			shown = min(shown, plainCap(x, strict))
			if x.is != "dont-know" {
				possible = min(possible, plainCap(x, strict))
			}
		}
	}
	if shown == raw {
		return raw, upper, shown, possible, 100, nil
	}
	for _, x := range all {
		if x.KnockOut && x.is != "yes" && plainCap(x, strict) == shown {
			by = append(by, x.ID)
		}
	}
	return raw, upper, shown, possible, shown, by
}

func plainCap(x told, strict bool) int {
	if strict || x.is == "no" {
		return 39
	}
	return 59
}

// plainGaps sorts by bubbles: nothing can hide in them.
func plainGaps(all []told) (gaps []score.Gap) {
	weight := map[string]int{}
	for _, x := range all {
		if x.credit == 100 {
			continue
		}
		g := score.Gap{ID: x.ID, State: score.State(x.is), FixedBy: x.FixedBy, Effort: x.Effort, KnockOut: x.KnockOut, Risk: x.Weight * (100 - x.credit) / 50}
		if x.KnockOut {
			g.Risk = 2 * g.Risk
		}
		if x.is == "dont-know" {
			g.Effort = 1
		}
		g.Priority = g.Risk * []int{0, 3, 2, 1}[g.Effort]
		gaps, weight[x.ID] = append(gaps, g), x.Weight
	}
	order := map[score.State]int{"no": 0, "partly": 1, "dont-know": 2}
	for range gaps {
		for i := 1; i < len(gaps); i++ {
			a, b := gaps[i-1], gaps[i]
			swap := false
			switch {
			case a.Priority != b.Priority:
				swap = a.Priority < b.Priority
			case a.KnockOut != b.KnockOut:
				swap = b.KnockOut
			case weight[a.ID] != weight[b.ID]:
				swap = weight[a.ID] < weight[b.ID]
			case a.Effort != b.Effort:
				swap = a.Effort > b.Effort
			default:
				swap = order[a.State] > order[b.State]
			}
			if swap {
				gaps[i-1], gaps[i] = b, a
			}
		}
	}
	return gaps
}

// average weighs a figure of every question and rounds halves up.
func average(all []told, of func(told) int) int {
	n, w := 0, 0
	for _, x := range all {
		n, w = n+x.Weight*of(x), w+x.Weight
	}
	if w == 0 {
		return 0
	}
	half := new(big.Rat).Add(big.NewRat(int64(n), int64(w)), big.NewRat(1, 2))
	return int(new(big.Int).Quo(half.Num(), half.Denom()).Int64())
}

func TestTheArithmeticAgreesWithAPlainOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range bottest.Often(10000) {
		p, answers := randomRun(random)
		for i%4 == 3 && random.IntN(3) > 0 { // not answered yet, or asked of somebody
			delete(answers, p.Questions[random.IntN(len(p.Questions))].ID)
		}
		got := score.Evaluate(p, answers, now)
		if diff := cmp.Diff(tellPlainly(p, answers), got, cmp.FilterPath(unexported, cmp.Ignore())); diff != "" {
			t.Fatalf("run %d: - plain, + ours:\n%s\npack %+v\nanswers %+v", i, diff, p, answers)
		}
	}
}

// unexported are the fields of a gap that only its order needs.
func unexported(p cmp.Path) bool {
	return p.Last().String() == ".weight" || p.Last().String() == ".position"
}

func randomRun(random *rand.Rand) (score.Pack, map[string]score.Answer) {
	p := score.Pack{Strict: random.IntN(3) == 0}
	answers := map[string]score.Answer{}
	for i := range 1 + random.IntN(25) {
		q := score.Question{
			ID: string(rune('A' + i)), Weight: 1 + random.IntN(5), KnockOut: random.IntN(4) == 0, Effort: 1 + random.IntN(3),
			FixedBy: []string{"it", "both", "security"}[random.IntN(3)], Staleness: []int{90, 180, 365}[random.IntN(3)],
			Kind: []score.Kind{score.YesNo, score.Date, score.Choice}[random.IntN(3)], Choices: map[string]int{"x": 100, "y": 50, "z": 0},
			Domain: []string{"a", "b", "c"}[random.IntN(3)], NAAllowed: random.IntN(2) == 0, Revision: 2,
		}
		answers[q.ID] = randomAnswer(random, q)
		p.Questions = append(p.Questions, q)
	}
	return p, answers
}

func randomAnswer(random *rand.Rand, q score.Question) score.Answer {
	values := map[score.Kind][]string{score.YesNo: {"yes", "partly", "no"}, score.Choice: {"x", "y", "z"}, score.Date: {"never", ago(random.IntN(900)), ago(random.IntN(200))}}[q.Kind]
	values = append(values, values...) // so that good answers are common
	values = append(values, "dont-know", "not-applicable")
	return score.Answer{
		Value: values[random.IntN(len(values))], Evidence: random.IntN(2) == 0, Revision: q.Revision - random.IntN(9)/8,
		At: now.AddDate(0, 0, -random.IntN(1+random.IntN(800))),
	}
}
