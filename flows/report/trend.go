package report

import (
	"fmt"
	"time"

	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// Trend is how this run compares with those before it.
type Trend struct {
	Points []Point // the earlier runs, the oldest first; at most MostEarlier
	Left   int     // older ones that are not shown
	Raw    int     // this run without a cap: what the points are compared with
}

// MostEarlier is how many earlier runs a trend shows: three years of
// quarters.
const MostEarlier = 12

// Point is an earlier run held against this one, on the questions that both
// share.
type Point struct {
	Day time.Time
	score.Change
}

// Last is the run before this one.
func (t Trend) Last() Point { return t.Points[len(t.Points)-1] }

func trend(in Input, pack score.Pack, answers map[string]score.Answer, earlier []Run) *Trend {
	if len(earlier) == 0 {
		return nil
	}
	t := &Trend{Left: max(0, len(earlier)-MostEarlier), Raw: score.Evaluate(pack, answers, in.At).Raw}
	for _, run := range earlier[t.Left:] {
		t.Points = append(t.Points, Point{run.At, score.Compare(pack, scored(run.Answers), run.At, answers, in.At)})
	}
	return t
}

// Line says in one line what changed since the run before.
func (t Trend) Line() string {
	p := t.Last()
	since := "Since " + prose.Day(p.Day) + ": "
	switch {
	case !p.Comparable:
		return since + "not comparable, too few of the questions are the same."
	case p.Now == p.Before:
		since += "the same on the questions both share"
	default:
		since += fmt.Sprintf("%+d on the questions both share (from %d to %d)", p.Now-p.Before, p.Before, p.Now)
	}
	for _, part := range []struct {
		name string
		ids  []string
	}{{"closed", p.Closed}, {"newly open", p.Opened}, {"newly unknown", p.Unknown}} {
		if len(part.ids) > 0 {
			since += fmt.Sprintf("; %s: %d", part.name, len(part.ids))
		}
	}
	return since + "."
}
