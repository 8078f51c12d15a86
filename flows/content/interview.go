package content

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Interview is what an owner asks the IT provider in writing, and how the
// replies are read. It judges answers, never the people who gave them.
type Interview struct {
	Opening string           `yaml:"opening"` // of the message to the provider
	Rubric  string           `yaml:"rubric"`  // tells the provider how the answers are read
	Closing string           `yaml:"closing"`
	Topics  []InterviewTopic `yaml:"topics"` // in the order of interviewTopics
}

// InterviewTopic is one question to the provider. The owner holds the reply
// against four ticks; how many fit decides what it is worth.
type InterviewTopic struct {
	ID         string          `yaml:"id"`
	Title      string          `yaml:"title"`
	SourceLine int             `yaml:"source_line"` // of the text behind the split, where the question stands
	Ask        string          `yaml:"ask"`         // to the provider, as the rest of the message
	FollowUps  []string        `yaml:"follow_ups"`
	Good       string          `yaml:"good"` // how a good answer sounds, to the owner
	Weak       string          `yaml:"weak"`
	Ticks      map[Tick]string `yaml:"ticks"`     // what each means for this question
	Questions  []string        `yaml:"questions"` // of the provider check, that belong here
}

// Tick is one thing that a reply can have.
type Tick string

const (
	Named     Tick = "named"
	Dated     Tick = "dated"
	Tested    Tick = "tested"
	Evidenced Tick = "evidenced"
)

// Ticks are all four, in the order in which they are shown.
func Ticks() []Tick { return []Tick{Named, Dated, Tested, Evidenced} }

// Word is the tick as a person reads it.
func (t Tick) Word() string { return strings.ToUpper(string(t[:1])) + string(t[1:]) }

// interviewTopics are the ids of the four questions, in order: what a
// verdict on the provider is made of.
func interviewTopics() []string {
	return []string{"certifications", "assessment", "breach", "currency"}
}

// interviewFile holds the interview; a file of that name in the folder of an
// installation replaces ours.
const interviewFile = "interview.yaml"

// loadInterview reads the interview, after the packs.
func (lib *Library) loadInterview(from fs.FS) error {
	raw, err := fs.ReadFile(from, interviewFile)
	if err != nil {
		return fmt.Errorf("read the interview: %w", err)
	}
	if err := lib.unmarshal(raw, &lib.Interview); err != nil {
		return fmt.Errorf("%s:%w", where(from, interviewFile), err)
	}
	w := &wording{}
	lib.checkInterview(w)
	return errors.Join(blame(from, interviewFile, w.faults))
}

func (lib *Library) checkInterview(w *wording) {
	v := lib.Interview
	w.text("opening", v.Opening, 400)
	w.text("rubric", v.Rubric, 400)
	w.text("closing", v.Closing, 200)
	var ids []string
	for _, t := range v.Topics {
		ids = append(ids, t.ID)
	}
	if !slices.Equal(ids, interviewTopics()) {
		w.add("topics", "these four, in this order: %s; there are: %s", strings.Join(interviewTopics(), ", "), strings.Join(ids, ", "))
	}
	pack, read := lib.Pack(ProviderCheck)
	taken := map[string]bool{}
	for i, t := range v.Topics {
		at := fmt.Sprintf("topics[%d]", i)
		checkInterviewTopic(w, at, t)
		for j, id := range t.Questions {
			at := fmt.Sprintf("%s.questions[%d]", at, j)
			if read && !slices.ContainsFunc(pack.Questions, func(q PackQuestion) bool { return q.ID == id }) {
				w.add(at, "%q is not a question of %s", id, ProviderCheck)
			}
			if taken[id] {
				w.add(at, "%q is there twice", id)
			}
			taken[id] = true
		}
	}
}

func checkInterviewTopic(w *wording, at string, t InterviewTopic) {
	w.text(at+".title", t.Title, 40)
	w.text(at+".good", t.Good, 200)
	w.text(at+".weak", t.Weak, 200)
	w.between(at+".source_line", t.SourceLine, 69, 72)
	w.question(at+".ask", t.Ask)
	if n := len(t.FollowUps); n < 1 || n > 2 {
		w.add(at+".follow_ups", "one or two of these; there are %d", n)
	}
	for i, ask := range t.FollowUps {
		w.question(fmt.Sprintf("%s.follow_ups[%d]", at, i), ask)
	}
	for _, tick := range Ticks() {
		w.text(at+".ticks."+string(tick), t.Ticks[tick], 100)
	}
	if len(t.Ticks) > len(Ticks()) {
		w.add(at+".ticks", "there are four: named, dated, tested and evidenced")
	}
	if len(t.Questions) == 0 {
		w.add(at+".questions", "say which questions of %s belong here", ProviderCheck)
	}
}
