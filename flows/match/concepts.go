package match

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
)

// The lexicon says what words have in common, whatever the catalog: a line is
// a concept and the words that stand for it. A word of several is joined by
// underscores. An exclamation mark is for what somebody does: not to have
// done it is another concept. A dash is no concept: its words are only what
// slips are mended to.
//
//go:embed concepts.txt
var lexicon string

// mostConcepts of one text are looked at.
const mostConcepts = 24

// concepts finds what the words of a text stand for.
type concepts struct {
	of    map[uint32][]uint16 // stem, or two joined -> concepts
	words [][]byte            // the longer ones
	names []string
	deeds []bool          // of a concept: what somebody does, or does not
	nots  map[uint32]bool // stems of "not" and its like
}

var nots = [...]string{
	"not", "no", "dont", "didnt", "havent", "hasnt", "hadnt", "never", "without", "wasnt", "isnt", "arent", "nothing", "nobody", "none", "wont", "cant", "couldnt", "wouldnt", "nor", "neither", "doesnt", "cannot", "werent", "shouldnt", "aint", "hardly", "barely",
}

func readConcepts() *concepts {
	c := &concepts{of: map[uint32][]uint16{}, nots: map[uint32]bool{}}
	var t text
	for _, w := range nots {
		t.read(w)
		c.nots[t.words[0].stem] = true
	}
	for line := range strings.Lines(lexicon) {
		name, words, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		id := uint16(len(c.names))
		name, isDeed := strings.CutSuffix(name, "!")
		means := name != "-"
		if means {
			c.deeds = append(c.deeds, isDeed)
			c.names = append(c.names, name)
		}
		for says := range strings.FieldsSeq(words) {
			t.read(strings.ReplaceAll(says, "_", " "))
			h := t.words[0].stem
			if w := t.word(0); t.n == 1 && len(stem(w)) >= shortest {
				c.words = append(c.words, bytes.Clone(w))
			}
			if !means {
				continue
			}
			if t.n > 1 {
				h = join(h, t.words[1].stem)
			}
			c.of[h] = append(c.of[h], id)
		}
	}
	return c
}

// negated marks a concept that is said not to be so.
const negated = 1 << 15

// reach is how many words after a "not" it speaks of.
const reach = 4

// find lists the concepts of a text, each once.
func (c *concepts) find(t *text, found []uint16) []uint16 {
	add := func(h uint32, mark uint16) {
		for _, id := range c.of[h] {
			if c.deeds[id] {
				id |= mark
			}
			if !slices.Contains(found, id) && len(found) < mostConcepts {
				found = append(found, id)
			}
		}
	}
	left := 0
	for i := range t.n {
		mark := uint16(0)
		if left > 0 {
			mark = negated
			left--
		}
		add(t.words[i].stem, mark)
		if i > 0 {
			add(join(t.words[i-1].stem, t.words[i].stem), mark)
		}
		if c.nots[t.words[i].stem] {
			left = reach
		}
	}
	return found
}

// name is a concept as a person reads it.
func (c *concepts) name(id uint16) string {
	if id&negated != 0 {
		return "not " + c.names[id&^negated]
	}
	return c.names[id]
}
