package teams

import (
	"fmt"
	"strconv"
	"strings"

	"secadvisor/bot"
)

// siren stands before an urgent title, beside the word "now" that it has.
const siren = "🚨 "

func (d *drawing) view(v bot.View) {
	if title := cut(bot.OneLine(v.Title), maxTitle); title != "" {
		head := run{Text: title, Weight: "Bolder", Size: "Large"}
		if v.Tone == bot.Urgent {
			head.Text, head.Color = siren+title, "Attention"
		}
		d.runs(head)
	}
	for i := range v.Blocks {
		d.draw(&v.Blocks[i])
	}
}

func (d *drawing) draw(b *bot.Block) {
	switch {
	case b.Text != nil:
		d.paragraph(b.Text.Body, run{})
	case b.Heading != nil:
		d.heading(b.Heading.Body)
	case b.List != nil:
		d.list(*b.List)
	case b.Fields != nil:
		d.fields(b.Fields.Items)
	case b.Table != nil:
		d.table(*b.Table)
	case b.Progress != nil:
		d.paragraph(progress(*b.Progress), run{Subtle: true})
	case b.Bars != nil:
		d.bars(b.Bars.Items)
	case b.Note != nil:
		d.paragraph(b.Note.Body, run{Subtle: true, Size: "Small"})
	case b.Code != nil:
		d.lines(b.Code.Body, run{Font: "Monospace"}, touching)
	case b.Buttons != nil:
		d.buttons(b.Buttons.Items)
	case b.Menu != nil:
		d.menu(*b.Menu)
	}
}

// heading stands nearer to what it opens than to what is before it.
func (d *drawing) heading(body string) {
	d.space = apart
	d.paragraph(bot.OneLine(body), run{Weight: "Bolder"})
	d.space = near
}

func (d *drawing) list(l bot.List) {
	for i, item := range l.Items {
		mark := "•  "
		if l.Numbered {
			mark = strconv.Itoa(i+1) + ".  "
		}
		if item = bot.OneLine(item); item != "" {
			d.paragraph(mark+item, run{})
			d.space = near
		}
	}
	d.space = ""
}

func (d *drawing) fields(items []bot.Field) {
	for _, f := range items {
		name, value := cut(bot.OneLine(f.Name), maxTitle), cut(bot.OneLine(f.Value), maxText)
		switch {
		case name != "" && value != "":
			d.runs(run{Text: name + ": ", Weight: "Bolder"}, run{Text: value})
			d.space = near
		case name+value != "":
			d.runs(run{Text: name + value})
			d.space = near
		}
	}
	d.space = ""
}

func (d *drawing) table(t bot.Table) {
	wide := len(t.Head)
	for _, row := range t.Rows {
		wide = max(wide, len(row))
	}
	if wide == 0 {
		return
	}
	d.block("Table")
	d.raw("firstRowAsHeader", strconv.AppendBool(nil, len(t.Head) > 0)) // clients take it for true otherwise
	d.flag("showGridLines", true)
	d.array("columns")
	for range wide {
		d.open("")
		d.number("width", 1)
		d.end("}")
	}
	d.end("]")
	d.array("rows")
	if len(t.Head) > 0 {
		d.tableRow(t.Head, wide, run{Weight: "Bolder"})
	}
	for _, row := range t.Rows[:min(len(t.Rows), maxRows)] {
		d.tableRow(row, wide, run{})
	}
	d.end("]}")
	d.short = d.short || len(t.Rows) > maxRows
}

func (d *drawing) tableRow(cells []string, wide int, like run) {
	d.open("TableRow")
	d.array("cells")
	for i := range wide {
		like.Text = " "
		if i < len(cells) && bot.OneLine(cells[i]) != "" {
			like.Text = cut(bot.OneLine(cells[i]), maxTitle)
		}
		d.open("TableCell")
		d.array("items")
		d.open("RichTextBlock")
		d.inlines(like)
		d.end("}]}")
	}
	d.end("]}")
}

// progress is a row of marks and the same in words.
func progress(p bot.Progress) string {
	of := max(p.Of, 0)
	done := min(max(p.Done, 0), of)
	const marks = 20
	if of > marks || of == 0 {
		return fmt.Sprintf("%d of %d", done, of)
	}
	return strings.Repeat("●", done) + strings.Repeat("○", of-done) + fmt.Sprintf("  %d of %d", done, of)
}

// bars stand one below the other, each with its value in words.
func (d *drawing) bars(items []bot.Bar) {
	const marks = 10
	for _, b := range items {
		full := (min(max(b.Value, 0), 100)*marks + 50) / 100
		d.runs(
			run{Text: strings.Repeat("█", full) + strings.Repeat("░", marks-full) + " ", Font: "Monospace"},
			run{Text: strings.TrimLeft(cut(bot.OneLine(b.Label), maxTitle)+" ", " "), Weight: "Bolder"},
			run{Text: cut(bot.OneLine(b.Text), maxTitle)})
		d.space = near
	}
	d.space = ""
}
