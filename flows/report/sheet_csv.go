package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// row is one line of a sheet, by column.
type row struct {
	line  int
	inCSV bool
	cells map[string]string
}

// readCSV reads rows below a line that names the columns, in any order.
func readCSV(raw []byte) ([]row, error) {
	in := csv.NewReader(bytes.NewReader(raw))
	in.Comma = separator(raw)
	head, err := in.Read()
	if err != nil {
		return nil, notCSV(err, 0)
	}
	if err := columns(head); err != nil {
		return nil, err
	}
	var rows []row
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, notCSV(err, len(head))
		}
		r := row{inCSV: true, cells: map[string]string{}}
		r.line, _ = in.FieldPos(0)
		for i, cell := range cells {
			r.cells[head[i]] = strings.TrimSpace(cell)
		}
		if len(rows) == mostRows {
			return nil, tooMany(r.line)
		}
		if !r.empty() {
			rows = append(rows, r)
		}
	}
}

// separator is what stands between the columns: spreadsheets of some
// countries write semicolons.
func separator(raw []byte) rune {
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	for _, c := range ";\t" {
		if bytes.ContainsRune(first, c) && !bytes.ContainsRune(first, ',') {
			return c
		}
	}
	return ','
}

// columns checks the first line, and writes its names as we do.
func columns(head []string) error {
	known := append(sheetColumns(), reportColumns()...)
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case name == "":
			return at(1, "column %d has no name: the columns are %s", i+1, strings.Join(sheetColumns()[:5], ", "))
		case !slices.Contains(known, name):
			return at(1, "there is no column %q: the columns are %s", name, strings.Join(sheetColumns()[:5], ", "))
		case slices.Contains(head[:i], name):
			return at(1, "the column %s is there twice", name)
		}
		head[i] = name
	}
	for _, name := range []string{colID, colAnswer} {
		if !slices.Contains(head, name) {
			return at(1, "the column %s is missing: the columns are %s", name, strings.Join(sheetColumns()[:5], ", "))
		}
	}
	return nil
}

func (r row) empty() bool {
	for _, cell := range r.cells {
		if cell != "" {
			return false
		}
	}
	return true
}

func notCSV(err error, want int) error {
	var fault *csv.ParseError
	switch {
	case !errors.As(err, &fault):
		return at(1, "this is no CSV")
	case errors.Is(err, csv.ErrFieldCount):
		return at(fault.StartLine, "give this row %d cells, as many as the first line has, and put a text with commas in quotation marks", want)
	}
	return at(fault.StartLine, "a quotation mark stands alone: put the whole cell in quotation marks, and write one inside it twice")
}
