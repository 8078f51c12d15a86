// Package roster reads and prints the file of who handles what at a company,
// in YAML or CSV, and works out what a file changes in the company's map.
package roster

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// File is a roster as it was read: well formed, and not yet compared with
// any company.
type File struct {
	Name string
	rows []row
}

// row is one line of a roster: who handles one topic, or only who somebody
// is. An empty cell leaves what is saved as it is.
type row struct {
	line  int
	cells map[string]string
	lines map[string]int // of the cells, where they have lines of their own
}

// at is a mistake in a cell.
func (r row) at(column, mend string, args ...any) error {
	line, ok := r.lines[column]
	if !ok {
		line = r.line
	}
	return at(line, column+": "+mend, args...)
}

// Columns in the order in which they are printed.
var columns = [...]string{"topic", "name", "user", "channel", "phone", "email", "hours", "shown", "provider", "partner", "deputy", "accountable"}

// nothing in a cell clears what is saved; as a name it says that a topic
// needs an owner.
const nothing = "-"

const (
	maxBytes = 1 << 20
	maxLine  = 4096 // the YAML parser takes long for what is nested deep
	maxRows  = 2000
)

// Read reads a roster; the end of its name says how. The error has one line a
// mistake: the file, the line, and what to do.
func Read(name string, raw []byte) (File, error) {
	f := File{Name: name}
	if len(raw) > maxBytes {
		return f, fmt.Errorf("%s: at most %d bytes, please; it has %d", name, maxBytes, len(raw))
	}
	var err error
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if len(line) > maxLine {
			return f, f.blame(at(i+1, "break this line: it has %d bytes, and at most %d are read", len(line), maxLine))
		}
	}
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case !utf8.Valid(raw):
		return f, fmt.Errorf("%s: save it as UTF-8; it holds other bytes", name)
	case ext == ".yaml" || ext == ".yml":
		f.rows, err = readYAML(raw)
	case ext == ".csv":
		f.rows, err = readCSV(raw)
	default:
		return f, fmt.Errorf("%s: the name must end with .yaml or .csv", name)
	}
	if err != nil {
		return f, f.blame(err)
	}
	switch {
	case len(f.rows) == 0:
		return f, fmt.Errorf("%s: there is nobody in it; the help of this command shows an example", name)
	case len(f.rows) > maxRows:
		return f, fmt.Errorf("%s: at most %d rows, please; it has %d", name, maxRows, len(f.rows))
	}
	var all []error
	for _, r := range f.rows {
		all = append(all, r.check())
	}
	return f, f.blame(errors.Join(all...))
}

// mistake is something wrong at a line.
type mistake struct {
	line int
	mend string
}

func (m mistake) Error() string { return fmt.Sprintf("%d: %s", m.line, m.mend) }

func at(line int, mend string, args ...any) error { return mistake{line, fmt.Sprintf(mend, args...)} }

// blame puts the file's name before each mistake, in order of lines.
func (f File) blame(err error) error {
	if err == nil {
		return nil
	}
	all := apart(err)
	var named []error
	slices.SortStableFunc(all, func(a, b error) int { return lineOf(a) - lineOf(b) })
	for _, e := range all {
		named = append(named, fmt.Errorf("%s:%w", f.Name, e))
	}
	return errors.Join(named...)
}

// apart takes joined errors from one another.
func apart(err error) []error {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range many.Unwrap() {
		all = append(all, apart(e)...)
	}
	return all
}

func lineOf(err error) int {
	var m mistake
	errors.As(err, &m)
	return m.line
}

// add puts a cell into a row that is being read.
func (r *row) add(line int, column, text string) error {
	if !slices.Contains(columns[:], column) {
		return at(line, "there is no column %q; they are %s", column, strings.Join(columns[:], ", "))
	}
	if _, twice := r.cells[column]; twice {
		return at(line, "%s stands here twice; leave one out", column)
	}
	r.cells[column], r.lines[column] = strings.TrimSpace(text), line
	return nil
}

// empty reports whether a row says nothing at all.
func (r row) empty() bool {
	for _, text := range r.cells {
		if text != "" {
			return false
		}
	}
	return true
}
