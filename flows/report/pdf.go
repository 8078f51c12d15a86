package report

import (
	"bytes"
	_ "embed"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-analyze/charts"

	"secadvisor/flows/prose"
)

// The fonts have Latin, Greek and Cyrillic letters, and the charts are
// measured with the first. A page holds only the letters that it uses.
var (
	//go:embed fonts/NotoSansDisplay-Medium.ttf
	fontMedium []byte
	//go:embed fonts/NotoSansDisplay-ExtraBold.ttf
	fontBold []byte
)

// PDF prints a report as pages of A4. The first is a summary that can stand
// alone. The same report gives the same bytes.
func (r Report) PDF() ([]byte, error) {
	d, err := r.doc(func(*doc) {})
	if err != nil {
		return nil, fmt.Errorf("report as PDF: %w", err)
	}
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("report as PDF: %w", err)
	}
	return b.Bytes(), nil
}

// doc lays all pages out. settle may change how they are written.
func (r Report) doc(settle func(*doc)) (*doc, error) {
	d := newDoc(r)
	settle(d)
	for _, part := range []func(*doc) error{
		r.pdfFirst, r.pdfScore, r.pdfActions, r.pdfUnknown, r.pdfTrend, r.pdfAnswers, r.pdfNotAsked, r.pdfReferences,
	} {
		if err := part(d); err != nil {
			return nil, err
		}
	}
	d.feet(r.Title + named(r.Company) + " · " + prose.Day(r.Day) + " · share deliberately")
	return d, nil
}

// Millimetres of a page.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 20.0
	bottom                = pageHeight - 20
	fullWidth             = pageWidth - 2*margin
)

// doc is a PDF that grows downwards.
type doc struct {
	pdf     *fpdf.Fpdf
	y       float64 // where the next thing stands
	has     func(rune) bool
	skipped bool // some text is in a writing that the fonts do not have
}

func newDoc(r Report) *doc {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(r.Day)
	pdf.SetModificationDate(r.Day)
	pdf.SetProducer("secadvisor", true)
	pdf.SetLang("en")
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes("sans", "", fontMedium)
	pdf.AddUTF8FontFromBytes("sans", "B", fontBold)
	font := charts.GetFont(charts.FontFamilyNotoSans) // the same
	d := &doc{pdf: pdf, has: func(c rune) bool { return c < 0x10000 && font.Index(c) != 0 }}
	pdf.SetTitle(d.legible(r.Title+named(r.Company)+", "+prose.Day(r.Day)), true)
	pdf.SetSubject(sensitive+" "+noAudit, true)
	d.page()
	return d
}

func (d *doc) page() {
	d.pdf.AddPage()
	d.y = margin
}

// room starts a page where less than this many millimetres are left.
func (d *doc) room(height float64) {
	if d.y+height > bottom && d.y > margin {
		d.page()
	}
}
