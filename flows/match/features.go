package match

// block is a kind of feature. Each kind is brought to the same length for
// long and short texts, and weighs differently.
type block int

const (
	words  block = iota // words, pairs of neighbours, and words that a "not" stands before
	pieces              // three to five letters in a row, the bounds of a word counted: typing mistakes, words never seen
	ideas               // concepts, and pairs of them anywhere in the text
	blocks
)

var weight = [blocks]float32{1, 1, 0.7}

const (
	shortPiece   = 3
	longPiece    = 5
	mostFeatures = mostWords*3 + 1 + mostWords*3*(longWord+2) + mostConcepts*(mostConcepts+1)/2
)

// features is what a model looks at in a text: hashes, by block.
type features struct {
	hash [mostFeatures]uint32
	end  [blocks]int // of each block; the first begins at 0
	seen [mostConcepts]uint16
	row  [mostFeatures]found // scratch of model.find
}

// found is a feature that a model has a row for.
type found struct{ feature, at int32 }

// Seeds keep the kinds of feature apart.
const (
	seedWord    = 0x9e3779b9
	seedPair    = 0x85ebca6b
	seedNot     = 0x3c6ef372
	seedPiece   = 0xc2b2ae35
	seedConcept = 0x27d4eb2f
	seedIdeas   = 0x165667b1
)

func (f *features) of(t *text, c *concepts) {
	n := 0
	before := uint32(1) // the beginning
	for i := range t.n {
		stem := t.words[i].stem
		f.hash[n] = join(seedWord, stem)
		f.hash[n+1] = join(seedPair, join(before, stem))
		n += 2
		before = stem
	}
	if t.n > 0 {
		f.hash[n] = join(seedPair, join(before, 2)) // the end
		n++
	}
	n = f.negated(t, c, n)
	f.end[words] = n
	for i := range t.n {
		n = f.pieces(t.word(i), n)
	}
	f.end[pieces] = n
	all := c.find(t, f.seen[:0])
	for i, a := range all {
		f.hash[n] = join(seedConcept, uint32(a))
		n++
		for _, b := range all[:i] {
			f.hash[n] = join(seedIdeas, uint32(min(a, b))<<16|uint32(max(a, b)))
			n++
		}
	}
	f.end[ideas] = n
}

// negated adds the words that are said not to be so: who "did not click" tells
// of something else than who clicked.
func (f *features) negated(t *text, c *concepts, n int) int {
	left := 0
	for i := range t.n {
		stem := t.words[i].stem
		if left > 0 {
			f.hash[n] = join(seedNot, stem)
			n++
			left--
		}
		if c.nots[stem] {
			left = reach
		}
	}
	return n
}

func (f *features) pieces(w []byte, n int) int {
	var bounded [longWord + 2]byte
	bounded[0] = ' '
	end := 1 + copy(bounded[1:longWord+1], w)
	if len(w) <= longWord {
		bounded[end] = ' '
		end++
	}
	for long := shortPiece; long <= longPiece; long++ {
		for i := 0; i+long <= end; i++ {
			f.hash[n] = join(seedPiece, hash(bounded[i:i+long]))
			n++
		}
	}
	return n
}
