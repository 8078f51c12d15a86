package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Row is one row below the head, with as many cells. The cells may stand
// guarded.
type Row struct {
	Line  int // where it begins
	Cells []string
}

// Mistake is what keeps a table from being read, and how to mend it.
type Mistake struct {
	Line int
	Mend string
}

func (m Mistake) Error() string { return fmt.Sprintf("line %d: %s", m.Line, m.Mend) }

// Read reads a head that names the columns, in small letters, and the rows
// below that are not empty, without space around the cells. Commas stand
// between columns, or semicolons or tabs where the head has no comma. Nothing
// at all has no head. Errors are Mistakes.
func Read(raw []byte) (head []string, rows []Row, err error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	in := csv.NewReader(bytes.NewReader(raw))
	in.Comma = separator(raw)
	switch head, err = in.Read(); {
	case errors.Is(err, io.EOF):
		return nil, nil, nil
	case err != nil:
		return nil, nil, mistake(err, 0)
	}
	for i, name := range head {
		head[i] = strings.ToLower(strings.TrimSpace(name))
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return head, rows, nil
		}
		if err != nil {
			return nil, nil, mistake(err, len(head))
		}
		row, written := Row{Cells: cells}, false
		row.Line, _ = in.FieldPos(0)
		for i, cell := range cells {
			cells[i] = strings.TrimSpace(cell)
			written = written || cells[i] != ""
		}
		if written {
			rows = append(rows, row)
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

func mistake(err error, want int) error {
	var fault *csv.ParseError
	switch {
	case !errors.As(err, &fault):
		return Mistake{1, "this is no CSV"}
	case errors.Is(err, csv.ErrFieldCount):
		return Mistake{fault.StartLine, fmt.Sprintf("give this row %d cells, as many as the first line has, and put a text with commas in quotation marks", want)}
	}
	return Mistake{fault.StartLine, "a quotation mark stands alone: put the whole cell in quotation marks, and write one inside it twice"}
}
