package slack

import (
	"strconv"
	"strings"

	"secadvisor/bot"
)

// table draws each row as a line, its first cell strong: columns would break
// on a phone, and Slack's own table block is not shown everywhere.
func (d *drawing) table(t bot.Table) {
	facts := make([]bot.Field, 0, len(t.Rows))
	for _, row := range t.Rows {
		if row = row[:min(len(row), len(t.Head))]; len(row) > 0 {
			facts = append(facts, bot.Field{Name: row[0], Value: cells(t.Head, row)})
		}
	}
	d.fields(facts)
}

// cells are those of a row after the first, each with the head of its column
// where there are several.
func cells(head, row []string) string {
	if len(row) == 2 {
		return row[1]
	}
	named := make([]string, 0, len(row))
	for i := 1; i < len(row); i++ {
		if cell := line(row[i]); !blank(cell) {
			named = append(named, line(head[i])+" "+cell)
		}
	}
	return strings.Join(named, " · ")
}

// bars stand one below the other, each with its value in words.
func (d *drawing) bars(items []bot.Bar) {
	rows := make([][]run, 0, len(items))
	for _, item := range items {
		rows = append(rows, []run{plainly(gauge(item.Value, 100) + " "), bold(cut(line(item.Label), maxName)), plainly(" " + cut(line(item.Text), maxName))})
	}
	d.rows(rows)
}

func progress(p bot.Progress) string {
	return gauge(p.Done, p.Of) + " " + strconv.Itoa(p.Done) + " of " + strconv.Itoa(p.Of)
}

// gauge draws how much of a whole is done.
func gauge(done, of int) string {
	const wide = 10
	full := 0
	if of > 0 {
		full = int(min(max(int64(done)*wide/int64(of), 0), wide))
	}
	return strings.Repeat("█", full) + strings.Repeat("░", wide-full)
}
