package match

import (
	_ "embed"
	"strings"
)

// The lexicon says what words have in common, whatever the catalog: a line is
// a concept and the words that stand for it. A word of several is joined by
// underscores.
//
//go:embed concepts.txt
var lexicon string

// mostConcepts of one text are looked at.
const mostConcepts = 24

// concepts finds what the words of a text stand for.
type concepts struct {
	of    map[uint32][]uint16 // stem, or two joined -> concepts
	names []string
}

func readConcepts() *concepts {
	c := &concepts{of: map[uint32][]uint16{}}
	var t text
	for line := range strings.Lines(lexicon) {
		name, words, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		id := uint16(len(c.names))
		c.names = append(c.names, name)
		for says := range strings.FieldsSeq(words) {
			t.read(strings.ReplaceAll(says, "_", " "))
			h := t.words[0].stem
			if t.n > 1 {
				h = join(h, t.words[1].stem)
			}
			c.of[h] = append(c.of[h], id)
		}
	}
	return c
}

// find lists the concepts of a text, each once.
func (c *concepts) find(t *text, found []uint16) []uint16 {
	add := func(h uint32) {
	ids:
		for _, id := range c.of[h] {
			for _, f := range found {
				if f == id {
					continue ids
				}
			}
			if len(found) < mostConcepts {
				found = append(found, id)
			}
		}
	}
	for i := range t.n {
		add(t.words[i].stem)
		if i > 0 {
			add(join(t.words[i-1].stem, t.words[i].stem))
		}
	}
	return found
}
