package report

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"

	"secadvisor/flows/score"
)

// The columns of a sheet of answers. "question" is its wording: it is
// written for people, and not read.
const (
	colID       = "question_id"
	colAnswer   = "answer"
	colDate     = "date"
	colEvidence = "evidence"
	colNote     = "note"
	colRevision = "revision"
	colQuestion = "question"
)

// sheetColumns are those that a sheet may have; the first two it must.
func sheetColumns() []string {
	return []string{colID, colAnswer, colDate, colEvidence, colNote, colRevision}
}

// reportColumns stand behind them in a report, which can be read as a sheet
// again.
func reportColumns() []string {
	return []string{colQuestion, "domain", "counts_as", "credit", "weight", "knock_out", "stale", "gap", "priority", "risk", "fixed_by", "effort", "management_decides", "action", "steps"}
}

// CSV prints answers and gaps, a question a row. Spreadsheets run none of it
// as a formula.
func (r Report) CSV() []byte {
	gaps := map[string]Action{}
	for _, a := range r.Actions {
		gaps[a.ID] = a
	}
	rows := [][]string{append(sheetColumns(), reportColumns()...)}
	for _, l := range r.Answers {
		row := []string{l.ID, l.Answer.Value, l.day(), yesOrNo(l.Evidence, l.State), l.Answer.Note, number(l.Answer.Revision),
			l.Ask, l.Domain, string(l.State), strconv.Itoa(l.Credit), strconv.Itoa(l.Weight), word(l.KnockOut), word(l.Stale)}
		a, open := gaps[l.ID]
		if !open {
			row = append(row, word(false), "", "", "", "", "", "", "")
		} else {
			row = append(row, word(true), strconv.Itoa(a.Priority), strconv.Itoa(a.Risk), string(a.FixedBy), strconv.Itoa(a.Effort), word(a.Decide), a.Says(), oneLine(a.Steps))
		}
		rows = append(rows, row)
	}
	return printCSV(rows)
}

func oneLine(steps []Step) string {
	var texts []string
	for _, s := range steps {
		text := s.Text
		if s.By != "" {
			text = s.By + ": " + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " / ")
}

func word(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func yesOrNo(b bool, state score.State) string {
	if state == score.Missing {
		return ""
	}
	return word(b)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func printCSV(rows [][]string) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = guarded(cell)
		}
		_ = out.Write(cells) // a buffer takes everything
	}
	out.Flush()
	return b.Bytes()
}

// formula reports whether a spreadsheet would take a cell as a formula: by
// its first character, also in full width.
// https://owasp.org/www-community/attacks/CSV_Injection
func formula(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// guarded puts an apostrophe before what would be a formula, and before what
// already begins with such apostrophes, so that unguarded gives it back.
func guarded(cell string) string {
	if formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && formula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}
