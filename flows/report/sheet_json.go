package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// readJSON reads a list of answers, or an object that has one under
// "answers", as a report in JSON does. The fields are named as the columns
// of a sheet.
func readJSON(raw []byte) ([]row, error) {
	list, start := raw, 0
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		var whole struct {
			Answers json.RawMessage `json:"answers"`
		}
		if err := json.Unmarshal(raw, &whole); err != nil {
			return nil, notJSON(raw, 0, 0, err)
		}
		if whole.Answers == nil {
			return nil, at(1, `there is no list "answers" in it`)
		}
		list, start = whole.Answers, bytes.Index(raw, whole.Answers)
	}
	in := json.NewDecoder(bytes.NewReader(list))
	if open, err := in.Token(); err != nil || open != json.Delim('[') {
		return nil, at(lineAt(raw, start), "write a list of answers: [{%q: ..., %q: ...}, ...]", colID, colAnswer)
	}
	var rows []row
	for in.More() {
		from := start + int(in.InputOffset())
		from += bytes.IndexFunc(raw[from:], func(c rune) bool { return !strings.ContainsRune(", \t\r\n", c) })
		if len(rows) == mostRows {
			return nil, tooMany(lineAt(raw, from))
		}
		var cells map[string]any
		if err := in.Decode(&cells); err != nil {
			return nil, notJSON(raw, start, from, err)
		}
		r, err := rowOf(lineAt(raw, from), cells)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	if _, err := in.Token(); err != nil {
		return nil, at(lineAt(raw, len(raw)), "the list does not end: is the file whole?")
	}
	if start == 0 && in.More() {
		return nil, at(lineAt(raw, int(in.InputOffset())), "something stands after the list: leave the list alone")
	}
	return rows, nil
}

// rowOf takes the fields that a sheet has. Others may stand beside them only
// as a report writes them.
func rowOf(line int, fields map[string]any) (row, error) {
	r := row{line: line, cells: map[string]string{}}
	for _, name := range sheetColumns() {
		switch v := fields[name].(type) {
		case nil:
		case string:
			r.cells[name] = strings.TrimSpace(v)
		case bool:
			r.cells[name] = word(v)
		case float64:
			r.cells[name] = strconv.FormatFloat(v, 'f', -1, 64)
		default:
			return r, at(line, "%s: write a text", name)
		}
	}
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.Contains(append(sheetColumns(), colQuestion, "state", "credit", "stale", "by"), name) {
			return r, at(line, "there is no field %q: the fields are %s", name, strings.Join(sheetColumns()[:5], ", "))
		}
	}
	return r, nil
}

// notJSON explains what could not be read: by the place where the text
// breaks, from start, or by the answer that it stands in.
func notJSON(raw []byte, start, answer int, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return at(lineAt(raw, min(start+int(syntax.Offset), len(raw))), "this is no JSON (%s)", syntax.Error())
	case errors.As(err, &kind):
		return at(lineAt(raw, answer), "an answer looks like {%q: ..., %q: ...}", colID, colAnswer)
	}
	return at(lineAt(raw, len(raw)), "the list does not end: is the file whole?")
}
