package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readCSV reads rows below a line that names the columns, in any order.
func readCSV(raw []byte) ([]row, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	in := csv.NewReader(bytes.NewReader(raw))
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, notCSV(err, 0)
	}
	if len(head) == 1 && strings.ContainsAny(head[0], ";\t") {
		return nil, at(1, "separate the columns with commas")
	}
	named := row{1, map[string]string{}, map[string]int{}}
	var all []error
	for i, column := range head {
		head[i] = strings.ToLower(strings.TrimSpace(column))
		all = append(all, named.add(1, head[i], ""))
	}
	if err := errors.Join(all...); err != nil {
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
		line, _ := in.FieldPos(0)
		r := row{line: line, cells: map[string]string{}}
		for i, text := range cells {
			r.cells[head[i]] = strings.TrimSpace(unguarded(strings.TrimSpace(text)))
		}
		if !r.empty() {
			rows = append(rows, r)
		}
	}
}

func notCSV(err error, want int) error {
	var fault *csv.ParseError
	switch {
	case !errors.As(err, &fault):
		return at(1, "this is no CSV")
	case errors.Is(err, csv.ErrFieldCount):
		return at(fault.Line, "give this row %d cells, as many as the first line has", want)
	}
	return at(fault.Line, "a quotation mark stands alone: put the whole cell in quotes, and write one inside it twice")
}

// printCSV writes rows so that readCSV reads the same.
func printCSV(rows []row) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write(columns[:]) // a buffer takes everything
	for _, r := range rows {
		cells := make([]string, len(columns))
		for i, column := range columns {
			cells[i] = guarded(r.cells[column])
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return b.Bytes()
}

// A spreadsheet takes a cell that begins with one of these as a formula. An
// apostrophe before it makes it a text.
func formula(text string) bool {
	text = strings.TrimLeft(text, "'")
	return len(text) > 1 && strings.ContainsRune("=+-@", rune(text[0]))
}

func guarded(text string) string {
	if formula(text) {
		return "'" + text
	}
	return text
}

func unguarded(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && formula(rest) {
		return rest
	}
	return text
}
