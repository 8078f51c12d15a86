package match

import (
	"fmt"
	"sort"

	"secadvisor/flows/content"
)

// Question is what somebody asked, and what it is about.
type Question struct {
	Topic     string // an id, or content.None; empty where only Emergency is known
	Emergency bool
	Says      string
}

// Figures tell how well questions are answered, as shares of those that they
// are about.
type Figures struct {
	Direct     Share // answered with the right topic, of those in scope
	Offered    Share // answered right, or the right one among the choices
	Wrong      Share // answered with a wrong topic, of those in scope
	Side       Share // the answer or first choice has the right side
	Rejected   Share // of those out of scope, not answered as a topic
	Emergency  Share // of emergencies, their steps or the emergency come first
	FalseAlarm Share // of the others, the steps of an emergency were the answer

	Confused map[Confusion]int
}

// Share is a number of things out of others.
type Share struct{ Of, All int }

// Value is the share as a number; 0 where there is nothing to share.
func (s Share) Value() float64 {
	if s.All == 0 {
		return 0
	}
	return float64(s.Of) / float64(s.All)
}

func (s *Share) count(of bool) {
	s.All++
	if of {
		s.Of++
	}
}

// Confusion is a topic that was meant and one that was answered or came
// first.
type Confusion struct{ Meant, Got string }

// Lines are the figures as name and value, in their order. Those that the
// questions tell nothing of are left out.
func (f Figures) Lines() []string {
	var lines []string
	for _, l := range []struct {
		name  string
		share Share
	}{{"direct", f.Direct}, {"offered", f.Offered}, {"wrong", f.Wrong}, {"side", f.Side}, {"rejected", f.Rejected}, {"emergency", f.Emergency}, {"false_alarm", f.FalseAlarm}} {
		if l.share.All > 0 {
			lines = append(lines, fmt.Sprintf("%s %.4f", l.name, l.share.Value()))
		}
	}
	return lines
}

// Confusions lists what was confused, the most frequent first.
func (f Figures) Confusions() []Confusion {
	var all []Confusion
	for c := range f.Confused {
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if f.Confused[a] != f.Confused[b] {
			return f.Confused[a] > f.Confused[b]
		}
		return a.Meant+a.Got < b.Meant+b.Got
	})
	return all
}

// Measure asks a matcher every question.
func (m *Matcher) Measure(questions []Question) Figures {
	f := Figures{Confused: map[Confusion]int{}}
	byID := map[string]content.Topic{}
	for _, t := range m.topics {
		byID[t.ID] = t
	}
	for _, q := range questions {
		f.add(byID, q, m.Find(q.Says))
	}
	return f
}

// CrossMeasure measures by as many folds as told: the questions of each are
// asked of a matcher that has learned from the library without them, and from
// the questions of the others.
func CrossMeasure(lib *content.Library, questions []Question, folds int) (Figures, error) {
	f := Figures{Confused: map[Confusion]int{}}
	byID := map[string]content.Topic{}
	class := map[string]int{content.None: len(lib.Topics), content.Sensitive: len(lib.Topics) + 1}
	for i, t := range lib.Topics {
		byID[t.ID], class[t.ID] = t, i
	}
	about, cases, classes := examples(lib)
	for fold := range folds {
		var learnt []example
		var asked []Question
		hidden := map[string]bool{}
		for i, q := range questions {
			c, known := class[q.Topic]
			if i%folds == fold {
				asked = append(asked, q)
				hidden[q.Says] = true
			} else if known {
				learnt = append(learnt, example{c, q.Says})
			}
		}
		for _, e := range about {
			if !hidden[e.says] {
				learnt = append(learnt, e)
			}
		}
		m, err := newMatcher(lib, learnFrom(learnt, cases, len(lib.Topics)+2, classes))
		if err != nil {
			return f, err
		}
		for _, q := range asked {
			f.add(byID, q, m.Find(q.Says))
		}
	}
	return f, nil
}

// add counts one answer.
func (f *Figures) add(topics map[string]content.Topic, q Question, got Result) {
	first := ""
	if got.Outcome == Answer || got.Outcome == Choose {
		first = got.Best[0].Topic
	}
	answered := got.Outcome == Answer
	topic, inScope := topics[q.Topic]
	switch {
	case inScope:
		right := first == q.Topic
		f.Direct.count(answered && right)
		f.Wrong.count(answered && !right)
		f.Offered.count(offered(got, q.Topic))
		f.Side.count(first != "" && topics[first].Side == topic.Side)
		if !right {
			f.Confused[Confusion{q.Topic, outcomeName(got, first)}]++
		}
	case q.Topic != "":
		f.Rejected.count(!answered)
		if answered {
			f.Confused[Confusion{q.Topic, first}]++
		}
	}
	if q.Emergency || topic.Urgency == content.Emergency {
		f.Emergency.count(got.Emergency)
	} else {
		f.FalseAlarm.count(got.Emergency && answered)
	}
}

func offered(got Result, topic string) bool {
	if got.Outcome == Answer {
		return got.Best[0].Topic == topic
	}
	for _, s := range got.Best {
		if s.Topic == topic && got.Outcome == Choose {
			return true
		}
	}
	return false
}

func outcomeName(got Result, first string) string {
	switch {
	case got.Outcome == Sensitive:
		return "(sensitive)"
	case got.Outcome == Foreign:
		return "(other language)"
	case first == "":
		return "(not ours)"
	}
	return first
}
