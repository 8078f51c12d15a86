package kept

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/archive"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// Audit prints who did what in a company, and when.
type Audit struct {
	stores.Place
	Format string `help:"text, csv or json." enum:"text,csv,json" default:"text"`
}

// Help is printed below the options.
func (Audit) Help() string {
	return `Each line says who changed, started, read or shared what, when and from where,
never contents and never a question. The oldest comes first. Owners read the same
in chat: they type "audit". Lines vanish after three years. Nothing changes them
before, but "secadvisor erase --person", which takes out a person's id.`
}

func (c Audit) Run(ctx context.Context, out io.Writer) error {
	store, t, err := openAndTake(ctx, c.Place)
	if err != nil {
		return err
	}
	defer store.Close()
	lines, names, err := auditOf(t)
	if err != nil {
		return err
	}
	switch c.Format {
	case "csv":
		_, err = out.Write(company.AuditCSV(lines, names))
	case "json":
		for _, line := range lines {
			if err == nil {
				err = json.NewEncoder(out).Encode(line)
			}
		}
	default:
		for _, x := range lines {
			fields := []string{x.At.UTC().Format("2006-01-02 15:04 UTC"), x.By + " " + names[x.By], x.Verb + " " + x.Object, x.Where}
			for i := range fields { // nothing in it makes a line of its own
				fields[i] = bot.OneLine(fields[i])
			}
			if err == nil {
				_, err = fmt.Fprintln(out, strings.Join(slices.DeleteFunc(fields, func(f string) bool { return f == "" }), "  "))
			}
		}
	}
	lost := 0
	for key := range t.unread {
		if strings.HasPrefix(key, bot.AuditDoc.Key("")) {
			lost++
		}
	}
	if err == nil && lost > 0 {
		return fmt.Errorf("the log is not whole: %s of it cannot be read", prose.Count(lost, "line", "lines"))
	}
	return err
}

// auditOf are the lines of the audit log, and what people are called.
func auditOf(t taken) (lines []bot.AuditLine, names map[string]string, err error) {
	var roles bot.Roles
	var m company.Map
	for _, d := range t.docs {
		switch {
		case t.unread[d.Key] != nil:
		case strings.HasPrefix(d.Key, bot.AuditDoc.Key("")):
			var line bot.AuditLine
			line, err = bot.AuditDoc.Decode(d.Body)
			lines = append(lines, line)
		case d.Key == bot.RolesDoc.Key(bot.RolesID):
			roles, err = bot.RolesDoc.Decode(d.Body)
		case d.Key == company.Maps.Key(company.MapID):
			m, err = company.Maps.Decode(d.Body)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("document %s: %w", d.Key, err)
		}
	}
	return lines, company.NamesInLog(lines, roles, m), nil
}

// auditTables are those of an archive.
func auditTables(t taken) ([]archive.Table, error) {
	lines, names, err := auditOf(t)
	if err != nil {
		return nil, err
	}
	return []archive.Table{{Name: "audit.csv", What: "the audit log as a table: who did what, when, from where", Body: company.AuditCSV(lines, names)}}, nil
}
