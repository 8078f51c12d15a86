package company

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/table"
)

// AuditCSV prints lines of the audit log as a table, in their order. Names
// tells who an id is, as far as that is known: see NamesInLog. A spreadsheet
// runs none of it as a formula.
func AuditCSV(lines []bot.AuditLine, names map[string]string) []byte {
	rows := [][]string{{"when_utc", "person", "name", "did", "what", "from_where"}}
	for _, x := range lines {
		rows = append(rows, []string{x.At.UTC().Format(time.RFC3339), x.By, names[x.By], x.Verb, x.Object, x.Where})
	}
	return table.Print(rows)
}

// NamesInLog are what the people of a log are called, by their ids: by the
// company's own records; whoever stands in none, by the latest of the lines that
// tells.
func NamesInLog(lines []bot.AuditLine, roles bot.Roles, m Map) map[string]string {
	names := map[string]string{}
	for _, x := range lines { // the oldest first
		if x.By != "" && x.Name != "" {
			names[x.By] = bot.OneLine(x.Name)
		}
	}
	for _, p := range m.Parties {
		if p.User != "" {
			names[p.User] = p.Name
		}
	}
	for id, member := range roles.People {
		if member.Name != "" {
			names[id] = member.Name
		}
	}
	return names
}
