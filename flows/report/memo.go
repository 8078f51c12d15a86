package report

import (
	"bytes"
	"fmt"
	"time"
)

// Memo is one page of lists under headings, to be handed on.
type Memo struct {
	Title  string
	Under  string // below the title: the period, what it is
	Notice string // how to treat it, in a box of its own
	Day    time.Time
	Parts  []Part
	Foot   string
}

// Part is one list of a memo.
type Part struct {
	Title string
	Lines []string
	None  string // what stands there without lines
}

// PDF prints a memo on one page of A4: where a list is too long for it, it
// says how many lines are left out. The same memo gives the same bytes.
func (m Memo) PDF() ([]byte, error) {
	d := m.fitted(func(*doc) {})
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("memo as PDF: %w", err)
	}
	return b.Bytes(), nil
}

// fitted lays it out with as many lines of each part as one page takes.
// settle may change how it is written.
func (m Memo) fitted(settle func(*doc)) *doc {
	most := 0
	for _, p := range m.Parts {
		most = max(most, len(p.Lines))
	}
	most = min(most, mostLines)
	d := m.doc(most, settle)
	for ; d.pdf.PageCount() > 1 && most > 1; most-- {
		d = m.doc(most-1, settle)
	}
	d.feet(m.Foot)
	return d
}

// mostLines of one part have room on a page at all.
const mostLines = 40

// doc lays it out with at most so many lines of each part.
func (m Memo) doc(most int, settle func(*doc)) *doc {
	d := newDoc(Report{Title: m.Title, Day: m.Day})
	settle(d)
	d.pdf.SetSubject(d.legible(m.Notice), true)
	d.write(words{text: m.Title, size: 19, bold: true}, words{text: m.Under, size: 10.5, grey: true, above: 1.5})
	d.notice(m.Notice)
	for _, p := range m.Parts {
		all := []words{{text: p.Title, size: 11, bold: true, above: 3.5}}
		if len(p.Lines) == 0 {
			all = append(all, words{text: p.None, size: 9.5, grey: true, above: 0.6})
		}
		for _, line := range p.Lines[:min(most, len(p.Lines))] {
			all = append(all, words{text: line, size: 9.5, mark: "–", indent: 5, above: 0.6})
		}
		if n := len(p.Lines) - most; n > 0 {
			all = append(all, words{text: fmt.Sprintf("and %d more", n), size: 9.5, grey: true, indent: 5, above: 0.6})
		}
		d.write(all...)
	}
	return d
}

// notice is a box that says how to treat a paper.
func (d *doc) notice(text string) {
	w := words{text: text, size: 9.5, indent: 4, width: fullWidth - 8}
	height := 5 + float64(len(d.lines(w)))*w.line()
	d.y += 3
	d.box(margin, d.y, fullWidth, height, 243, 0.3)
	d.y += 1.6
	d.write(w)
	d.y += 4
}
