package teams

import (
	"fmt"
	"slices"
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
		d.text(head)
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
			d.text(run{Text: name + ": ", Weight: "Bolder"}, run{Text: value})
			d.space = near
		case name+value != "":
			d.text(run{Text: name + value})
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
	drawn := table{Type: "Table", Head: len(t.Head) > 0, Grid: true, Columns: make([]column, wide)}
	for i := range drawn.Columns {
		drawn.Columns[i].Width = 1
	}
	add := func(cells []string, like run) {
		row := tableRow{Type: "TableRow", Cells: make([]cell, wide)}
		for i := range row.Cells {
			text := " "
			if i < len(cells) && bot.OneLine(cells[i]) != "" {
				text = cut(bot.OneLine(cells[i]), maxTitle)
			}
			like.Text = text
			row.Cells[i] = cell{"TableCell", []any{richText(like)}}
		}
		drawn.Rows = append(drawn.Rows, row)
	}
	if drawn.Head {
		add(t.Head, run{Weight: "Bolder"})
	}
	for _, row := range t.Rows[:min(len(t.Rows), maxRows)] {
		add(row, run{})
	}
	if len(drawn.Rows) > 0 {
		d.add(drawn)
	}
	d.short = d.short || len(t.Rows) > maxRows
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
		d.text(
			run{Text: strings.Repeat("█", full) + strings.Repeat("░", marks-full) + " ", Font: "Monospace"},
			run{Text: strings.TrimLeft(cut(bot.OneLine(b.Label), maxTitle)+" ", " "), Weight: "Bolder"},
			run{Text: cut(bot.OneLine(b.Text), maxTitle)})
		d.space = near
	}
	d.space = ""
}

// buttons draws rows. What is behind "More" stands behind the dots of a row,
// but for one that is alone.
func (d *drawing) buttons(items []bot.Button) {
	shown, behind := make([]action, 0, len(items)), []action(nil)
	for _, b := range items {
		switch a, ok := d.button(b); {
		case ok && b.More:
			behind = append(behind, a)
		case ok:
			shown = append(shown, a)
		}
	}
	if len(behind) == 1 {
		shown, behind = append(shown, behind...), nil
	}
	for len(shown) > rowOf {
		d.add(actionSet{"ActionSet", shown[:rowOf:rowOf]})
		shown = shown[rowOf:]
	}
	for i := range behind {
		behind[i].Mode = "secondary"
	}
	if len(shown) == 0 && d.dots(behind) {
		return
	}
	if shown = append(shown, behind...); len(shown) > 0 {
		d.add(actionSet{"ActionSet", shown})
	}
}

// dots puts buttons behind the dots of the row above, and reports whether
// there is one: dots in a row of their own say nothing.
func (d *drawing) dots(behind []action) bool {
	last := len(d.card.Body) - 1
	if last < 0 {
		return false
	}
	above, ok := d.card.Body[last].(actionSet)
	if !ok || above.Actions[0].Data.Menu != "" {
		return false
	}
	above.Actions = slices.Concat(above.Actions, behind)
	d.card.Body[last] = above
	return true
}

// maxData is how many characters a button may carry.
const maxData = 2000

func (d *drawing) button(b bot.Button) (action, bool) {
	data := pressed{Action: b.Action.String(), Key: d.key, In: d.in}
	if len(data.Action) > maxData {
		return action{}, false
	}
	return d.press(label(b.Label, b.Action.Verb), data), true
}

// press is a button as the screen of the card takes it.
func (d *drawing) press(title string, data pressed) action {
	if d.window {
		return action{Type: "Action.Submit", Title: title, Data: &data}
	}
	return execute(title, data)
}

// execute is a button that edits its card, or sends the same in a client that
// cannot.
func execute(title string, data pressed) action {
	return action{Type: "Action.Execute", Title: title, Verb: "press", Data: &data,
		Fallback: &submit{"Action.Submit", title, &data}}
}

func label(text, otherwise string) string {
	if text = cut(bot.OneLine(text), maxLabel); text != "" {
		return text
	}
	if otherwise = cut(bot.OneLine(otherwise), maxLabel); otherwise != "" {
		return otherwise
	}
	return "Choose"
}

// menu is a choice and a button that sends it.
func (d *drawing) menu(m bot.Menu) {
	var choices []choice
	for _, b := range m.Options {
		if value := b.Action.String(); len(value) <= maxData {
			choices = append(choices, choice{label(b.Label, b.Action.Verb), value})
		}
	}
	for i := 0; i < len(choices); i += maxChoices {
		some := choices[i:min(i+maxChoices, len(choices))]
		set := choiceSet{Type: "Input.ChoiceSet", ID: d.id(), Style: "compact", Label: cut(bot.OneLine(m.Prompt), maxTitle), Placeholder: "Choose", Choices: some}
		d.add(set)
		d.add(actionSet{"ActionSet", []action{d.press("Choose", pressed{Menu: set.ID, Key: d.key, In: d.in})}})
	}
}
