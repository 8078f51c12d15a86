package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
	"secadvisor/flows/table"
)

// mostShown is how much of a cell a message shows, in characters.
const mostShown = 40

// answer reads one row.
func (r Reading) answer(row row) (string, company.Answer, error) {
	var a company.Answer
	for _, column := range sheetColumns() {
		cell, err := row.text(column)
		if err != nil {
			return "", a, err
		}
		row.cells[column] = cell
	}
	id := strings.ToLower(row.cells[colID])
	q, known := r.Lib.Questions[id]
	switch {
	case id == "":
		return "", a, at(row.line, "the column %s is empty: say which question this answers, or take the row out", colID)
	case !known:
		return id, a, at(row.line, "there is no question %q: mend the id, or take the row out; --template %s lists them", id, r.Pack.ID)
	case !r.Earlier && !r.inPack(id):
		return id, a, at(row.line, "%s is no question of %s: take the row out; --template %s lists its questions", id, r.Pack.ID, r.Pack.ID)
	}
	var err error
	if a.Revision, err = r.revision(row, q); err != nil {
		return id, a, err
	}
	if a.Value, err = r.value(row, q, a.Revision == q.Revision); err != nil {
		return id, a, err
	}
	if a.At, err = r.day(row); err != nil {
		return id, a, err
	}
	if a.Evidence, err = evidence(row); err != nil {
		return id, a, err
	}
	a.Note = row.cells[colNote]
	if n := utf8.RuneCountInString(a.Note); n > mostNote {
		return id, a, at(row.line, "the note has %d characters: shorten it to %d", n, mostNote)
	}
	return id, a, nil
}

// text is what a person wrote into a cell. In CSV it may stand guarded
// against being a formula, and must not be one.
func (r row) text(column string) (string, error) {
	cell := r.cells[column]
	if !r.inCSV {
		return strings.TrimSpace(plain(cell)), nil
	}
	first, size := utf8.DecodeRuneInString(cell)
	if table.Formula(cell) && len(cell) > size && cell[size] != ' ' {
		return "", at(r.line, "%s begins with \"%c\", as a formula does: write it as plain text, or put an apostrophe (') before it", column, first)
	}
	return strings.TrimSpace(plain(table.Unguarded(cell))), nil
}

func (r Reading) inPack(id string) bool {
	for _, q := range r.Pack.Questions {
		if q.ID == id {
			return true
		}
	}
	return false
}

// revision is of the question that was answered: today's, where the sheet
// does not say.
func (r Reading) revision(row row, q content.Question) (int, error) {
	cell := row.cells[colRevision]
	if cell == "" {
		return q.Revision, nil
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 1 {
		return 0, at(row.line, "%s is a whole number from 1, or empty; it is %q", colRevision, cell)
	}
	return n, nil
}

// value is an answer as it is kept. What was answered to another wording is
// kept as it is: nothing compares it.
func (r Reading) value(row row, q content.Question, current bool) (string, error) {
	cell := row.cells[colAnswer]
	said := strings.ToLower(strings.ReplaceAll(cell, "’", "'"))
	switch said {
	case "dont-know", "don't know", "dont know", "don't-know", "unknown", "?":
		return score.DontKnow, nil
	case "not-applicable", "not applicable", "n/a", "na":
		if q.NotApplicable == "" && current {
			return "", at(row.line, "%s always applies: answer it, or write %s", q.ID, score.DontKnow)
		}
		return score.NotApply, nil
	}
	switch {
	case cell == "" || !current:
		return said, nil
	case q.Kind == content.Date:
		return r.when(row, said, cell)
	case q.Kind == content.Choice:
		return chosen(row, q, said, cell)
	case said == score.Yes || said == score.Partly || said == score.No:
		return said, nil
	}
	return "", at(row.line, "%s is answered with %s; it is %q", q.ID, offered(q), prose.Clip(cell, mostShown))
}

func (r Reading) when(row row, said, cell string) (string, error) {
	if said == score.Never {
		return said, nil
	}
	day, err := parseDay(cell)
	switch {
	case err != nil:
		return "", at(row.line, "%s asks for a day: write it as 2026-01-31, or write %s or %s; it is %q", row.cells[colID], score.Never, score.DontKnow, prose.Clip(cell, mostShown))
	case day.After(r.Today):
		return "", at(row.line, "%s is a day to come: write when it was last done", cell)
	}
	return day.Format(score.DayFormat), nil
}

func chosen(row row, q content.Question, said, cell string) (string, error) {
	for _, o := range q.Choices {
		if said == o.ID || said == strings.ToLower(o.Label) {
			return o.ID, nil
		}
	}
	return "", at(row.line, "%s is answered with %s; it is %q", q.ID, offered(q), prose.Clip(cell, mostShown))
}

// offered lists what may be answered.
func offered(q content.Question) string {
	var all []string
	switch q.Kind {
	case content.Date:
		all = []string{"a day as 2026-01-31", score.Never}
	case content.Choice:
		for _, o := range q.Choices {
			all = append(all, fmt.Sprintf("%s (%s)", o.ID, o.Label))
		}
	default:
		all = []string{score.Yes, score.Partly, score.No}
	}
	if q.NotApplicable != "" {
		all = append(all, score.NotApply)
	}
	return strings.Join(all, ", ") + " or " + score.DontKnow
}

// day is when the row was answered; zero: it does not say.
func (r Reading) day(row row) (time.Time, error) {
	cell := row.cells[colDate]
	if cell == "" {
		return time.Time{}, nil
	}
	day, err := parseDay(cell)
	switch {
	case err != nil:
		return day, at(row.line, "%s: write the day of the answer as 2026-01-31, or leave it empty; it is %q", colDate, prose.Clip(cell, mostShown))
	case day.After(r.Today):
		return day, at(row.line, "%s: %s is a day to come: write when it was answered", colDate, cell)
	}
	return day, nil
}

// parseDay also takes a time of day behind it, as programs write it.
func parseDay(cell string) (time.Time, error) {
	if len(cell) > len(score.DayFormat) && strings.ContainsRune("T ", rune(cell[len(score.DayFormat)])) {
		cell = cell[:len(score.DayFormat)]
	}
	return time.Parse(score.DayFormat, cell)
}

func evidence(row row) (bool, error) {
	switch cell := strings.ToLower(row.cells[colEvidence]); cell {
	case "", "no", "n", "false", "0", "none", "-":
		return false, nil
	case "yes", "y", "true", "1", "x", "seen":
		return true, nil
	default:
		return false, at(row.line, "%s: write yes if somebody has seen it, or no; what was seen goes into %s; it is %q", colEvidence, colNote, prose.Clip(cell, mostShown))
	}
}
