package report

import (
	"strings"
	"unicode/utf8"

	"secadvisor/flows/content"
)

// text grows by wrapped lines.
type text struct{ strings.Builder }

// width of the text, in characters.
const width = 78

func (t *text) raw(line string) { t.WriteString(strings.TrimRight(plain(line), " ") + "\n") }
func (t *text) gap()            { t.WriteString("\n") }
func (t *text) line(s string)   { t.wrap(s, "", "") }
func (t *text) point(s string)  { t.wrap(s, "  - ", "    ") }
func (t *text) head(s string)   { t.gap(); t.line(strings.ToUpper(s)) }
func (t *text) points(all []string) {
	for _, s := range all {
		t.point(s)
	}
}

func (t *text) page(p content.Page) {
	for _, b := range p.Blocks {
		switch {
		case b.Heading != "":
			t.line(b.Heading)
		case len(b.Points) > 0:
			t.points(b.Points)
		default:
			t.line(b.Text + b.Copy)
		}
	}
}

// wrap breaks a paragraph into lines of at most width.
func (t *text) wrap(s, first, rest string) {
	line, used := first, utf8.RuneCountInString(first)
	for i, word := range strings.Fields(plain(s)) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case used+1+n > width:
			t.WriteString(line + "\n")
			line, used = rest, utf8.RuneCountInString(rest)
		default:
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	t.WriteString(line + "\n")
}
