package match

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"secadvisor/flows/content"
)

// built is what was learned from the built-in content.
//
//go:generate go run ../../cmd/secadvisor content build --out model.bin
//go:embed model.bin
var built []byte

// learned is the two models of a catalog.
type learned struct{ about, cases *model }

// How many bytes the two models of a catalog may take.
const (
	forTopics = 1_700_000
	forCases  = 90_000
)

// learnAll learns the topics of a library, and the cases of its emergencies.
func learnAll(lib *content.Library) learned {
	about, cases, classes := examples(lib)
	return learnFrom(about, cases, len(lib.Topics)+2, classes)
}

func learnFrom(about, cases []example, topics, classes int) learned {
	c := readConcepts()
	return learned{
		about: learn(about, topics, c).squeeze(forTopics),
		cases: learn(cases, max(classes, 1), c).squeeze(forCases),
	}
}

// examples lists what a library says of its topics and cases.
func examples(lib *content.Library) (about, cases []example, classes int) {
	for i, t := range lib.Topics {
		for _, says := range append([]string{t.Title, t.Scope, t.ID}, lib.Phrases(t.ID)...) {
			about = append(about, example{i, says})
		}
		for _, c := range t.Cases {
			for _, says := range append([]string{c.Button, c.Title}, c.Signals...) {
				cases = append(cases, example{classes, says})
			}
			for _, says := range c.Signals {
				about = append(about, example{i, says})
			}
			classes++
		}
	}
	for i, id := range []string{content.None, content.Sensitive} {
		for _, says := range lib.Phrases(id) {
			about = append(about, example{len(lib.Topics) + i, says})
		}
	}
	return about, cases, classes
}

// version is raised when what is learned from the same content changes.
const version = 2

const magic = "secadvisor model\n"

// fingerprint tells the content that a model was learned from.
func fingerprint(lib *content.Library) []byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d\n", version)
	io.WriteString(sum, lexicon)
	about, cases, _ := examples(lib)
	for _, all := range [][]example{about, cases} {
		for _, e := range all {
			fmt.Fprintf(sum, "%d\t%s\n", e.class, e.says)
		}
	}
	return sum.Sum(nil)
}

// Build learns a library and returns the file of its models.
func Build(lib *content.Library) []byte {
	l := learnAll(lib)
	b := append([]byte(magic), fingerprint(lib)...)
	return l.cases.append(l.about.append(b))
}

// read reads what Build made of the same content.
func read(b, print []byte) (l learned, err error) {
	head := append([]byte(magic), print...)
	rest, ok := bytes.CutPrefix(b, head)
	if !ok {
		return l, errModel
	}
	if l.about, rest, err = readModel(rest); err != nil {
		return l, err
	}
	if l.cases, rest, err = readModel(rest); err == nil && len(rest) > 0 {
		err = errModel
	}
	return l, err
}

// recall finds what was learned from the same content, or learns it now and
// keeps it in the cache. A cache that cannot be used costs time alone.
func recall(lib *content.Library) (learned, error) {
	if n := len(lib.Topics) + 2; n > mostClass {
		return learned{}, fmt.Errorf("match: %d topics are too many: at most %d", len(lib.Topics), mostClass-2)
	}
	print := fingerprint(lib)
	if l, err := read(built, print); err == nil {
		return l, nil
	}
	file := ""
	if lib.Cache != "" {
		file = filepath.Join(lib.Cache, "model-"+hex.EncodeToString(print[:8])+".bin")
		if b, err := os.ReadFile(file); err == nil {
			if l, err := read(b, print); err == nil {
				return l, nil
			}
		}
	}
	b := Build(lib)
	if file != "" {
		keep(file, b)
	}
	return read(b, print)
}

// keep writes a file whole or not at all.
func keep(file string, b []byte) {
	if os.MkdirAll(filepath.Dir(file), 0o700) != nil {
		return
	}
	part, err := os.CreateTemp(filepath.Dir(file), "model-*.part")
	if err != nil {
		return
	}
	_, err = part.Write(b)
	if part.Close() != nil || err != nil || os.Rename(part.Name(), file) != nil {
		os.Remove(part.Name())
	}
}
