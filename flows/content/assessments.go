package content

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Pack is an assessment: questions from the bank, in order, each with the
// weight it has here.
type Pack struct {
	ID        string         `yaml:"id"`
	Place     int            `yaml:"place"` // in lists of packs; 0: after those that have one
	Title     string         `yaml:"title"`
	About     string         `yaml:"about"`
	Minutes   int            `yaml:"minutes"`
	Strict    bool           `yaml:"strict"`    // a half counts as nothing
	AskFirst  []string       `yaml:"ask_first"` // what it wants to know of the company beside its size: trade, data
	Questions []PackQuestion `yaml:"questions"`
	NotAsked  []string       `yaml:"not_asked"` // what it does not look at
}

// What a pack may ask first.
const (
	AskTrade = "trade"
	AskData  = "data" // that rules and laws look at closely
)

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
	Choices           []Option   `yaml:"choices"`        // of kind choice, the best first
	NotApplicable     string     `yaml:"not_applicable"` // why it may not apply, as an answer to press; empty: it always does
	Domain            Domain     `yaml:"domain"`
	Ask               string     `yaml:"ask"`
	YesMeans          string     `yaml:"yes_means"` // so that nobody flatters themselves
	Why               string     `yaml:"why"`
	FindOut           string     `yaml:"find_out"`
	AskWhom           string     `yaml:"ask_whom"`
	Fix               Fix        `yaml:"fix"`
	FixedBy           Side       `yaml:"fixed_by"`
	SourceLines       []int      `yaml:"source_lines"`       // of the text behind the split, that fixed_by follows
	Effort            int        `yaml:"effort"`             // 1 a setting or a talk, 2 days, 3 a project or purchase
	ManagementDecides bool       `yaml:"management_decides"` // the owner's decision comes first
	References        []string   `yaml:"references"`         // framework and version, then its id: "CSF2:PR.AA-03"
}

// Option is one answer to a question of kind choice.
type Option struct {
	ID     string `yaml:"id"`
	Label  string `yaml:"label"`
	Credit int    `yaml:"credit"` // 0, 50 or 100
}

// Domain is a part of security that is scored on its own.
type Domain string

const (
	Accounts      Domain = "accounts"
	Devices       Domain = "devices"
	Data          Domain = "data"
	People        Domain = "people"
	DetectRespond Domain = "detect-respond"
	Govern        Domain = "govern"
)

// Word is the domain as a person reads it; empty: there is no such domain.
func (d Domain) Word() string {
	return map[Domain]string{
		Accounts: "Accounts", Devices: "Devices", Data: "Data and backups", People: "People",
		DetectRespond: "Noticing and reacting", Govern: "Steering",
	}[d]
}

// Pack finds an assessment by its id.
func (lib *Library) Pack(id string) (Pack, bool) {
	i, ok := lib.packs[id]
	if !ok {
		return Pack{}, false
	}
	return lib.Packs[i], true
}

const (
	// QuickCheck is the pack that is meant when none is named.
	QuickCheck = "quick-check"
	// ProviderCheck is the pack whose questions the interview belongs to.
	ProviderCheck = "it-provider-check"
)

// PackIDs are the ids of all packs, in their order.
func (lib *Library) PackIDs() []string {
	var ids []string
	for _, p := range lib.Packs {
		ids = append(ids, p.ID)
	}
	return ids
}

// Meant is the id of the one pack whose id has all words of a text: "insurance"
// is insurance-readiness. Without one it is the text itself, as an id.
func (lib *Library) Meant(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	id := strings.Join(words, "-")
	if _, known := lib.packs[id]; known || len(words) == 0 {
		return id
	}
	found := ""
	for _, p := range lib.Packs {
		has := strings.Split(p.ID, "-")
		if slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(has, w) }) {
			continue
		}
		if found != "" {
			return id
		}
		found = p.ID
	}
	return cmp.Or(found, id)
}

// Position is where a question stands in the pack; -1: it is not there.
func (p Pack) Position(id string) int {
	return slices.IndexFunc(p.Questions, func(q PackQuestion) bool { return q.ID == id })
}

// StaysFresh is for how many days an answer counts: a year, for what the pack
// does not ask any more.
func (p Pack) StaysFresh(id string) int {
	if i := p.Position(id); i >= 0 {
		return p.Questions[i].StalenessDays
	}
	return 365
}

// rank puts a pack that has no place behind those that have one.
func (p Pack) rank() int {
	if p.Place == 0 {
		return math.MaxInt
	}
	return p.Place
}

func (lib *Library) loadAssessments(from fs.FS) error {
	lib.packs, lib.Questions = map[string]int{}, map[string]Question{}
	err := errors.Join(
		decode(lib, from, "assessments/questions", func(name string, q Question) error {
			lib.Questions[q.ID] = q
			return namedAfter(name, "assessments/questions/", q.ID)
		}),
		decode(lib, from, "assessments", func(name string, p Pack) error {
			lib.Packs = append(lib.Packs, p)
			return namedAfter(name, "assessments/", p.ID)
		}),
	)
	slices.SortStableFunc(lib.Packs, func(a, b Pack) int { return cmp.Compare(a.rank(), b.rank()) })
	for i, p := range lib.Packs {
		lib.packs[p.ID] = i
	}
	if err != nil {
		return err
	}
	return lib.checkAssessments(from)
}

func namedAfter(name, folder, id string) error {
	if want := folder + id + ".yaml"; name != want {
		return fmt.Errorf("id is %q, so the file must be named %s", id, want)
	}
	return nil
}
