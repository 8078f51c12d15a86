package match

import "slices"

// empty are words that say nothing about what is meant.
var empty = [...]string{
	"a", "an", "the", "is", "are", "am", "be", "was", "it", "its", "this", "that", "these", "to", "of", "for", "on", "in", "at", "and", "or", "with",
	"i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "who", "whos", "what", "whats", "which", "where", "wheres", "when", "how", "can", "could", "should",
	"do", "does", "did", "have", "has", "please", "pls", "someone", "somebody", "anyone", "anybody", "here", "know", "need", "want", "ask", "about", "tell", "there",
	"handle", "responsible", "charge", "deal", "care", "look", "after", "person", "call", "contact", "talk", "hi", "hello", "hey", "thanks",
}

// Key is what a text says, whatever the order of its words and however it is
// asked: two texts with the same key mean the same.
func Key(says string) []uint32 {
	var t, word text
	t.read(says)
	skip := map[uint32]bool{}
	for _, w := range empty {
		word.read(w)
		skip[word.words[0].stem] = true
	}
	var key []uint32
	for _, w := range t.words[:t.n] {
		if !skip[w.stem] {
			key = append(key, w.stem)
		}
	}
	slices.Sort(key)
	return slices.Compact(key)
}
