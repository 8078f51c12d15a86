package report

import (
	"encoding/csv"
	"strings"
	"testing"

	"secadvisor/flows/table"
)

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
		if table.Formula(cell) {
			t.Errorf("%q runs", cell)
		}
	}
	if len(rows[0]) != len(rows[1]) {
		t.Errorf("%d columns, %d cells", len(rows[0]), len(rows[1]))
	}
}
