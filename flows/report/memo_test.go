package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func memo(lines int) Memo {
	m := Memo{Title: "A quarter", Under: "March to June", Notice: "Share it deliberately.", Day: today, Foot: "A quarter · 2 March 2026",
		Parts: []Part{{Title: "Who owns what", None: "Nobody has anything yet."}}}
	for i := range 4 {
		p := Part{Title: fmt.Sprintf("Part %d", i)}
		for j := range lines {
			p.Lines = append(p.Lines, fmt.Sprintf("Line %d of part %d, which is long enough to need a second line on the page, as such lines often do when they tell something", j, i))
		}
		m.Parts = append(m.Parts, p)
	}
	return m
}

func TestAMemoIsOnePageAndSaysWhatItLeavesOut(t *testing.T) {
	for _, lines := range []int{1, 4, 20, 100} {
		d := memo(lines).fitted(func(d *doc) { d.pdf.SetCompression(false) })
		var b bytes.Buffer
		if err := d.pdf.Output(&b); err != nil {
			t.Fatal(err)
		}
		got := strings.Join(strings.Fields(texts(t, b.Bytes())), " ")
		if n := d.pdf.PageCount(); n != 1 {
			t.Errorf("%d lines: %d pages", lines, n)
		}
		for _, want := range []string{"A quarter", "March to June", "Share it deliberately.", "Nobody has anything yet.", "Line 0 of part 3", "page 1 of 1"} {
			if !strings.Contains(got, want) {
				t.Errorf("%d lines: it does not say %q", lines, want)
			}
		}
		if left := strings.Contains(got, " more "); left != (lines > 4) {
			t.Errorf("%d lines: it says that something is left out: %v\n%s", lines, left, got)
		}
	}
}

func TestTheSameMemoGivesTheSameBytes(t *testing.T) {
	a, err := memo(7).PDF()
	if err != nil {
		t.Fatal(err)
	}
	b, err := memo(7).PDF()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) || !bytes.HasPrefix(a, []byte("%PDF")) {
		t.Errorf("%d and %d bytes differ, or are no PDF", len(a), len(b))
	}
}
