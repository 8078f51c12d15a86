package report

import (
	"fmt"
	"strings"

	"secadvisor/flows/prose"
)

// pdfTrend compares with earlier runs, or says why it does not.
func (r Report) pdfTrend(d *doc) error {
	if r.Trend == nil {
		if r.Result.Complete {
			d.section("Since earlier runs", body("This is the first run that is kept. The next one is compared with it."))
		}
		return nil
	}
	d.section("Since earlier runs", body(r.Trend.Line()))
	comparable := 0
	for _, p := range r.Trend.Points {
		if p.Comparable {
			comparable++
		}
	}
	if comparable == 0 {
		d.write(body("Runs are compared on the questions that both have, when these make up at least 60 % of today's weight. Here they do not: questions were added or changed their meaning."))
		return nil
	}
	const height = 62
	svg, err := trendBars(*r.Trend, r.Day.Format("Jan 06"), fullWidth, height)
	if err != nil {
		return err
	}
	d.y += 3
	if err := d.chart(svg, height); err != nil {
		return err
	}
	d.write(small("Each run's answers with today's weights, before knock-outs; this run dark, on all its questions. No bar: not comparable."))
	d.y += 2
	d.row(words{size: 9, bold: true}, "Run", "Then", "Today, on the same questions", "Change")
	for _, p := range r.Trend.Points {
		if !p.Comparable {
			d.row(words{size: 9}, prose.Day(p.Day), "not comparable", "", "")
			continue
		}
		d.row(words{size: 9}, prose.Day(p.Day), fmt.Sprint(p.Before), fmt.Sprint(p.Now), change(p.Now-p.Before))
	}
	if r.Trend.Left > 0 {
		d.write(small(fmt.Sprintf("Older runs that are left out: %d.", r.Trend.Left)))
	}
	for _, part := range r.changes() {
		d.list(part.title+" since "+prose.Day(r.Trend.Last().Day), part.asks)
	}
	return nil
}

// row is a line of the trend's table.
func (d *doc) row(w words, cells ...string) {
	d.room(w.line() + 1)
	d.font(w)
	d.y += w.line() + 0.6
	for i, cell := range cells {
		d.pdf.Text(margin+[]float64{0, 45, 80, 140}[i], d.y, cell)
	}
}

// pdfAnswers lists what was answered, with what is known of it.
func (r Report) pdfAnswers(d *doc) error {
	d.section("What was answered")
	d.skipped = false
	for i, l := range r.Answers {
		const right = 118.0
		ask := words{text: fmt.Sprintf("%d. %s", i+1, l.Ask), size: 9.5, width: right - 8}
		said := words{text: prose.Sentence(l.Says), size: 9.5, bold: true, width: fullWidth - right}
		about := words{text: l.about(), size: 8.5, grey: true, width: fullWidth - right}
		note := words{size: 9, grey: true, indent: 5, above: 0.5}
		if l.Answer.Note != "" {
			note.text = "Note: " + l.Answer.Note
		}
		height := max(d.height(ask), d.height(said)+d.height(about))
		d.room(height + 2.5 + note.above + d.height(note)) // a note stands with its question
		d.y += 2.5
		top := d.y
		d.column(ask, 0)
		d.y = top
		d.column(said, right)
		d.column(about, right)
		d.y = top + height
		if note.text != "" {
			d.write(note)
		}
	}
	if d.skipped {
		d.write(small("Some text is in a writing that these pages cannot print. It stands whole in the same report as CSV or JSON."))
	}
	return nil
}

// about is when a line was answered, how sure it is, and by whom.
func (l Line) about() string {
	var parts []string
	if sure := l.Sure(); sure != "" {
		parts = append(parts, sure)
	}
	if l.By != "" {
		parts = append(parts, "by "+l.By)
	}
	if day := l.day(); day != "" {
		parts = append(parts, prose.Day(l.Answer.At))
	}
	return strings.Join(parts, " · ")
}

func (d *doc) height(w words) float64 {
	if w.text == "" {
		return 0
	}
	return float64(len(d.lines(w))) * w.line()
}

// column sets a paragraph at a distance from the margin, without a new page.
func (d *doc) column(w words, left float64) {
	if w.text == "" {
		return
	}
	for _, line := range d.lines(w) {
		d.y += w.line()
		d.pdf.Text(margin+left, d.y, line)
	}
}

func change(n int) string {
	if n == 0 {
		return "the same"
	}
	return fmt.Sprintf("%+d", n)
}
