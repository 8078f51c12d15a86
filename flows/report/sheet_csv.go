package report

import (
	"errors"
	"slices"
	"strings"

	"secadvisor/flows/table"
)

// row is one line of a sheet, by column.
type row struct {
	line  int
	inCSV bool
	cells map[string]string
}

// readCSV reads rows below a line that names the columns, in any order.
func readCSV(raw []byte) ([]row, error) {
	head, found, err := table.Read(raw)
	if err != nil {
		return nil, unread(err)
	}
	if err := columns(head); err != nil {
		return nil, err
	}
	if len(found) > mostRows {
		return nil, tooMany(found[mostRows].Line)
	}
	var rows []row
	for _, f := range found {
		r := row{line: f.Line, inCSV: true, cells: map[string]string{}}
		for i, cell := range f.Cells {
			r.cells[head[i]] = cell
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// unread is why a table could not be read.
func unread(err error) error {
	var m table.Mistake
	if !errors.As(err, &m) {
		return err
	}
	return fault{m.Line, m.Mend}
}

// columns checks the first line.
func columns(head []string) error {
	known := append(sheetColumns(), reportColumns()...)
	for i, name := range head {
		switch {
		case name == "":
			return at(1, "column %d has no name: the columns are %s", i+1, strings.Join(sheetColumns()[:5], ", "))
		case !slices.Contains(known, name):
			return at(1, "there is no column %q: the columns are %s", name, strings.Join(sheetColumns()[:5], ", "))
		case slices.Contains(head[:i], name):
			return at(1, "the column %s is there twice", name)
		}
	}
	for _, name := range []string{colID, colAnswer} {
		if !slices.Contains(head, name) {
			return at(1, "the column %s is missing: the columns are %s", name, strings.Join(sheetColumns()[:5], ", "))
		}
	}
	return nil
}
