package report

import (
	"strconv"
	"strings"

	"secadvisor/flows/score"
	"secadvisor/flows/table"
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
	return table.Print(rows)
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
