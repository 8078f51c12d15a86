package match

import "secadvisor/flows/content"

// The thresholds were set on labelled questions that the model had not
// learned from.
const (
	sharpness     = 0.9  // turns scores into chances
	elsewhereOdds = 2.5  // added to the score of "neither IT nor security"
	sure          = 0.50 // from here a topic is the answer
	notOurs       = 0.50 // from here a text is not ours
	mayBeUrgent   = 0.10 // from here an emergency is the first choice
	urgent        = 0.50 // from here its steps are the answer
	sureOfCase    = 0.60 // from here a case of it is told
	choices       = 3
)

// Find tells what a text is about. It takes time in proportion to the text,
// of which it reads 4 KB at most.
func (m *Matcher) Find(says string) Result {
	s := m.idle.Get().(*scratch)
	defer m.idle.Put(s)
	s.text.read(says)
	exact, hit := m.exactly[s.text.whole()]
	if !hit {
		m.openers.cut(&s.text)
		exact, hit = m.exactly[s.text.whole()]
	}
	known := m.about.sum(&s.text, s.scores)
	if known == 0 {
		return Result{}
	}
	for i := range s.scores {
		s.scores[i] *= sharpness
	}
	s.scores[len(m.topics)] += elsewhereOdds
	softmax(s.scores)
	if hit {
		clear(s.scores)
		s.scores[exact] = 1
	}
	return m.decide(s)
}

// decide makes a result of the chances in s.scores.
func (m *Matcher) decide(s *scratch) Result {
	r := Result{Best: make([]Scored, 0, choices)}
	alarm, chance := m.emergency(s.scores)
	elsewhere := s.scores[len(m.topics)]
	switch {
	case chance >= urgent:
		r.Outcome, r.Emergency, r.Case = Answer, true, m.caseOf(s, alarm)
	case chance >= mayBeUrgent:
		r.Outcome, r.Emergency, r.Case = Choose, true, m.caseOf(s, alarm)
	case elsewhere >= notOurs:
		r.Outcome = NotOurs
	default:
		r.Outcome = Choose
	}
	if r.Emergency {
		r.Best = m.take(r.Best, s.scores, alarm)
	}
	for len(r.Best) < choices && len(r.Best) < len(m.topics) {
		r.Best = m.take(r.Best, s.scores, highest(s.scores[:len(m.topics)]))
	}
	if r.Outcome == Choose && !r.Emergency && r.Best[0].Score >= sure {
		r.Outcome = Answer
	}
	return r
}

// emergency finds the likeliest emergency, and how likely any of them is.
func (m *Matcher) emergency(chances []float32) (likeliest int, any float32) {
	for i, t := range m.topics {
		if t.Urgency != content.Emergency {
			continue
		}
		any += chances[i]
		if m.topics[likeliest].Urgency != content.Emergency || chances[i] > chances[likeliest] {
			likeliest = i
		}
	}
	return likeliest, any
}

// take moves a topic from the chances to the end of best.
func (m *Matcher) take(best []Scored, chances []float32, topic int) []Scored {
	best = append(best, Scored{m.topics[topic].ID, chances[topic]})
	chances[topic] = -1
	return best
}

func highest(chances []float32) (at int) {
	for i, c := range chances {
		if c > chances[at] {
			at = i
		}
	}
	return at
}

// caseOf finds the case of an emergency that a text tells of.
func (m *Matcher) caseOf(s *scratch, topic int) string {
	cases := m.topics[topic].Cases
	if len(cases) == 0 || m.cases.sum(&s.text, s.cases) == 0 {
		return ""
	}
	chances := s.cases[m.first[topic] : m.first[topic]+len(cases)]
	for i := range chances {
		chances[i] *= sharpness
	}
	softmax(chances)
	at := highest(chances)
	if chances[at] < sureOfCase {
		return ""
	}
	return cases[at].ID
}
