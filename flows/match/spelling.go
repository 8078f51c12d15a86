package match

// spelling mends words that nobody has written before to words of the
// lexicon: one letter left out, added, changed, or two of them swapped.
type spelling struct {
	near map[uint32]uint32 // a word of the lexicon without one of its letters -> its stem
}

// shortest is how many letters a word must have to be mended.
const shortest = 5

func newSpelling(c *concepts) spelling {
	s := spelling{map[uint32]uint32{}}
	for _, w := range c.words {
		stem := hash(w)
		s.near[stem] = stem
		without(w, func(shorter uint32) bool {
			if _, taken := s.near[shorter]; !taken {
				s.near[shorter] = stem
			}
			return true
		})
	}
	return s
}

// without tells each way to leave out one letter, until it is told to stop.
func without(w []byte, tell func(shorter uint32) (more bool)) {
	for i := range w {
		h := uint32(2166136261)
		for j, c := range w {
			if j != i {
				h = (h ^ uint32(c)) * 16777619
			}
		}
		if !tell(h) {
			return
		}
	}
}

// mend gives words that neither the lexicon nor the model knows the stem of
// the word that is nearest.
func (s spelling) mend(t *text, c *concepts, m *model) {
	for i := range t.n {
		w := stem(t.word(i))
		if len(w) < shortest || len(c.of[t.words[i].stem]) > 0 || m.row(join(seedWord, t.words[i].stem)) >= 0 {
			continue
		}
		if meant, ok := s.near[t.words[i].stem]; ok {
			t.words[i].stem = meant
			continue
		}
		without(w, func(shorter uint32) bool {
			meant, ok := s.near[shorter]
			if ok {
				t.words[i].stem = meant
			}
			return !ok
		})
	}
}
