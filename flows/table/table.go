// Package table writes and reads tables as CSV, the way that spreadsheets
// take them: no cell that it writes runs as a formula, and it reads what
// spreadsheets of any country save.
package table

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"
)

// Print writes rows, each cell guarded.
func Print(rows [][]string) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = Guarded(cell)
		}
		_ = out.Write(cells) // a buffer takes everything
	}
	out.Flush()
	return b.Bytes()
}

// Formula reports whether a spreadsheet would take a cell as a formula: by its
// first character, also in full width. One character alone runs nothing.
// https://owasp.org/www-community/attacks/CSV_Injection
func Formula(cell string) bool {
	first, size := utf8.DecodeRuneInString(cell)
	return len(cell) > size && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// Guarded puts an apostrophe before what would be a formula, and before what
// already begins with such apostrophes, so that Unguarded gives it back.
func Guarded(cell string) string {
	if Formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// Unguarded takes the apostrophe away again.
func Unguarded(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && Formula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}
