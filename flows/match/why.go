package match

import (
	"cmp"
	"slices"

	"secadvisor/flows/content"
)

// Reason is how much spoke for a topic, and what.
type Reason struct {
	Topic  string // an id, content.None or content.Sensitive
	Chance float32
	Parts  []Part // the greatest first
}

// Part is a piece of a text and what it added to a topic's score.
type Part struct {
	Says  string // "printer", "the + printer", "...rint...", "concept printer + lost"
	Score float32
}

// Why tells what spoke for the likeliest topics of a text, and against them.
func (m *Matcher) Why(says string, topics, parts int) []Reason {
	s := m.idle.Get().(*scratch)
	defer m.idle.Put(s)
	s.text.read(says)
	m.spelling.mend(&s.text, m.concepts, m.about.knows)
	s.features.of(&s.text, m.concepts)
	m.about.score(&s.features, s.chances)
	chances(s.chances, sharpness)
	var all []Reason
	for class, chance := range s.chances {
		all = append(all, Reason{Topic: m.name(class), Chance: chance})
	}
	names := m.names(s)
	for i := range all {
		all[i].Parts = m.parts(s, names, i, parts)
	}
	slices.SortStableFunc(all, func(a, b Reason) int { return cmp.Compare(b.Chance, a.Chance) })
	return all[:min(topics, len(all))]
}

func (m *Matcher) name(class int) string {
	switch class {
	case m.neither():
		return content.None
	case m.sensitive():
		return content.Sensitive
	}
	return m.topics[class].ID
}

// parts are the features of a text that counted most for a class.
func (m *Matcher) parts(s *scratch, names []string, class, most int) []Part {
	scores := map[string]float32{}
	m.about.each(&s.features, func(feature, c int, score float32) {
		if c == class {
			scores[names[feature]] += score * sharpness
		}
	})
	var all []Part
	for says, score := range scores {
		all = append(all, Part{says, score})
	}
	slices.SortFunc(all, func(a, b Part) int {
		return cmp.Or(cmp.Compare(max(b.Score, -b.Score), max(a.Score, -a.Score)), cmp.Compare(a.Says, b.Says))
	})
	return all[:min(most, len(all))]
}

// names are the features of a text as a person reads them, in their order.
func (m *Matcher) names(s *scratch) []string {
	t := &s.text
	var names []string
	before := "(begins)"
	for i := range t.n {
		w := string(t.word(i))
		names = append(names, w, before+" "+w)
		before = w
	}
	if t.n > 0 {
		names = append(names, before+" (ends)")
	}
	left := 0
	for i := range t.n {
		if left > 0 {
			names = append(names, "not "+string(t.word(i)))
			left--
		}
		if m.concepts.nots[t.words[i].stem] {
			left = reach
		}
	}
	for i := range t.n {
		bounded := "_" + string(t.word(i))
		if len(bounded) > longWord+1 {
			bounded = bounded[:longWord+1]
		} else {
			bounded += "_"
		}
		for long := shortPiece; long <= longPiece; long++ {
			for i := 0; i+long <= len(bounded); i++ {
				names = append(names, "..."+bounded[i:i+long]+"...")
			}
		}
	}
	found := m.concepts.find(t, nil)
	for i, a := range found {
		names = append(names, "concept "+m.concepts.name(a))
		for _, b := range found[:i] {
			names = append(names, "concepts "+m.concepts.name(b)+" + "+m.concepts.name(a))
		}
	}
	return names
}
