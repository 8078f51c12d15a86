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
	alone         = 0.55 // from here one emergency is meant, and no other
	sureOfCase    = 0.75 // from here a case of it is told
	few           = 2    // words: so short a text takes
	fewCare       = 0.15 // more to be sure
	choices       = 3
)

// Find tells what a text is about. It takes time in proportion to the text,
// of which it reads 4 KB at most.
func (m *Matcher) Find(says string) Result {
	s := m.idle.Get().(*scratch)
	defer m.idle.Put(s)
	s.text.read(says)
	topic, exact := m.exactly[s.text.whole()]
	if !exact {
		m.openers.cut(&s.text)
		topic, exact = m.exactly[s.text.whole()]
	}
	known := m.about.sum(&s.text, s.scores)
	if known == 0 && !exact {
		return Result{}
	}
	for i := range s.scores {
		s.scores[i] *= sharpness
	}
	s.scores[len(m.topics)] += elsewhereOdds
	softmax(s.scores)
	r := Result{Best: make([]Scored, 0, choices)}
	if exact {
		s.scores[topic] = 1
		r.Outcome, r.Emergency = Answer, m.topics[topic].Urgency == content.Emergency
		r.Best = m.take(r.Best, s.scores, topic)
	} else {
		m.decide(&r, s, known)
	}
	for len(r.Best) < min(choices, len(m.topics)) {
		r.Best = m.take(r.Best, s.scores, highest(s.scores[:len(m.topics)]))
	}
	if r.Emergency && r.Best[0].Score >= alone {
		r.Case = m.caseOf(s, r.Best[0].Topic)
	}
	return r
}

// decide fills in the outcome and what must come first, by the chances in
// s.scores.
func (m *Matcher) decide(r *Result, s *scratch, known int) {
	care := float32(0)
	if known <= few {
		care = fewCare
	}
	alarm, chance := m.emergency(s.scores)
	switch first := highest(s.scores[:len(m.topics)]); {
	case chance >= mayBeUrgent:
		r.Outcome, r.Emergency = Choose, true
		if chance >= urgent+care && s.scores[alarm] >= alone {
			r.Outcome = Answer
		}
		r.Best = m.take(r.Best, s.scores, alarm)
	case s.scores[len(m.topics)] >= notOurs:
		r.Outcome = NotOurs
	case s.scores[first] >= sure+care:
		r.Outcome = Answer
	default:
		r.Outcome = Choose
	}
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
func (m *Matcher) caseOf(s *scratch, id string) string {
	topic := 0
	for m.topics[topic].ID != id {
		topic++
	}
	cases := m.topics[topic].Cases
	if len(cases) == 0 || m.cases.sum(&s.text, s.cases) <= few {
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
