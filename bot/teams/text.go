package teams

import (
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
)

// How far a text stands from what is before it, other than usual.
const (
	touching = "None"
	near     = "Small"
	apart    = "Medium"
)

// run is a text and how it looks.
type run struct {
	Text, Weight, Size, Color, Font string
	Subtle                          bool
}

// runs draws texts one after another, but for empty ones. In them nothing
// formats, links or mentions, other than in a TextBlock, which is Markdown.
// https://adaptivecards.io/explorer/RichTextBlock.html
func (d *drawing) runs(runs ...run) {
	space := d.space
	d.block("RichTextBlock")
	d.maybe("spacing", space)
	d.inlines(runs...)
	d.end("}")
}

func (d *drawing) inlines(runs ...run) {
	d.array("inlines")
	for i := range runs {
		r := &runs[i]
		if r.Text == "" {
			continue
		}
		d.open("TextRun")
		d.text("text", r.Text)
		d.maybe("weight", r.Weight)
		d.maybe("size", r.Size)
		d.maybe("color", r.Color)
		d.maybe("fontType", r.Font)
		d.flag("isSubtle", r.Subtle)
		d.end("}")
	}
	d.end("]")
}

// paragraph draws each line of a text for itself: a run has one line.
func (d *drawing) paragraph(body string, like run) { d.lines(body, like, near) }

func (d *drawing) lines(body string, like run, between string) {
	for line := range strings.SplitSeq(bot.Visible(body), "\n") {
		for len(line) > 0 {
			part := clip(line, maxText)
			line = line[len(part):]
			if strings.TrimSpace(part) == "" {
				continue
			}
			like.Text = part
			d.runs(like)
			d.space = between
		}
	}
	d.space = ""
}

// cut shortens a text to so many characters.
func cut(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(clip(s, most-1), " ") + "…"
}

// clip is the first so many characters of a text.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for i := range s {
		if most == 0 {
			return s[:i]
		}
		most--
	}
	return s
}
