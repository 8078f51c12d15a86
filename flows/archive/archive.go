// Package archive is the form in which a company's data leaves one store and
// enters another: a ZIP file that people can read too. It also knows how one
// person is taken out of a company's documents.
package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// format is of the files below. A program refuses an archive of a later one.
const format = 1

// The files of an archive, beside those of documents and those for people.
const (
	manifestFile = "manifest.json"
	readmeFile   = "README.txt"
	timersFile   = "timers.json"
	documents    = "documents/"
)

// Archive is everything of one company.
type Archive struct {
	Company string
	Made    time.Time
	By      string // the program's version

	Docs   []Doc   // in byte order of keys
	Timers []Timer // in byte order of names
	Tables []Table // for people; nothing reads them again

	Unread []string // keys of documents that could not be read, and so are not in it
}

// Doc is one document as the store has it.
type Doc struct {
	Key   string          `json:"key"`
	Until time.Time       `json:"until,omitzero"` // when it vanishes; zero: never
	Body  json.RawMessage `json:"stored"`
}

// Timer is something that comes up at a time.
type Timer struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

// Table is a file for people, such as a CSV.
type Table struct {
	Name string
	What string // one sentence
	Body []byte
}

// manifest says what an archive is.
type manifest struct {
	Format    int            `json:"format"`
	Company   string         `json:"company"`
	Made      time.Time      `json:"made"`
	By        string         `json:"by"`
	Documents map[string]int `json:"documents"` // how many, by kind
	Timers    int            `json:"timers"`
	Unread    []string       `json:"unread,omitempty"`
}

// Write prints an archive. The same data give the same bytes. Documents of
// kinds that do not travel are left out; one of no kind is an error, for
// nobody knows whether it holds a secret.
func Write(w io.Writer, a Archive, kinds Kinds) error {
	byKind, err := kinds.sort(a.Docs)
	if err != nil {
		return err
	}
	m := manifest{Format: format, Company: a.Company, Made: a.Made.UTC(), By: a.By, Documents: map[string]int{}, Timers: len(a.Timers), Unread: a.Unread}
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	files := []Table{}
	for _, k := range kinds {
		if docs := byKind[k.Name]; len(docs) > 0 && k.Stays == "" {
			m.Documents[k.Name] = len(docs)
			body, err := lines(docs)
			if err != nil {
				return fmt.Errorf("archive: %s: %w", k.Name, err)
			}
			files = append(files, Table{Name: documents + k.Name + ".json", Body: body})
		}
	}
	timers, err := lines(a.Timers)
	if err != nil {
		return fmt.Errorf("archive: timers: %w", err)
	}
	files = append(append(files, a.Tables...), Table{Name: timersFile, Body: timers})
	slices.SortFunc(files, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	top, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	files = append([]Table{{Name: readmeFile, Body: readme(m, a.Tables, kinds)}, {Name: manifestFile, Body: append(top, '\n')}}, files...)
	for _, f := range files {
		to, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate}) // without a time, so that equal data are equal files
		if err == nil {
			_, err = to.Write(f.Body)
		}
		if err != nil {
			return fmt.Errorf("archive: write %s: %w", f.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("archive: write: %w", err)
	}
	return nil
}

// lines is a JSON array with one value a line.
func lines[T any](all []T) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("[")
	for i, v := range all {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n")
		b.Write(raw)
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}
