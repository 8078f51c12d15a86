package match

import "slices"

// empty are words that say nothing about what is meant.
var empty = [...]string{
	"a", "an", "the", "is", "are", "am", "be", "was", "it", "its", "this", "that", "these", "to", "of", "for", "on", "in", "at", "and", "or", "with",
	"i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "who", "whos", "what", "whats", "which", "where", "wheres", "when", "how", "can", "could", "should",
	"do", "does", "did", "have", "has", "please", "pls", "someone", "somebody", "anyone", "anybody", "here", "know", "need", "want", "ask", "about", "tell", "there",
	"handle", "responsible", "charge", "deal", "care", "look", "after", "person", "call", "contact", "talk", "hi", "hello", "hey", "thanks", "fix", "manage", "own", "run",
	"other", "another", "some", "any", "all", "more", "very", "so", "just", "now", "then", "but", "if", "as", "by", "from", "been", "will", "would", "im", "ok", "okay", "yes", "one", "thing", "stuff",
}

// keys makes keys of texts.
type keys struct{ skip map[uint32]bool }

func newKeys() keys {
	k := keys{map[uint32]bool{}}
	var t text
	for _, w := range empty {
		t.read(w)
		k.skip[t.words[0].stem] = true
	}
	return k
}

// of adds to key what a text says, whatever the order of its words and
// however it is asked.
func (k keys) of(t *text, key []uint32) []uint32 {
	for _, w := range t.words[:t.n] {
		if !k.skip[w.stem] {
			key = append(key, w.stem)
		}
	}
	slices.Sort(key)
	return slices.Compact(key)
}

// one is a key as a single number.
func one(key []uint32) uint32 {
	h := uint32(len(key))
	for _, w := range key {
		h = join(h, w)
	}
	return h
}

// Key is the function Key, without making the list of empty words anew.
func (m *Matcher) Key(says string) []uint32 {
	s := m.idle.Get().(*scratch)
	defer m.idle.Put(s)
	s.text.read(says)
	return m.keys.of(&s.text, nil)
}

// Key is what a text says, whatever the order of its words and however it is
// asked: two texts with the same key mean the same.
func Key(says string) []uint32 {
	var t text
	t.read(says)
	return newKeys().of(&t, nil)
}
