package report

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestCellsCannotRunFormulas(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''@a", "=", "'"} {
		got := guarded(cell)
		if formula(got) {
			t.Errorf("%q is printed as %q, and runs", cell, got)
		}
		if back := unguarded(got); back != cell {
			t.Errorf("%q is printed as %q and read as %q", cell, got, back)
		}
	}
	for _, cell := range []string{"", "yes", "2026-01-31", "it's", "'quoted'", "a=b"} {
		if got := guarded(cell); got != cell || unguarded(cell) != cell {
			t.Errorf("%q is no formula, and is printed as %q", cell, got)
		}
	}
}

// Whatever people write into notes, and content into titles, no cell of a
// report begins as a formula does.
func TestNoCellOfAReportIsAFormula(t *testing.T) {
	r := Report{
		Answers: []Line{{ID: "=a", Ask: "@ask", Domain: "-d", State: "=s"}},
		Actions: []Action{{ID: "=a", Title: "=title", FixedBy: "=by", Steps: []Step{{Text: "+1"}}}},
	}
	r.Answers[0].Answer.Note, r.Answers[0].Answer.Value = "=cmd|' /C calc'!A0", "@x"
	rows, err := csv.NewReader(strings.NewReader(string(r.CSV()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range rows[1] {
		if formula(cell) {
			t.Errorf("%q runs", cell)
		}
	}
	if len(rows[0]) != len(rows[1]) {
		t.Errorf("%d columns, %d cells", len(rows[0]), len(rows[1]))
	}
}
