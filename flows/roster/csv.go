package roster

import (
	"errors"
	"strings"

	"secadvisor/flows/table"
)

// readCSV reads rows below a line that names the columns, in any order.
func readCSV(raw []byte) ([]row, error) {
	head, found, err := table.Read(raw)
	var wrong table.Mistake
	if errors.As(err, &wrong) {
		return nil, mistake{wrong.Line, wrong.Mend}
	}
	if err != nil {
		return nil, err
	}
	named := row{1, map[string]string{}, map[string]int{}}
	var all []error
	for _, column := range head {
		all = append(all, named.add(1, column, ""))
	}
	if err := errors.Join(all...); err != nil {
		return nil, err
	}
	var rows []row
	for _, f := range found {
		r := row{line: f.Line, cells: map[string]string{}}
		for i, text := range f.Cells {
			r.cells[head[i]] = strings.TrimSpace(table.Unguarded(text))
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// printCSV writes rows so that readCSV reads the same.
func printCSV(rows []row) []byte {
	all := [][]string{columns[:]}
	for _, r := range rows {
		cells := make([]string, len(columns))
		for i, column := range columns {
			cells[i] = r.cells[column]
		}
		all = append(all, cells)
	}
	return table.Print(all)
}
