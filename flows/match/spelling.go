package match

// spelling mends words that nobody has written before to words of the
// lexicon: one letter left out, added, changed, or two of them swapped.
type spelling struct {
	near  map[uint32]int // a word of the lexicon, or one without one of its letters -> which
	words [][]byte
}

// shortest is how many letters a word must have to be mended.
const shortest = 5

func newSpelling(c *concepts) spelling {
	s := spelling{map[uint32]int{}, c.words}
	for i, w := range c.words {
		w = stem(w)
		s.near[hash(w)] = i
		without(w, func(shorter uint32) bool {
			if _, taken := s.near[shorter]; !taken {
				s.near[shorter] = i
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

// mend writes the nearest word of the lexicon for each word that it has not
// and that is not known otherwise.
func (s spelling) mend(t *text, c *concepts, known func(stem uint32) bool) {
	for i := range t.n {
		w := stem(t.word(i))
		if len(w) < shortest || len(c.of[t.words[i].stem]) > 0 || known(t.words[i].stem) {
			continue
		}
		if meant, ok := s.nearest(w); ok {
			t.write(i, meant)
		}
	}
}

// nearest is the word of the lexicon that w is a slip of.
func (s spelling) nearest(w []byte) (meant []byte, ok bool) {
	at, ok := s.near[hash(w)]
	if !ok {
		without(w, func(shorter uint32) bool {
			at, ok = s.near[shorter]
			return !ok
		})
	}
	if !ok {
		return nil, false
	}
	return s.words[at], true
}
