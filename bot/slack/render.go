package slack

import (
	"fmt"
	"strconv"
	"strings"

	"secadvisor/bot"
)

// Render draws a view: the text that notifications and screen readers get,
// and blocks that Slack takes.
func Render(v bot.View) (gist string, blocks []block) {
	d := drawing{}
	if v.Title != "" {
		mark := ""
		if v.Tone == bot.Urgent {
			mark = "🚨 " // beside the word "now" that the title has
		}
		d.add(block{Type: "header", Text: words(mark + cut(line(v.Title), maxHeader-2))})
	}
	for _, b := range v.Blocks {
		d.draw(b)
	}
	gist = cut(entities.Replace(v.Sense()), maxGist)
	if gist == "" {
		gist = "secadvisor"
	}
	blocks = fit(d.blocks)
	if len(blocks) == 0 {
		blocks = []block{{Type: "section", Text: words(cut(gist, maxSection))}}
	}
	return gist, blocks
}

// drawing collects blocks and gives every element an id of its own.
type drawing struct {
	blocks []block
	n      int
}

func (d *drawing) add(b block) { d.blocks = append(d.blocks, b) }

func (d *drawing) id() string {
	d.n++
	return "a" + strconv.Itoa(d.n)
}

func (d *drawing) draw(b bot.Block) {
	switch {
	case b.Text != nil:
		d.paragraphs(b.Text.Body)
	case b.Heading != nil:
		d.section(marked("*" + escape(line(b.Heading.Body)) + "*"))
	case b.List != nil:
		d.list(*b.List)
	case b.Fields != nil:
		d.fields(b.Fields.Items)
	case b.Table != nil:
		d.table(*b.Table)
	case b.Progress != nil:
		d.add(block{Type: "context", Elements: []any{words(gauge(b.Progress.Done, b.Progress.Of) + fmt.Sprintf(" %d of %d", b.Progress.Done, b.Progress.Of))}})
	case b.Bars != nil:
		d.bars(b.Bars.Items)
	case b.Note != nil:
		if b.Note.Body != "" {
			d.add(block{Type: "context", Elements: []any{words(cut(b.Note.Body, maxContextText))}})
		}
	case b.Code != nil:
		d.code(b.Code.Body)
	case b.Buttons != nil:
		d.buttons(b.Buttons.Items)
	case b.Menu != nil:
		d.menu(*b.Menu)
	}
}

func (d *drawing) section(t *text) { d.add(block{Type: "section", Text: t}) }

// paragraphs splits a text that is too long for one section.
func (d *drawing) paragraphs(body string) {
	for _, part := range split(body, maxSection) {
		d.section(words(part))
	}
}

func (d *drawing) list(l bot.List) {
	var b strings.Builder
	for i, item := range l.Items {
		mark := "•  "
		if l.Numbered {
			mark = strconv.Itoa(i+1) + ".  "
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(mark + line(item))
	}
	d.paragraphs(b.String())
}

func (d *drawing) fields(items []bot.Field) {
	for len(items) > 0 {
		n := min(len(items), maxFields)
		var fields []text
		for _, f := range items[:n] {
			fields = append(fields, *marked("*" + escape(cut(line(f.Name), 500)) + "*\n" + escape(cut(f.Value, 1000))))
		}
		d.add(block{Type: "section", Fields: fields})
		items = items[n:]
	}
}

// table draws rows as text in columns: Slack's own table block is not shown
// everywhere.
func (d *drawing) table(t bot.Table) {
	wide := make([]int, len(t.Head))
	rows := append([][]string{t.Head}, t.Rows...)
	for _, row := range rows {
		for i := range min(len(row), len(wide)) {
			wide[i] = max(wide[i], len([]rune(line(row[i]))))
		}
	}
	var b strings.Builder
	for n, row := range rows {
		if n > 0 {
			b.WriteByte('\n')
		}
		for i := range min(len(row), len(wide)) {
			cell := line(row[i])
			b.WriteString(cell)
			if i < len(wide)-1 {
				b.WriteString(strings.Repeat(" ", wide[i]-len([]rune(cell))+2))
			}
		}
	}
	d.code(b.String())
}

func (d *drawing) bars(items []bot.Bar) {
	wide := 0
	for _, item := range items {
		wide = max(wide, len([]rune(line(item.Label))))
	}
	var b strings.Builder
	for i, item := range items {
		if i > 0 {
			b.WriteByte('\n')
		}
		label := line(item.Label)
		b.WriteString(label + strings.Repeat(" ", wide-len([]rune(label))+1) + gauge(item.Value, 100) + " " + line(item.Text))
	}
	d.code(b.String())
}

// code is text to copy: its lines stay, and nothing in it formats.
func (d *drawing) code(body string) {
	for _, part := range split(body, maxSection) {
		d.add(block{Type: "rich_text", Elements: []any{rich{Type: "rich_text_preformatted", Elements: []richRun{{"text", part}}}}})
	}
}

// rowOf is how many buttons stand in one row before it wraps.
const rowOf = 5

func (d *drawing) buttons(items []bot.Button) {
	var shown []any
	var more []option
	for _, b := range items {
		value := b.Action.String()
		if len(value) > maxValue {
			continue
		}
		if b.More && len(value) <= maxOptionValue && len(more) < maxOptions {
			more = append(more, option{words(cut(line(b.Label), maxOptionText)), value})
			continue
		}
		e := element{Type: "button", ActionID: d.id(), Text: words(cut(line(b.Label), maxLabel)), Value: value}
		if b.Main {
			e.Style = "primary"
		}
		shown = append(shown, e)
	}
	if len(more) > 0 {
		shown = append(shown, d.more(more))
	}
	for len(shown) > 0 {
		n := min(len(shown), rowOf+1)
		d.add(block{Type: "actions", Elements: shown[:n]})
		shown = shown[n:]
	}
}

// more is the rest of a row behind dots, or behind a menu if it is longer
// than dots can hold.
func (d *drawing) more(options []option) element {
	if len(options) <= maxOverflow {
		return element{Type: "overflow", ActionID: d.id(), Options: options}
	}
	return element{Type: "static_select", ActionID: d.id(), Placeholder: words("More"), Options: options}
}

func (d *drawing) menu(m bot.Menu) {
	d.paragraphs(m.Prompt)
	var options []option
	for _, b := range m.Options {
		value := b.Action.String()
		if len(value) <= maxOptionValue && len(options) < maxOptions {
			options = append(options, option{words(cut(line(b.Label), maxOptionText)), value})
		}
	}
	if len(options) > 0 {
		d.add(block{Type: "actions", Elements: []any{element{Type: "static_select", ActionID: d.id(), Placeholder: words("Choose"), Options: options}}})
	}
}

// gauge draws how much of a whole is done.
func gauge(done, of int) string {
	const wide = 10
	full := 0
	if of > 0 {
		full = min(max(done*wide/of, 0), wide)
	}
	return strings.Repeat("█", full) + strings.Repeat("░", wide-full)
}

// escape keeps a text from mentioning or linking in mrkdwn, and from
// formatting, by breaking its marks with a zero-width space.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func escape(s string) string { return escaper.Replace(s) }

// entities are enough for the text of a notification, where nothing formats.
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;",
	"*", "*\u200b", "_", "_\u200b", "~", "~\u200b", "`", "`\u200b", ":", ":\u200b")

// line is a text on one line.
func line(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// split cuts a long text into parts of at most so many characters, between
// lines or words where it can.
func split(s string, most int) []string {
	var parts []string
	for {
		if len(s) <= most {
			break
		}
		runes := []rune(s)
		if len(runes) <= most {
			break
		}
		part := string(runes[:most])
		end := strings.LastIndexAny(part, "\n ")
		if end < most/2 {
			end = len(part)
		}
		parts = append(parts, strings.TrimSpace(s[:end]))
		s = strings.TrimSpace(s[end:])
	}
	if s != "" {
		parts = append(parts, s)
	}
	return parts
}
