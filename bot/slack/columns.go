package slack

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
)

// columns draws a table as text: Slack's own table block is not shown
// everywhere.
func columns(t bot.Table) string {
	rows := make([][]string, 0, len(t.Rows)+1)
	wide := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		cells := make([]string, min(len(row), len(wide)))
		for i := range cells {
			cells[i] = line(row[i])
			wide[i] = max(wide[i], utf8.RuneCountInString(cells[i]))
		}
		rows = append(rows, cells)
	}
	var b strings.Builder
	for _, cells := range rows {
		var row strings.Builder
		for i, cell := range cells {
			pad(&row, cell, wide[i]+2)
		}
		b.WriteString(strings.TrimRight(row.String(), " "))
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}

func bars(items []bot.Bar) string {
	wide := 0
	for _, item := range items {
		wide = max(wide, utf8.RuneCountInString(line(item.Label)))
	}
	var b strings.Builder
	for i, item := range items {
		if i > 0 {
			b.WriteByte('\n')
		}
		pad(&b, line(item.Label), wide+1)
		b.WriteString(gauge(item.Value, 100) + " " + line(item.Text))
	}
	return b.String()
}

func progress(p bot.Progress) string {
	return gauge(p.Done, p.Of) + " " + strconv.Itoa(p.Done) + " of " + strconv.Itoa(p.Of)
}

func pad(b *strings.Builder, s string, wide int) {
	b.WriteString(s)
	for range wide - utf8.RuneCountInString(s) {
		b.WriteByte(' ')
	}
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
