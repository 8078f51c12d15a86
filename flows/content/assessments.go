package content

import (
	"errors"
	"fmt"
	"io/fs"
)

// Pack is an assessment: questions from the bank, in order, each with the
// weight it has here.
type Pack struct {
	ID        string         `yaml:"id"`
	Title     string         `yaml:"title"`
	About     string         `yaml:"about"`
	Minutes   int            `yaml:"minutes"`
	Strict    bool           `yaml:"strict"` // a half counts as nothing
	Questions []PackQuestion `yaml:"questions"`
	NotAsked  []string       `yaml:"not_asked"` // what it does not look at
}

// PackQuestion is a question's place in a pack.
type PackQuestion struct {
	ID            string `yaml:"id"`
	Weight        int    `yaml:"weight"`
	KnockOut      bool   `yaml:"knock_out"`
	StalenessDays int    `yaml:"staleness_days"`
}

// AnswerKind is how a question is answered.
type AnswerKind string

const (
	YesPartlyNo AnswerKind = "yes-partly-no"
	Date        AnswerKind = "date"
	Choice      AnswerKind = "choice"
)

// Question is one of the bank.
type Question struct {
	ID                string     `yaml:"id"`
	Revision          int        `yaml:"revision"` // raised when the meaning changes
	Kind              AnswerKind `yaml:"kind"`
	Domain            string     `yaml:"domain"`
	Ask               string     `yaml:"ask"`
	YesMeans          string     `yaml:"yes_means"`
	Why               string     `yaml:"why"`
	FindOut           string     `yaml:"find_out"`
	AskWhom           string     `yaml:"ask_whom"`
	Fix               Fix        `yaml:"fix"`
	FixedBy           Side       `yaml:"fixed_by"`
	Effort            int        `yaml:"effort"`
	ManagementDecides bool       `yaml:"management_decides"`
	References        []string   `yaml:"references"`
}

// Fix is how a gap is closed.
type Fix struct {
	Title string   `yaml:"title"`
	Steps []string `yaml:"steps"`
}

// Pack finds an assessment by its id.
func (lib *Library) Pack(id string) (Pack, bool) {
	i, ok := lib.packs[id]
	if !ok {
		return Pack{}, false
	}
	return lib.Packs[i], true
}

func (lib *Library) loadAssessments(from fs.FS) error {
	lib.packs, lib.Questions = map[string]int{}, map[string]Question{}
	return errors.Join(
		decode(lib, from, "assessments/questions", func(name string, q Question) error {
			lib.Questions[q.ID] = q
			return nil
		}),
		decode(lib, from, "assessments", func(name string, p Pack) error {
			lib.packs[p.ID] = len(lib.Packs)
			lib.Packs = append(lib.Packs, p)
			for _, q := range p.Questions {
				if _, ok := lib.Questions[q.ID]; !ok {
					return fmt.Errorf("question %q is not in the bank", q.ID)
				}
			}
			return nil
		}),
	)
}
