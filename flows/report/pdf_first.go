package report

import (
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// pdfFirst is the first page: what this is, the score, what to do first.
func (r Report) pdfFirst(d *doc) error {
	d.pdf.Bookmark("Summary", 0, d.y)
	d.write(words{text: r.Title, size: 24, bold: true})
	under := "Self-assessment, " + prose.Day(r.Day)
	if r.Company != "" {
		under = r.Company + " · " + under
	}
	d.write(words{text: under, size: 11, grey: true, above: 2})
	r.pdfNotice(d)
	r.pdfResult(d)
	if len(r.Actions) > 0 {
		d.write(below("Do first"))
		for i, a := range r.Actions[:min(3, len(r.Actions))] {
			d.write(words{text: a.Says(), size: 10.5, bold: true, mark: fmt.Sprint(i+1, "."), indent: 7, above: 1.8}, side(a.FixedBy, 7, a.about()))
		}
		d.write(words{text: r.Share(), size: 10, above: 4})
	} else if r.Result.Complete {
		d.write(below("Nothing is open in these questions"), body("Ask them again in three months: things change."))
	}
	if r.Trend != nil {
		d.write(body(r.Trend.Line()))
	}
	return r.pdfDomains(d)
}

// pdfNotice is the box that says what this is and how to treat it.
func (r Report) pdfNotice(d *doc) {
	lines := []words{
		{text: sensitive, size: 9.5, bold: true, indent: 4, width: fullWidth - 8},
		{text: noAudit, size: 9.5, indent: 4, width: fullWidth - 8, above: 1},
	}
	height := 6.0
	for _, w := range lines {
		height += w.above + float64(len(d.lines(w)))*w.line()
	}
	d.y += 4
	d.box(margin, d.y, fullWidth, height, 243, 0.3)
	d.y += 2.2
	d.write(lines...)
	d.y += 5
}

func (r Report) pdfResult(d *doc) {
	if !r.Result.Complete {
		d.write(words{text: r.Headline(), size: 18, bold: true, above: 4})
		if len(r.Open) > 0 {
			d.write(body("There is a score when every question is answered. What is open so far stands below."))
		}
		return
	}
	d.y += 4
	number := words{size: 46, bold: true}
	d.font(number)
	text := fmt.Sprint(r.Result.Shown)
	d.pdf.Text(margin, d.y+15, text)
	x := margin + d.pdf.GetStringWidth(text) + 4
	d.font(words{size: 15, bold: true})
	d.pdf.Text(x, d.y+8.5, prose.Sentence(string(r.Result.Band)))
	d.font(words{size: 11})
	d.pdf.Text(x, d.y+15, "of 100"+r.upTo())
	d.y += 24
	d.scale(r.Result)
	d.write(body("How sure this is: " + r.Confidence() + "."))
	if capped := r.Capped(); capped != "" {
		d.write(body(capped))
	}
}

// scale is the line from 0 to 100 with its four bands, the score and how far
// it could go.
func (d *doc) scale(r score.Result) {
	const height = 5.0
	at := func(n int) float64 { return margin + fullWidth*float64(n)/100 }
	for i, from := range []int{0, 40, 60, 80} {
		to := []int{40, 60, 80, 100}[i]
		d.box(at(from), d.y, at(to)-at(from), height, []int{205, 220, 235, 248}[i], 0.2)
		d.font(words{size: 8.5, grey: true})
		label := string(score.BandOf(from))
		if i < 3 {
			label += fmt.Sprintf(", %d to %d", from, to-1)
		} else {
			label += ", 80 to 100"
		}
		d.pdf.Text(at(from)+0.5, d.y+height+4.2, label)
	}
	d.pdf.SetFillColor(25, 25, 25)
	if r.Possible > r.Shown {
		d.pdf.Rect(at(r.Shown), d.y-1.6, at(r.Possible)-at(r.Shown), 0.9, "F")
		d.pdf.Rect(at(r.Possible)-0.25, d.y-2.6, 0.5, 2.6, "F")
	}
	x := at(r.Shown)
	d.pdf.Polygon([]fpdf.PointType{{X: x, Y: d.y + 0.4}, {X: x - 2, Y: d.y - 3.6}, {X: x + 2, Y: d.y - 3.6}}, "F")
	d.pdf.Rect(x-0.3, d.y, 0.6, height, "F")
	d.y += height + 6
}

func (r Report) pdfDomains(d *doc) error {
	if len(r.Domains) == 0 {
		return nil
	}
	height := 10 + 8.5*float64(len(r.Domains))
	d.room(height + 14)
	d.write(below("By domain"))
	svg, err := domainBars(r.Domains, fullWidth, height)
	if err != nil {
		return err
	}
	if err := d.chart(svg, height); err != nil {
		return err
	}
	for _, domain := range r.Domains {
		if domain.Possible > domain.Shown {
			d.write(small("Light: how far it could go if what nobody knew were a yes."))
			break
		}
	}
	return nil
}

// about is who does an action and what it takes.
func (a Action) about() string {
	parts := []string{a.FixedBy.Word(), a.Takes()}
	if a.Decide {
		parts = append(parts, "the owner decides first")
	}
	return strings.Join(parts, " · ")
}

// side is a line about who does something: the mark of the trade stands
// before it.
func side(s content.Side, indent float64, text string) words {
	return words{text: text, size: 9.5, grey: true, trade: s, indent: indent + 4.5, above: 0.6}
}

// trade draws the mark of a trade: a disc for IT support, a diamond for
// security, half a disc for both.
func (d *doc) trade(s content.Side, x, y float64) {
	d.pdf.SetFillColor(60, 60, 60)
	d.pdf.SetDrawColor(60, 60, 60)
	d.pdf.SetLineWidth(0.25)
	switch s {
	case content.IT:
		d.pdf.Circle(x, y, 1.2, "FD")
	case content.Both:
		d.pdf.Circle(x, y, 1.2, "D")
		d.pdf.Arc(x, y, 1.2, 1.2, 0, 90, 270, "F")
	default:
		d.pdf.Polygon([]fpdf.PointType{{X: x, Y: y - 1.6}, {X: x + 1.4, Y: y}, {X: x, Y: y + 1.6}, {X: x - 1.4, Y: y}}, "FD")
	}
}
