package match

import (
	"strings"
	"unicode"

	"secadvisor/flows/content"
)

// The thresholds were set on labelled questions that the model had not
// learned from.
const (
	sharpness   = 1.6  // turns scores into chances
	sure        = 0.50 // from here a topic is the answer
	notOurs     = 0.60 // from here a text is not ours
	mayBeUrgent = 0.04 // from here an emergency is the first choice
	besides     = 0.10 // of the likeliest topic's chance: with less, an emergency is no doubt
	besidesSoon = 0.05 // the same where the topic is what comes before an emergency: a strange mail, a caller
	lastDoubt   = 0.02 // from here it is so even where the text seems not ours
	urgent      = 0.55 // from here its steps are the answer
	alone       = 0.45 // from here one emergency is meant, and no other
	sureOfCase  = 0.80 // from here a case of it is told
	few         = 2    // words: so short a text takes
	fewCare     = 0.10 // more to be sure
	choices     = 3
)

// Find tells what a text is about. It takes time in proportion to the text,
// of which it reads 4 KB at most.
func (m *Matcher) Find(says string) Result {
	r := m.apart(says, m.find(says))
	if m.Watch != nil {
		m.Watch(r.Outcome)
	}
	return r
}

func (m *Matcher) find(says string) Result {
	s := m.idle.Get().(*scratch)
	defer m.idle.Put(s)
	s.text.read(says)
	s.key = m.keys.of(&s.text, s.key[:0])
	topic, exact := m.exactly[one(s.key)]
	if !exact && m.tongues.foreignTo(&s.text) {
		return Result{Outcome: Foreign}
	}
	m.spelling.mend(&s.text, m.concepts, m.about.knows)
	s.features.of(&s.text, m.concepts)
	known := m.about.score(&s.features, s.chances)
	if (known == 0 || len(s.key) == 0 && !namesIT(says)) && !exact {
		return Result{}
	}
	chances(s.chances, sharpness)
	r := Result{Best: make([]Scored, 0, choices)}
	if exact {
		s.chances[topic] = 1
		r.Outcome, r.Emergency = Answer, m.topics[topic].Urgency == content.Emergency
		r.Best = m.take(r.Best, s.chances, topic)
	} else {
		m.decide(&r, s.chances, known, s.text.asksWho())
	}
	if len(s.key) == 0 && r.Emergency && !exact {
		return Result{} // empty words alone tell of none
	}
	for len(r.Best) < min(choices, len(m.topics)) {
		r.Best = m.take(r.Best, s.chances, highest(s.chances[:len(m.topics)]))
	}
	if r.Emergency && !exact && r.Best[0].Score >= alone {
		r.Case = m.caseOf(s, r.Best[0].Topic)
	}
	if r.Emergency && !exact && m.supposed(&s.text) {
		r.Outcome, r.Supposed = Choose, true
	}
	return r
}

// namesIT reports whether a text of empty words alone means the people: "who
// is IT?", or "it" alone.
func namesIT(says string) bool {
	if strings.EqualFold(strings.TrimSpace(says), "it") {
		return true
	}
	for w := range strings.FieldsFuncSeq(says, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w == "IT" {
			return true
		}
	}
	return false
}

// decide fills in the outcome and what must come first. asked: the text is a
// plain question of who does something.
func (m *Matcher) decide(r *Result, chances []float32, known int, asked bool) {
	care := float32(0)
	if known <= few {
		care = fewCare
	}
	alarm, chance := m.emergency(chances)
	first := highest(chances[:len(m.topics)])
	none := chances[m.neither()] + chances[m.sensitive()]
	switch {
	case chance < mayBeUrgent && chances[m.sensitive()] >= notOurs:
		r.Outcome = Sensitive
	case asked && alarm != first && none < notOurs:
		r.Outcome = Choose
		if chances[first] >= sure+care {
			r.Outcome = Answer
		}
	case chance >= max(mayBeUrgent, m.besides(first)*chances[first]) && none < notOurs || chance >= lastDoubt && none >= notOurs:
		r.Outcome, r.Emergency = Choose, true
		if chance >= urgent+care && chances[alarm] >= alone {
			r.Outcome = Answer
		}
		r.Best = m.take(r.Best, chances, alarm)
	case none >= notOurs && chances[m.sensitive()] > chances[m.neither()]:
		r.Outcome = Sensitive
	case none >= notOurs:
		r.Outcome = NotOurs
	case chances[first] >= sure+care:
		r.Outcome = Answer
	default:
		r.Outcome = Choose
	}
}

// besides is how likely an emergency must be beside another topic, of that
// topic's chance.
func (m *Matcher) besides(topic int) float32 {
	if m.topics[topic].Urgency == content.Soon {
		return besidesSoon
	}
	return besides
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

// chances turns scores into chances.
func chances(scores []float32, sharp float32) {
	for i := range scores {
		scores[i] *= sharp
	}
	softmax(scores)
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
	if len(cases) == 0 || m.cases.score(&s.features, s.cases) <= few {
		return ""
	}
	likely := s.cases[m.first[topic] : m.first[topic]+len(cases)]
	chances(likely, sharpness)
	at := highest(likely)
	if likely[at] < sureOfCase {
		return ""
	}
	return cases[at].ID
}
