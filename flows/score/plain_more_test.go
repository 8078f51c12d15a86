package score_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/bottest"
	"secadvisor/flows/score"
)

// What is said of two runs, a second time and plainly.

// plainlyShared are the questions of two runs that can be compared, as in the earlier
// one and as now, and the weight of all that apply now.
func plainlyShared(p score.Pack, before map[string]score.Answer, then time.Time, after map[string]score.Answer) (was, is []told, whole int) {
	for _, q := range p.Questions {
		x := told{Question: q, is: plainlyAt(q, after[q.ID], now)}
		y := told{Question: q, is: plainlyAt(q, before[q.ID], then)}
		if x.is == "not-applicable" {
			continue
		}
		whole += q.Weight
		if y.is == "not-applicable" || before[q.ID].Revision != after[q.ID].Revision {
			continue
		}
		for _, z := range []*told{&x, &y} {
			z.credit = map[string]int{"yes": 100, "partly": 50}[z.is]
			if p.Strict && z.is == "partly" {
				z.credit = 0
			}
		}
		was, is = append(was, y), append(is, x)
	}
	return was, is, whole
}

func comparePlainly(p score.Pack, before map[string]score.Answer, then time.Time, after map[string]score.Answer) score.Change {
	was, is, whole := plainlyShared(p, before, then, after)
	weight := 0
	for _, x := range is {
		weight += x.Weight
	}
	c := score.Change{Comparable: weight > 0 && float64(weight)/float64(whole) >= 0.6}
	c.Before = average(was, func(x told) int { return x.credit })
	c.Now = average(is, func(x told) int { return x.credit })
	for i, x := range is {
		y := was[i]
		if y.credit < 100 && x.credit == 100 {
			c.Closed = append(c.Closed, x.ID)
		}
		if y.credit == 100 && (x.is == "no" || x.is == "partly") {
			c.Opened = append(c.Opened, x.ID)
		}
		if y.is != "dont-know" && x.is == "dont-know" {
			c.Unknown = append(c.Unknown, x.ID)
		}
		if x.KnockOut && x.is != y.is {
			c.KnockOuts = append(c.KnockOuts, x.ID)
		}
	}
	return c
}

func stillOpenPlainly(p score.Pack, before map[string]score.Answer, then time.Time, after map[string]score.Answer) (open []string) {
	was, is, _ := plainlyShared(p, before, then, after)
	for i, x := range is {
		if x.credit < 100 && was[i].credit < 100 {
			open = append(open, x.ID)
		}
	}
	return open
}

// riskPlainly is the open risk of each side, when shared gaps that were open
// before have gone to security.
func riskPlainly(r score.Result, open []string) map[string]int {
	risk := map[string]int{}
	for _, g := range r.Gaps {
		side := g.FixedBy
		for _, id := range open {
			if side == "both" && id == g.ID {
				side = "security"
			}
		}
		risk[side] += g.Risk
	}
	return risk
}

func quarterlyPlainly(p score.Pack, answers map[string]score.Answer) (asked []string) {
	for _, q := range p.Questions {
		a := answers[q.ID]
		told := plainlyAt(q, a, now)
		soon := a.At.Before(now.AddDate(0, 0, 14-q.Staleness))
		tooFarBack := q.Kind == score.Date && told == "yes" && a.Value < ago(q.Staleness-14)
		if a.Revision != q.Revision || soon || tooFarBack || told == "no" || told == "partly" || told == "dont-know" {
			asked = append(asked, q.ID)
		}
	}
	return asked
}

func TestTwoRunsAgreeWithAPlainComparison(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range bottest.Often(10000) {
		p, after := randomRun(random)
		then := now.AddDate(0, 0, -random.IntN(200))
		before := map[string]score.Answer{}
		for _, q := range p.Questions {
			a := randomAnswer(random, q)
			a.At = a.At.AddDate(0, 0, -int(now.Sub(then).Hours()/24))
			a.Revision = q.Revision - random.IntN(5)/4
			before[q.ID] = a
		}
		if diff := cmp.Diff(comparePlainly(p, before, then, after), score.Compare(p, before, then, after, now)); diff != "" {
			t.Fatalf("runs %d, compared: - plain, + ours:\n%s\npack %+v\nbefore %+v\nafter %+v", i, diff, p, before, after)
		}
		open := stillOpenPlainly(p, before, then, after)
		if diff := cmp.Diff(open, score.StillOpen(p, before, then, after, now)); diff != "" {
			t.Fatalf("runs %d, open twice: - plain, + ours:\n%s\npack %+v\nbefore %+v\nafter %+v", i, diff, p, before, after)
		}
		r := score.Evaluate(p, after, now)
		if diff := cmp.Diff(riskPlainly(r, open), score.HandOver(r, false, open).Risk); diff != "" {
			t.Fatalf("runs %d, handed over: - plain, + ours:\n%s", i, diff)
		}
		var asked []string
		for _, due := range score.Quarterly(p, after, now) {
			asked = append(asked, due.ID)
		}
		if diff := cmp.Diff(quarterlyPlainly(p, after), asked); diff != "" {
			t.Fatalf("run %d, asked in a quarterly run: - plain, + ours:\n%s\npack %+v\nanswers %+v", i, diff, p, after)
		}
	}
}

// The verdict on a provider, with every topic worked out by hand.
func TestVerdictsAgreeWithPlainOnes(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	topics := [][]string{{"itp-cert", "itp-people"}, {"itp-assess-date", "itp-assess-independent", "itp-assess-fixed"}, {"itp-breach-steps", "itp-breach-tell", "itp-breach-hours"}, {"itp-current"}}
	for i := range bottest.Often(10000) {
		p, answers := providerCheck(), map[string]score.Answer{}
		for j := range p.Questions {
			q := &p.Questions[j]
			q.Weight = 1 + random.IntN(5)
			if q.Kind == score.Choice {
				q.Choices = map[string]int{"x": 100, "y": 50, "z": 0}
			}
			answers[q.ID] = randomAnswer(random, *q)
		}
		var scores []int
		good := 0
		for _, ids := range topics {
			var asked []told
			for _, id := range ids {
				for _, q := range p.Questions {
					if is := plainlyAt(q, answers[id], now); q.ID == id && is != "not-applicable" {
						asked = append(asked, told{Question: q, credit: map[string]int{"yes": 100, "partly": 50}[is]})
					}
				}
			}
			scores = append(scores, average(asked, func(x told) int { return x.credit }))
			if scores[len(scores)-1] >= 60 {
				good++
			}
		}
		want := []score.Approach{"virtual-ciso", "virtual-ciso", "bring-in", "bring-in", "keep-assessing"}[good]
		if i%2 == 1 && good < 2 {
			want = "security-partner"
		}
		v := score.Judge(p, answers, now, i%2 == 1)
		var got []int
		for _, topic := range v.Topics {
			got = append(got, topic.Score)
		}
		if !cmp.Equal(scores, got) || v.Approach != want || v.Good != good {
			t.Fatalf("%d: %+v, want %v and %s\n%+v", i, v, scores, want, answers)
		}
	}
}
