package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// Sheet is what was answered in a file.
type Sheet struct {
	Answers map[string]company.Answer
	Last    time.Time // the latest day of an answer
}

// Reading says how a sheet is to be understood.
type Reading struct {
	Name    string // of the file: it stands before every message
	Lib     *content.Library
	Pack    content.Pack
	Today   time.Time
	Earlier bool // an earlier run: it may hold questions that have left the pack
}

// MostBytes is how long a sheet may be: a full one with long notes has a
// tenth of it.
const MostBytes = 1 << 20

const (
	mostRows   = 1000
	mostNote   = 2000 // characters
	mostFaults = 20
)

// ReadSheet reads answers as CSV, or as JSON if the file's name or its first
// character says so. Whatever is odd is told with its
// line and what to do, and then nothing is read at all.
func ReadSheet(in io.Reader, r Reading) (Sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(in, MostBytes+1))
	if err != nil {
		return Sheet{}, fmt.Errorf("%s: %w", r.Name, err)
	}
	r.Today = dayOf(r.Today)
	rows, err := r.rows(raw)
	if err == nil {
		var s Sheet
		if s, err = r.sheet(rows); err == nil {
			return s, nil
		}
	}
	return Sheet{}, r.named(err)
}

func (r Reading) rows(raw []byte) ([]row, error) {
	if err := readable(raw, len(r.Pack.Questions)); err != nil {
		return nil, err
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, at(1, "there is nothing in it: write a sheet with --template %s and fill it", r.Pack.ID)
	}
	if strings.HasSuffix(strings.ToLower(r.Name), ".json") || bytes.ContainsRune([]byte("[{"), rune(bytes.TrimSpace(raw)[0])) {
		return readJSON(raw)
	}
	return readCSV(raw)
}

// readable looks at what a file is made of before it is read.
func readable(raw []byte, questions int) error {
	switch {
	case len(raw) > MostBytes:
		return at(lineAt(raw, MostBytes), "the file goes past 1 MB here: leave one row a question, %d in all, and shorten the notes", questions)
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return at(1, `this is a spreadsheet's own format: save it as "CSV UTF-8"`)
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return at(1, `this is UTF-16: save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")`)
	}
	if zero := bytes.IndexByte(raw, 0); zero >= 0 {
		return at(lineAt(raw, zero), `this is no UTF-8 text: save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")`)
	}
	for i := 0; i < len(raw); {
		c, size := utf8.DecodeRune(raw[i:])
		if c == utf8.RuneError && size == 1 {
			return at(lineAt(raw, i), `a letter here is not UTF-8 (Latin-1, perhaps): save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")`)
		}
		i += size
	}
	return nil
}

func lineAt(raw []byte, offset int) int { return 1 + bytes.Count(raw[:offset], []byte("\n")) }

// sheet checks the rows and puts them together.
func (r Reading) sheet(rows []row) (Sheet, error) {
	s := Sheet{Answers: map[string]company.Answer{}}
	lines := map[string]int{}
	var all []error
	for _, row := range rows {
		id, a, err := r.answer(row)
		if first, twice := lines[id]; twice && id != "" {
			err = at(row.line, "%s is answered in line %d already: leave one of the two", id, first)
		}
		if err != nil {
			all = append(all, err)
			continue
		}
		lines[id] = row.line
		if a.Value == "" {
			continue
		}
		s.Answers[id] = a
		if a.At.After(s.Last) {
			s.Last = a.At
		}
	}
	switch {
	case len(all) > 0:
		return s, errors.Join(all...)
	case len(s.Answers) == 0:
		return s, at(1, "there is no answer in it: fill the column %s", colAnswer)
	case r.Earlier && s.Last.IsZero():
		return s, at(1, "none of the answers has a day, so nobody knows when this run was: write one in the column %s, as 2026-01-31", colDate)
	}
	s.date(r)
	return s, nil
}

// date gives a day to what has none: the sheet's last in an earlier run, and
// today's in this one.
func (s *Sheet) date(r Reading) {
	day := r.Today
	if r.Earlier {
		day = s.Last
	}
	for id, a := range s.Answers {
		if a.At.IsZero() {
			a.At = day
			s.Answers[id] = a
		}
	}
	if s.Last.IsZero() {
		s.Last = day
	}
}

// fault is something to mend in a line of the file.
type fault struct {
	line int
	why  string
}

func (f fault) Error() string { return fmt.Sprintf("line %d: %s", f.line, f.why) }

func at(line int, why string, args ...any) error { return fault{line, fmt.Sprintf(why, args...)} }

// named puts the file's name before every line, in order, and leaves out
// what is too much to read.
func (r Reading) named(err error) error {
	faults := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		faults = joined.Unwrap()
	}
	slices.SortStableFunc(faults, func(a, b error) int { return lineOf(a) - lineOf(b) })
	var all []error
	for i, f := range faults {
		if i == mostFaults {
			all = append(all, fmt.Errorf("and %d more like these", len(faults)-i))
			break
		}
		all = append(all, fmt.Errorf("%s: %w", r.Name, f))
	}
	return errors.Join(all...)
}

func lineOf(err error) int {
	var f fault
	errors.As(err, &f)
	return f.line
}

func tooMany(line int) error {
	return at(line, "there are more than %d rows: leave one a question", mostRows)
}

// dayOf is a day as it is here, at midnight in UTC: days are counted in it.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
