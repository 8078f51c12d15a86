package match

import (
	_ "embed"
	"strings"
)

// A line is a language and its commonest words that English has not.
//
//go:embed languages.txt
var languages string

// english are the commonest words of English: whoever writes two of them
// writes English, with a foreign name in it perhaps.
var english = [...]string{
	"the", "is", "my", "to", "i", "who", "and", "you", "it", "our", "we", "for", "this", "that", "are", "have", "of", "what", "how", "not", "can", "from", "with",
	"was", "got", "has", "im", "there", "they", "please", "been", "someone", "your", "just", "does", "dont", "ai",
}

// tongues tells English from other languages.
type tongues struct{ foreign, english map[uint32]bool }

func readTongues() tongues {
	g := tongues{map[uint32]bool{}, map[uint32]bool{}}
	var t text
	for _, w := range english {
		g.english[hash([]byte(w))] = true
	}
	for line := range strings.Lines(languages) {
		_, words, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(words) {
			t.read(w)
			if h := hash(t.word(0)); !g.english[h] {
				g.foreign[h] = true
			}
		}
	}
	return g
}

// foreignTo reports whether a text is in another language: written in another
// alphabet, in such words alone, or with more of the commonest words of others
// than of English.
func (g tongues) foreignTo(t *text) bool {
	if t.strange*2 > t.end/2 && t.strange > 1 {
		return true
	}
	foreign, english := 0, 0
	for i := range t.n {
		h := hash(t.word(i))
		if g.english[h] {
			english++
		} else if g.foreign[h] {
			foreign++
		}
	}
	return foreign > 0 && foreign == t.n || foreign >= 2 && foreign > 2*english && foreign*4 >= t.n
}
