package report

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

var today = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// all is a report of a pack where every question got the same kind of
// answer, 0 to 3 for yes to don't know, with earlier runs.
func all(t testing.TB, id string, kind, earlier int) Input {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	pack, found := lib.Pack(id)
	if !found {
		t.Fatalf("there is no pack %s", id)
	}
	in := Input{Lib: lib, Pack: pack, At: today, Answers: answers(lib, pack, today, kind), Profile: company.Profile{Size: company.UpTo249}}
	for i := range earlier {
		at := today.AddDate(0, -3*(i+1), 0)
		in.Earlier = append(in.Earlier, Run{at, answers(lib, pack, at, i%4)})
	}
	return in
}

func answers(lib *content.Library, pack content.Pack, at time.Time, kind int) map[string]company.Answer {
	all := map[string]company.Answer{}
	for _, pq := range pack.Questions {
		q := lib.Questions[pq.ID]
		value := []string{score.Yes, score.Partly, score.No, score.DontKnow}[kind]
		switch {
		case kind == 3:
		case q.Kind == content.Date:
			value = []string{at.Format(score.DayFormat), at.AddDate(0, 0, -pq.StalenessDays-1).Format(score.DayFormat), score.Never}[kind]
		case q.Kind == content.Choice:
			value = q.Choices[min(kind, len(q.Choices)-1)].ID
		}
		all[pq.ID] = company.Answer{Value: value, At: at, Revision: q.Revision, Note: "Żaneta zobaczyła: Всё готово, ναι"}
	}
	return all
}

// texts are the lines of a PDF, one after the other; it must not be
// compressed.
func texts(t testing.TB, body []byte) string {
	t.Helper()
	out := ""
	for {
		_, rest, found := bytes.Cut(body, []byte(" Td ("))
		if !found {
			return out
		}
		end := bytes.Index(rest, []byte(") Tj ET"))
		raw := strings.NewReplacer(`\\`, `\`, `\(`, "(", `\)`, ")", `\r`, "\r").Replace(string(rest[:end]))
		var units []uint16
		for i := 0; i+1 < len(raw); i += 2 {
			units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
		}
		out += string(utf16.Decode(units)) + " "
		body = rest[end:]
	}
}

// open is a report's PDF without compression, and how many pages it has.
func open(t testing.TB, r Report) (string, int) {
	t.Helper()
	d, err := r.doc(func(d *doc) { d.pdf.SetCompression(false) })
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	return texts(t, b.Bytes()), d.pdf.PageCount()
}

func TestAPDFSaysAllThatTheReportKnows(t *testing.T) {
	r := Build(all(t, "quarterly-essentials", 1, 3))
	got, _ := open(t, r)
	want := []string{"Quarterly essentials", "2 March 2026", sensitive, noAudit, fmt.Sprint(r.Result.Shown), prose.Sentence(string(r.Result.Band)), r.Confidence(), r.Capped(), r.Share(), r.Trend.Line(), r.Approach.Title, "Żaneta zobaczyła: Всё готово, ναι"}
	for _, d := range r.Domains {
		want = append(want, fmt.Sprintf("%s: %d, %s", d.Title, d.Shown, score.BandOf(d.Shown)))
	}
	for _, a := range r.Actions {
		want = append(want, a.Says(), a.FixedBy.Word(), a.Why, a.Steps[0].Text)
	}
	for _, p := range r.Trend.Points {
		want = append(want, prose.Day(p.Day), p.Day.Format("Jan 06"))
	}
	for _, l := range r.Answers {
		want = append(want, l.Ask)
	}
	for _, f := range r.References {
		want = append(want, f.Name+", version "+f.Version, f.Rights, f.Points[0].ID)
	}
	for _, text := range append(want, r.NotAsked...) {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), text) {
			t.Errorf("the PDF does not say %q", text)
		}
	}
	unknown := Build(all(t, "quick-check", 3, 0))
	got, _ = open(t, unknown)
	for _, u := range unknown.Unknown {
		if !strings.Contains(got, "Ask "+u.Whom) {
			t.Errorf("the PDF does not say to ask %s", u.Whom)
		}
	}
	for _, d := range unknown.Domains {
		if label := fmt.Sprintf("%s: 0, act now", d.Title); !strings.Contains(got, label) {
			t.Errorf("the PDF does not say %q", label)
		}
	}
	if !strings.Contains(got, "first run that is kept") {
		t.Error("the PDF does not say that there is nothing to compare with")
	}
}

func TestTheSummarySaysWhatMatters(t *testing.T) {
	r := Build(all(t, "insurance-readiness", 3, 3))
	d := newDoc(r)
	d.pdf.SetCompression(false)
	if err := r.pdfFirst(d); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	got := texts(t, b.Bytes())
	want := []string{r.Title, prose.Day(r.Day), sensitive, noAudit, "0 ", "Act now", "of 100" + r.upTo(), r.Confidence(), r.Share(), r.Trend.Line(), "Light: how far it could go"}
	for _, a := range r.Actions[:3] {
		want = append(want, a.Says(), a.about())
	}
	for _, text := range want {
		if !strings.Contains(got, text) {
			t.Errorf("the first page does not say %q:\n%s", text, got)
		}
	}
	if strings.Contains(got, r.Actions[3].Says()) {
		t.Error("there are more than three actions on the first page")
	}
}

// Whatever the page breaks, no note stands alone at the head of a page.
func TestANoteStandsWithItsQuestion(t *testing.T) {
	for lines := range 12 {
		in := all(t, "quarterly-essentials", 1, 0)
		for id, a := range in.Answers {
			a.Note = strings.Repeat("word ", 1+12*lines)
			in.Answers[id] = a
		}
		d, err := Build(in).doc(func(d *doc) { d.pdf.SetCompression(false) })
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := d.pdf.Output(&b); err != nil {
			t.Fatal(err)
		}
		for page := range bytes.SplitSeq(b.Bytes(), []byte("endstream")) {
			if strings.HasPrefix(texts(t, page), "Note: ") {
				t.Errorf("notes of %d words: one begins a page", 1+12*lines)
			}
		}
	}
}

func TestATrendThatCannotBeComparedIsSaid(t *testing.T) {
	in := all(t, "quick-check", 1, 15)
	if got, _ := open(t, Build(in)); !strings.Contains(got, "Older runs that are left out: 3.") {
		t.Error("nobody is told of older runs")
	}
	for _, run := range in.Earlier {
		for id, a := range run.Answers {
			a.Revision++
			run.Answers[id] = a
		}
	}
	got, _ := open(t, Build(in))
	if !strings.Contains(got, "not comparable") || !strings.Contains(got, "Here they do not") || strings.Contains(got, "Today, on the same questions") {
		t.Errorf("nothing is comparable, and the PDF says: %s", got)
	}
}

func TestACheckOfTheProviderWithoutATopicHasNoVerdict(t *testing.T) {
	in := all(t, content.ProviderCheck, 0, 0)
	got, _ := open(t, Build(in))
	if !strings.Contains(got, "What the answers of your IT provider tell") {
		t.Error("there is no verdict")
	}
	in.Pack.Questions = slices.DeleteFunc(slices.Clone(in.Pack.Questions), func(q content.PackQuestion) bool { return q.ID == "itp-current" })
	if r := Build(in); r.Verdict != nil || !r.Result.Complete {
		t.Errorf("%+v", r.Verdict)
	}
}

// The summary stands alone on one page, however bad things are.
func TestTheSummaryIsOnePage(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	for _, pack := range lib.Packs {
		for kind := range 4 {
			in := all(t, pack.ID, kind, 2)
			in.Company = strings.Repeat("Amalgamated Long Names of the World and ", 3) + "Sons"
			r := Build(in)
			d := newDoc(r)
			if err := r.pdfFirst(d); err != nil {
				t.Fatal(err)
			}
			if d.pdf.PageCount() != 1 || d.y > bottom {
				t.Errorf("%s, answer %d: the summary ends on page %d at %.0f mm", pack.ID, kind, d.pdf.PageCount(), d.y)
			}
		}
	}
}

func TestTheSameReportIsTheSameBytes(t *testing.T) {
	in := all(t, "insurance-readiness", 1, 12)
	first, err := Build(in).PDF()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(first, []byte("(D:20260302000000")) {
		t.Error("the PDF is dated by the clock")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			r := Build(in)
			again, err := r.PDF()
			if err != nil || !bytes.Equal(first, again) {
				t.Errorf("the PDF differs: %v", err)
			}
			if !bytes.Equal(r.JSON(), Build(in).JSON()) {
				t.Error("the JSON differs")
			}
		})
	}
	all.Wait()
}

// Nothing runs out of the page, and no page is empty.
func TestPDFsOfEveryPackAndEveryKindOfAnswer(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	for _, pack := range lib.Packs {
		for kind := range 4 {
			in := all(t, pack.ID, kind, kind*4)
			if kind == 2 {
				delete(in.Answers, pack.Questions[0].ID)
			}
			long := in.Answers[pack.Questions[1].ID]
			long.Note = strings.Repeat("x", 1500) + strings.Repeat(" 東京 مرحبا 😀", 50)
			in.Answers[pack.Questions[1].ID] = long
			body, err := Build(in).PDF()
			if err != nil || len(body) > 300_000 {
				t.Errorf("%s, answer %d: %d bytes, %v", pack.ID, kind, len(body), err)
			}
		}
	}
}

func TestLegible(t *testing.T) {
	d := newDoc(Report{Title: "x", Day: today})
	for text, want := range map[string]string{
		"Zürich, Łódź, Tiếng Việt":  "Zürich, Łódź, Tiếng Việt",
		"Αθήνα Москва":              "Αθήνα Москва",
		"“seen” – by 2 people, 5 €": "“seen” – by 2 people, 5 €",
		"備份完成 in the NAS":           "[4 characters in Chinese writing] in the NAS",
		"東京の支店":                     "[5 characters in Japanese writing]",
		"한국어 텍스트.":                  "[6 characters in Korean writing].",
		"שלום עולם":                 "[8 characters in Hebrew writing]",
		"done 👍🏽 ok":                "done [2 symbols] ok",
		"👨‍👩‍👧":                     "[3 symbols]",
		"สวัสดี":                    "[6 characters in Thai writing]",
		"a\u202eb\u200bc\x1b":       "abc",
		"":                          "",
	} {
		if got := d.legible(text); got != want {
			t.Errorf("%q is printed as %q, want %q", text, got, want)
		}
	}
	if !d.skipped {
		t.Error("nobody is told that something was left out")
	}
}

// strokes writes down what is drawn.
type strokes []string

func (s *strokes) path(points []point, closed bool, st style) {
	*s = append(*s, fmt.Sprint("path ", points, closed, st))
}
func (s *strokes) circle(x, y, r float64, st style) {
	*s = append(*s, fmt.Sprint("circle ", x, y, r, st))
}
func (s *strokes) letters(x, y, size float64, text string, st style) {
	*s = append(*s, fmt.Sprint("text ", x, y, size, text, st))
}

func TestChartsAreDrawn(t *testing.T) {
	var got strokes
	err := drawSVG(&got, []byte(`<svg viewBox="0 0 9 9"><path d="M 1 2
L 3 4
L 5 6
Z
M 7 8
L 9 9" style="stroke-width:2;stroke:rgb(1,2,3);fill:none"/><circle cx="1" cy="2" r="3.5" style="stroke:none;fill:white"/><text x="4" y="5" style="fill:rgb(9,9,9);font-size:16.5px">5 &lt; 6</text></svg>`))
	want := strokes{
		"path [{1 2} {3 4} {5 6}] true { rgb(1,2,3) 2}", "path [{7 8} {9 9}] false { rgb(1,2,3) 2}",
		"circle 1 2 3.5 {white  0}", "text 4 5 16.55 < 6{rgb(9,9,9)  0}",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestChartsThatCannotBeDrawnAreRefused(t *testing.T) {
	d := newDoc(Report{Title: "x", Day: today})
	for name, svg := range map[string]string{
		"an element": `<svg><rect x="1"/></svg>`,
		"a curve":    `<svg><path d="M 1 1 C 1 1 2 2 3 3"/></svg>`,
		"half":       `<svg><path d="M 1"/></svg>`,
		"no number":  `<svg><path d="M 1 x"/></svg>`,
		"not closed": `<svg><path d="M 1 1"/>`,
	} {
		if err := drawSVG(canvas{d, 0, 0}, []byte(svg)); err == nil {
			t.Errorf("%s is drawn", name)
		}
	}
}

// All that is ever allocated for a report of the largest pack with twelve
// earlier runs stays below what it may need at a time.
func TestALargeReportNeedsLittleMemory(t *testing.T) {
	const most = 60 << 20
	in := all(t, "quarterly-essentials", 1, 12)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Build(in).PDF(); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > most {
		t.Errorf("%d MB were allocated, want %d at most", got>>20, most>>20)
	}
}

// A report of the largest pack with twelve earlier runs: at most 300 ms and
// 60 MB.
func BenchmarkPDF(b *testing.B) {
	in := all(b, "quarterly-essentials", 1, 12)
	b.ReportAllocs()
	for b.Loop() {
		body, err := Build(in).PDF()
		if err != nil || len(body) == 0 {
			b.Fatal(err)
		}
	}
}
