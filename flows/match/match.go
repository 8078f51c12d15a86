// Package match finds the topic that a text is about: in process, without a
// network, the same text always with the same result. It learns from the
// phrases of the catalog when it is made.
package match

import (
	"sync"

	"secadvisor/flows/content"
)

// Outcome is what to do with a text.
type Outcome int

const (
	NotOurs   Outcome = iota // say so kindly; Best are the closest all the same
	Choose                   // ask which of Best it is
	Answer                   // Best[0] is the topic
	Sensitive                // a complaint, health, harassment, monitoring, wrongdoing: not for a bot
	Foreign                  // not understood as English: show the emergencies and a number
)

// Result is what a text is about.
type Result struct {
	Outcome Outcome
	Best    []Scored // at most three, the first to be shown first

	// Emergency says that Best[0] is an emergency; Case is then its likeliest
	// case, or empty where the text does not tell.
	Emergency bool
	Case      string
}

// Scored is a topic and how likely it is meant, 0 to 1.
type Scored struct {
	Topic string
	Score float32
}

// Matcher finds topics. It may be used by many at once.
type Matcher struct {
	topics  []content.Topic
	about   *model         // classes: the topics, then elsewhere
	cases   *model         // classes: every case of every emergency
	first   []int          // class of the first case of a topic
	exactly map[uint32]int // whole texts -> topic
	openers openers
	idle    sync.Pool // of *scratch
}

type scratch struct {
	text   text
	scores []float32
	cases  []float32
}

// New learns the topics of a library.
func New(lib *content.Library) *Matcher {
	m := &Matcher{topics: lib.Topics, exactly: exact(lib), openers: newOpeners()}
	var about, cases []example
	classes := 0
	for i, t := range lib.Topics {
		for _, says := range append([]string{t.Title, t.Scope}, lib.Phrases(t.ID)...) {
			about = append(about, example{i, says})
		}
		m.first = append(m.first, classes)
		for _, c := range t.Cases {
			for _, says := range c.Signals {
				about = append(about, example{i, says})
			}
			for _, says := range append([]string{c.Button, c.Title}, c.Signals...) {
				cases = append(cases, example{classes, says})
			}
			classes++
		}
	}
	for _, says := range lib.Phrases(content.None) {
		about = append(about, example{len(lib.Topics), says})
	}
	m.about = learn(about, len(lib.Topics)+1)
	m.cases = learn(cases, classes)
	m.idle.New = func() any {
		return &scratch{scores: make([]float32, m.about.classes), cases: make([]float32, classes)}
	}
	return m
}

// exact lists the texts that mean one topic and nothing else: its phrases,
// where no other topic has the same, and its title and id.
func exact(lib *content.Library) map[uint32]int {
	topics := lib.Topics
	const several = -1
	of := map[uint32]int{}
	var t text
	for i, topic := range topics {
		for _, says := range lib.Phrases(topic.ID) {
			t.read(says)
			h := t.whole()
			if other, taken := of[h]; taken && other != i {
				of[h] = several
				continue
			}
			of[h] = i
		}
	}
	for i, topic := range topics {
		for _, says := range []string{topic.Title, topic.ID} {
			t.read(says)
			of[t.whole()] = i
		}
	}
	for h, i := range of {
		if i == several {
			delete(of, h)
		}
	}
	return of
}
