package report

import (
	"secadvisor/flows/content"
	"secadvisor/flows/table"
)

// Template is an empty sheet for a pack. The last column, with the wording
// and what may be answered, is for people: it is not read.
func Template(lib *content.Library, pack content.Pack) []byte {
	rows := [][]string{{colID, colAnswer, colDate, colEvidence, colNote, colQuestion}}
	for _, pq := range pack.Questions {
		q := lib.Questions[pq.ID]
		rows = append(rows, []string{q.ID, "", "", "", "", q.Ask + " [" + offered(q) + "]"})
	}
	return table.Print(rows)
}
