package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"strings"
)

// Urgency says how fast somebody must act.
type Urgency string

const (
	Normal    Urgency = "normal"
	Soon      Urgency = "soon"
	Emergency Urgency = "emergency"
)

// Topic is one thing that people ask about, and who handles it.
type Topic struct {
	ID              string   `yaml:"id"`
	Title           string   `yaml:"title"`
	Button          string   `yaml:"button"` // the title on a button, where it is too long for one
	Side            Side     `yaml:"side"`
	Urgency         Urgency  `yaml:"urgency"`
	Scope           string   `yaml:"scope"`
	What            string   `yaml:"what"`
	Why             string   `yaml:"why"` // why this side handles it
	ITIsEnough      string   `yaml:"it_is_enough"`
	BringInSecurity string   `yaml:"bring_in_security"`
	Steps           []string `yaml:"steps"` // of an emergency: those common to all its cases
	Avoid           []string `yaml:"avoid"`
	Related         []string `yaml:"related"`
	AskProvider     []string `yaml:"ask_provider"`
	Phrases         []string `yaml:"phrases"` // how people say it; more stand in phrases/ID.txt: see Library.Phrases
	Cases           []Case   `yaml:"cases"`   // of an emergency only
}

// Case is one way in which an emergency happens, with its own steps.
type Case struct {
	ID          string      `yaml:"id"`
	Button      string      `yaml:"button"`
	Title       string      `yaml:"title"`
	OtherDevice bool        `yaml:"other_device"` // the first step cuts this computer off
	Steps       []Step      `yaml:"steps"`        // at most four
	Reassure    string      `yaml:"reassure"`
	Already     []Already   `yaml:"already"`
	Never       []string    `yaml:"never"` // sentences that no text of this case may contain
	Signals     []string    `yaml:"signals"`
	Reporting   []Reporting `yaml:"reporting"`
}

// Step is one thing to do, with where the advice comes from.
type Step struct {
	Do      string `yaml:"do"`
	Source  string `yaml:"source"`
	Checked string `yaml:"checked"` // date, 2006-01-02
	Country string `yaml:"country"` // shown only there; empty: everywhere
}

// Already is the answer to somebody who has done something already.
type Already struct {
	Said string `yaml:"said"`
	Do   string `yaml:"do"`
}

// Reporting is whom a country asks people to tell.
type Reporting struct {
	Country string `yaml:"country"`
	Text    string `yaml:"text"`
	Source  string `yaml:"source"`
	Checked string `yaml:"checked"`
}

// Topic finds a topic by its id.
func (lib *Library) Topic(id string) (Topic, bool) {
	i, ok := lib.topics[id]
	if !ok {
		return Topic{}, false
	}
	return lib.Topics[i], true
}

// mostButton is how many characters of a button are read on a phone of 320
// pixels: more are cut.
const mostButton = 34

// Label is what stands on a button that leads to the topic; a title without a
// button of its own may be cut.
func (t Topic) Label() string {
	label := t.label()
	if all := []rune(label); len(all) > mostButton {
		return strings.TrimSpace(string(all[:mostButton-1])) + "…"
	}
	return label
}

// label is the whole of it.
func (t Topic) label() string {
	label := cmp.Or(t.Button, t.Title)
	if t.Urgency == Emergency {
		label = "Urgent: " + label
	}
	return label
}

// Case finds a case of an emergency by its id.
func (t Topic) Case(id string) (Case, bool) {
	for _, c := range t.Cases {
		if c.ID == id {
			return c, true
		}
	}
	return Case{}, false
}

func (lib *Library) loadTopics(from fs.FS) error {
	if err := lib.readTopics(from); err != nil {
		return err
	}
	return lib.checkTopics(from)
}

func (lib *Library) readTopics(from fs.FS) error {
	lib.topics = map[string]int{}
	return decode(lib, from, "topics", func(name string, t Topic) error {
		if want := "topics/" + t.ID + ".yaml"; name != want {
			return fmt.Errorf("id is %q, so the file must be named %s", t.ID, want)
		}
		lib.topics[t.ID] = len(lib.Topics)
		lib.Topics = append(lib.Topics, t)
		return nil
	})
}
