// Package match finds the topic that a text is about: in process, without a
// network, the same text always with the same result. What it knows was learned
// from the phrases of the catalog when the content was built.
//
// # A tour
//
// Each name below is a file.
//
//   - A text is asked about: find does it all, in this order. words cuts the
//     text up; own looks for a phrase that says exactly the same; language
//     leaves what is not English; spelling mends words by what was learned;
//     concepts are what several words say alike; features are what a model
//     looks at, and model scores them.
//   - What else a text may be: supposed, asked of what may happen and has not;
//     apart, an emergency beside something else.
//   - Learning, when the content is built: learn, with its examples in an order
//     that chance gives. built is what came of it.
//   - For whoever writes phrases: measure tells how well questions are
//     answered, why what spoke for a topic.
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

// String names an outcome in one word.
func (o Outcome) String() string {
	return [...]string{"not-ours", "choose", "answer", "sensitive", "foreign"}[o]
}

// Result is what a text is about.
type Result struct {
	Outcome Outcome
	Best    []Scored // at most three, the first to be shown first

	// Emergency says that Best[0] is an emergency; Case is then its likeliest
	// case, or empty where the text does not tell.
	Emergency bool
	Case      string

	// Supposed says of an emergency that the text only asks what may happen, or
	// tells of what is long past; the outcome is then Choose.
	Supposed bool

	// Also is a second topic that is asked about in the same text, for sure;
	// mostly there is none.
	Also string
}

// Scored is a topic and how likely it is meant, 0 to 1.
type Scored struct {
	Topic string
	Score float32
}

// Matcher finds topics. It may be used by many at once.
type Matcher struct {
	// Watch is told what came of each look, to be counted; nil: nobody counts.
	// A question may be looked at more than once.
	Watch func(Outcome)

	topics   []content.Topic
	concepts *concepts
	spelling spelling
	tongues  tongues
	keys     keys
	about    *model         // classes: the topics, then neither, then sensitive
	cases    *model         // classes: every case of every emergency
	first    []int          // class of the first case of a topic
	exactly  map[uint32]int // key of a title or id -> topic
	idle     sync.Pool      // of *scratch
}

// scratch is what one question needs.
type scratch struct {
	text     text
	features features
	key      []uint32
	chances  []float32
	cases    []float32
}

// New makes a matcher for a library: from the model that is built in, if the
// content is, else from the cache of what was learned, else it learns now.
func New(lib *content.Library) (*Matcher, error) {
	learned, err := recall(lib)
	if err != nil {
		return nil, err
	}
	return newMatcher(lib, learned)
}

func newMatcher(lib *content.Library, l learned) (*Matcher, error) {
	c := readConcepts()
	m := &Matcher{topics: lib.Topics, concepts: c, spelling: newSpelling(c), tongues: readTongues(), keys: newKeys(), about: l.about, cases: l.cases, exactly: map[uint32]int{}}
	classes := 0
	for _, t := range lib.Topics {
		m.first = append(m.first, classes)
		classes += len(t.Cases)
	}
	if m.about.classes != len(lib.Topics)+2 || m.cases.classes != max(classes, 1) {
		return nil, errModel
	}
	m.idle.New = func() any {
		return &scratch{chances: make([]float32, m.about.classes), cases: make([]float32, m.cases.classes)}
	}
	var t text
	for i, topic := range lib.Topics {
		for _, says := range []string{topic.Title, topic.ID} {
			t.read(says)
			if key := m.keys.of(&t, nil); len(key) > 0 {
				m.exactly[one(key)] = i
			}
		}
	}
	return m, nil
}

// neither and sensitive are the classes after the topics.
func (m *Matcher) neither() int   { return len(m.topics) }
func (m *Matcher) sensitive() int { return len(m.topics) + 1 }
