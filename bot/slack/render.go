package slack

import (
	"strconv"
	"strings"

	"secadvisor/bot"
)

// Render draws a view: the text that notifications and screen readers get,
// and blocks that Slack takes.
func Render(v bot.View) (gist string, blocks []block) {
	d := drawing{blocks: make([]block, 0, len(v.Blocks)+1)}
	d.title(v)
	for i := range v.Blocks {
		d.draw(&v.Blocks[i])
	}
	sense := cut(bot.Visible(v.Sense()), maxGist)
	if blank(sense) {
		sense = "Security advisor"
	}
	if blocks = fit(d.blocks); len(blocks) == 0 {
		blocks = []block{{Type: "section", Text: words(sense)}}
	}
	return escape(sense), blocks
}

// drawing collects blocks and gives every element an id of its own.
type drawing struct {
	blocks []block
	n      int
}

func (d *drawing) add(b block) { d.blocks = append(d.blocks, b) }

func (d *drawing) rich(kind string, runs ...run) {
	d.add(block{Type: "rich_text", Elements: []any{rich{kind, runs}}})
}

func (d *drawing) id() string {
	d.n++
	return "a" + strconv.Itoa(d.n)
}

// siren stands before an urgent title, beside the word "now" that it has. It
// is drawn only where pictures are on; they stay off for what people typed.
const siren = "🚨 "

func (d *drawing) title(v bot.View) {
	title := line(v.Title)
	switch {
	case blank(title):
	case v.Tone == bot.Urgent:
		title = strings.ReplaceAll(title, ":", ":\u200b") // no picture but the siren
		d.add(block{Type: "header", Text: &text{"plain_text", siren + cut(title, maxHeader-3), true}})
	default:
		d.add(block{Type: "header", Text: words(cut(title, maxHeader))})
	}
}

func (d *drawing) draw(b *bot.Block) {
	switch {
	case b.Text != nil:
		d.paragraphs(bot.Visible(b.Text.Body))
	case b.Heading != nil:
		d.rich("rich_text_section", bold(cut(line(b.Heading.Body), maxSection)))
	case b.List != nil:
		d.list(*b.List)
	case b.Fields != nil:
		d.fields(b.Fields.Items)
	case b.Table != nil:
		d.table(*b.Table)
	case b.Progress != nil:
		d.note(progress(*b.Progress))
	case b.Bars != nil:
		d.bars(b.Bars.Items)
	case b.Note != nil:
		d.note(cut(bot.Visible(b.Note.Body), maxContextText))
	case b.Code != nil:
		d.code(bot.Visible(b.Code.Body))
	case b.Buttons != nil:
		d.buttons(b.Buttons.Items)
	case b.Menu != nil:
		d.menu(*b.Menu)
	}
}

// paragraphs splits a text that is too long for one section.
func (d *drawing) paragraphs(body string) {
	if len(body) <= maxSection {
		d.add(block{Type: "section", Text: words(body)})
		return
	}
	for _, part := range split(body, maxSection) {
		d.add(block{Type: "section", Text: words(part)})
	}
}

func (d *drawing) note(body string) {
	d.add(block{Type: "context", Elements: []any{words(body)}})
}

// code is text to copy: its lines stay, and nothing in it formats.
func (d *drawing) code(body string) {
	for _, part := range split(body, maxSection) {
		d.rich("rich_text_preformatted", plainly(part))
	}
}

func (d *drawing) list(l bot.List) {
	var b strings.Builder
	for i, item := range l.Items {
		if i > 0 {
			b.WriteByte('\n')
		}
		if l.Numbered {
			b.WriteString(strconv.Itoa(i + 1))
			b.WriteString(".  ")
		} else {
			b.WriteString("•  ")
		}
		b.WriteString(line(item))
	}
	d.paragraphs(b.String())
}

// maxName and maxFact bound a field: it is short by its nature.
const (
	maxName = 300
	maxFact = 2000
)

// fields stand one below the other: Slack's own two columns take mrkdwn for a
// strong name, and a phone shows one column anyway.
func (d *drawing) fields(items []bot.Field) {
	rows := make([][]run, 0, len(items))
	for _, f := range items {
		name, value := cut(line(f.Name), maxName), cut(bot.Visible(f.Value), maxFact)
		if !blank(name) || !blank(value) {
			rows = append(rows, []run{bold(name + ": "), plainly(value)})
		}
	}
	d.rows(rows)
}

// rows draws lines of runs, as many in one section as it takes.
func (d *drawing) rows(rows [][]run) {
	var runs []run
	size := 0
	for _, row := range rows {
		long := 0
		for _, r := range row {
			long += len(r.Text)
		}
		if size += long; size > maxSection && len(runs) > 0 {
			d.rich("rich_text_section", runs...)
			runs, size = nil, long
		}
		if len(runs) > 0 {
			row[0].Text = "\n" + row[0].Text
		}
		for _, r := range row {
			if r.Text != "" {
				runs = append(runs, r)
			}
		}
	}
	if len(runs) > 0 {
		d.rich("rich_text_section", runs...)
	}
}
