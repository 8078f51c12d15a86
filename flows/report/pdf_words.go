package report

import (
	"fmt"
	"strings"

	"secadvisor/flows/content"
)

// words is a paragraph: its letters and where they stand.
type words struct {
	text   string
	size   float64 // points
	bold   bool
	grey   bool
	mark   string       // before the first line, in the indent
	trade  content.Side // its mark there instead; empty: none
	indent float64      // millimetres
	above  float64      // millimetres
	width  float64      // 0: as far as the margin
}

func (w words) line() float64 { return w.size * 0.48 } // millimetres from line to line

func (d *doc) font(w words) {
	weight := ""
	if w.bold {
		weight = "B"
	}
	d.pdf.SetFont("sans", weight, w.size)
	shade := 25
	if w.grey {
		shade = 95
	}
	d.pdf.SetTextColor(shade, shade, shade)
}

// lines breaks a paragraph where the page ends.
func (d *doc) lines(w words) []string {
	d.font(w)
	width := w.width
	if width == 0 {
		width = fullWidth - w.indent
	}
	var all []string
	line := ""
	for _, word := range strings.Fields(d.legible(w.text)) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if d.pdf.GetStringWidth(longer) <= width {
			line = longer
			continue
		}
		if line != "" {
			all = append(all, line)
		}
		for d.pdf.GetStringWidth(word) > width {
			fits := d.fits(word, width)
			all, word = append(all, word[:fits]), word[fits:]
		}
		line = word
	}
	return append(all, line)
}

// fits is how many bytes of a long word stand on one line: one letter at
// least.
func (d *doc) fits(word string, width float64) int {
	last := 0
	for i, c := range word {
		end := i + len(string(c))
		if last > 0 && d.pdf.GetStringWidth(word[:end]) > width {
			break
		}
		last = end
	}
	return last
}

// write sets paragraphs, and keeps them together on a page if they fit one.
func (d *doc) write(all ...words) {
	height := 0.0
	for _, w := range all {
		height += w.above + d.height(w)
	}
	if height < bottom-margin {
		d.room(height)
	}
	for _, w := range all {
		if d.y > margin {
			d.y += w.above
		}
		for i, line := range d.lines(w) {
			d.room(w.line())
			d.font(w) // a new page forgets it
			d.y += w.line()
			if i == 0 && w.mark != "" {
				d.pdf.Text(margin+w.indent-d.pdf.GetStringWidth(w.mark)-1.5, d.y, w.mark)
			}
			if i == 0 && w.trade != "" {
				d.trade(w.trade, margin+w.indent-3, d.y-1.2)
			}
			d.pdf.Text(margin+w.indent, d.y, line)
		}
	}
}

// Paragraphs as they are used.

func heading(text string) words { return words{text: text, size: 15, bold: true, above: 9} }
func below(text string) words   { return words{text: text, size: 11, bold: true, above: 4} }
func body(text string) words    { return words{text: text, size: 10, above: 1.5} }
func small(text string) words   { return words{text: text, size: 8.5, grey: true, above: 1.5} }
func item(text string) words {
	return words{text: text, size: 10, mark: "–", indent: 5, above: 0.8}
}

// section begins a part and puts it into the table of contents.
func (d *doc) section(title string, first ...words) {
	d.room(45)
	d.pdf.Bookmark(title, 0, d.y)
	d.write(append([]words{heading(title)}, first...)...)
}

// list sets items under a small heading, which does not stand alone.
func (d *doc) list(title string, texts []string) {
	for i, text := range texts {
		if i == 0 {
			d.write(below(title), item(text))
			continue
		}
		d.write(item(text))
	}
}

// feet writes the same line and the number under every page.
func (d *doc) feet(text string) {
	n := d.pdf.PageCount()
	w := words{text: text, size: 8, grey: true, width: fullWidth - 25}
	line := d.lines(w)[0]
	for i := 1; i <= n; i++ {
		d.pdf.SetPage(i)
		d.font(w)
		d.pdf.Text(margin, pageHeight-10, line)
		number := fmt.Sprintf("page %d of %d", i, n)
		d.pdf.Text(pageWidth-margin-d.pdf.GetStringWidth(number), pageHeight-10, number)
	}
}
