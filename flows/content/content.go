// Package content holds what the advisor knows: topics, assessments and the
// tour of who does what, embedded as YAML and checked strictly when loaded.
//
// # A tour
//
// Each name below is a file. What is loaded from a file is beside what checks
// it.
//
//   - Reading: layers puts an installation's files over ours, yaml reads
//     strictly, wording looks at each text that people see. catalog reads
//     topics alone, to be measured.
//   - Topics: topics, topics_check, phrases; words of the trade.
//   - Assessments: assessments, assessments_check, assessments_fix (how a gap
//     is closed), assessments_meaning (when earlier answers do not count any
//     more), offers (what can be answered), references (what questions rest
//     on), scored (as the arithmetic sees them).
//   - The rest: pages of the tour, interview of an IT provider.
package content

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed topics phrases assessments explain interview.yaml words.yaml references.tsv
var files embed.FS

// Side is who handles something.
type Side string

const (
	IT       Side = "it"
	Both     Side = "both"
	Security Side = "security"
)

// Word is the side as a person reads it.
func (s Side) Word() string {
	switch s {
	case IT:
		return "IT support"
	case Security:
		return "Security expertise"
	case Both:
		return "IT support and security together"
	}
	return string(s)
}

// Mark is the symbol that stands before the word of a side.
func (s Side) Mark() string {
	switch s {
	case IT:
		return "●"
	case Both:
		return "◐"
	}
	return "◆"
}

// Settings are what an installation tells the texts.
type Settings struct {
	Command  string // what people type first: "/sec"
	Operator string // who runs the server and could read its data; may be empty
	Growing  int    // how many people make a growing company; 0: 50
	Sealed   bool   // everything is encrypted on the server's disk
	Country  string // ISO 3166 code of the company's country; empty: unknown
	Partner  Partner
	Folder   string // content of the installation, over the built-in one; empty: none
	Cache    string // a folder for what was learned of it; empty: learned at every start
}

// Partner is the security partner that results may name.
type Partner struct {
	Name    string
	Contact string // an address or number, shown as it is
}

// Host is whoever runs the server, in the middle of a sentence.
func (s Settings) Host() string {
	if s.Operator == "" {
		return "whoever runs this server"
	}
	return "whoever runs this server (" + s.Operator + ")"
}

// Library is all content, ready to use.
type Library struct {
	Settings
	Topics    []Topic // in order of id
	Packs     []Pack
	Questions map[string]Question
	Pages     []Page
	Interview Interview

	phrases    []fs.FS // that hold phrases, ours first
	topics     map[string]int
	packs      map[string]int
	pages      map[string]int
	words      map[string]Word   // by each way to write it
	wordEnds   map[string]bool   // the last words of questions about one
	references map[string]string // titles of framework points
}

// usualGrowing is where a growing company begins if nobody says otherwise.
const usualGrowing = 50

// Load reads the embedded content, and over it what the installation adds or
// replaces. In every text {command} becomes the command's name.
func Load(s Settings) (*Library, error) {
	if s.Command == "" {
		s.Command = "/sec"
	}
	s.Growing = cmp.Or(s.Growing, usualGrowing)
	lib := &Library{Settings: s}
	from, err := layersOf(files, s.Folder)
	if err != nil {
		return nil, err
	}
	lib.phrases = []fs.FS{files}
	if from.added != nil {
		lib.phrases = append(lib.phrases, from.added)
	}
	if err := errors.Join(lib.loadTopics(from), lib.loadReferences(files), lib.loadAssessments(from), lib.loadInterview(from), lib.loadPages(from), lib.loadWords(from)); err != nil {
		return nil, err
	}
	return lib, nil
}

// decode reads every YAML file of a folder, in order of name.
func decode[T any](lib *Library, from fs.FS, folder string, each func(name string, v T) error) error {
	names, err := fs.Glob(from, folder+"/*.yaml")
	if err != nil {
		return err
	}
	var faults []error
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		var v T
		if err := lib.unmarshal(raw, &v); err != nil {
			faults = append(faults, fmt.Errorf("%s:%w", where(from, name), err))
			continue
		}
		if err := each(name, v); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", where(from, name), err))
		}
	}
	return errors.Join(faults...)
}
