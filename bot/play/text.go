package play

import (
	"strings"

	"secadvisor/bot"
)

// Escapes that read well on light and on dark: no colour carries a meaning
// that the words do not have.
const (
	strong = "\x1b[1m"
	faint  = "\x1b[2m"
	alarm  = "\x1b[1;31m"
	reset  = "\x1b[0m"
)

func (s *screen) paint(escape, text string) string {
	if !s.style.Colour || escape == "" {
		return text
	}
	return escape + text + reset
}

func (s *screen) width() int {
	if s.style.Width > 0 {
		return max(s.style.Width, 20)
	}
	return 80
}

// wrap writes a text in lines that fit, the first after a mark, the others
// indented. Line breaks in the text are kept.
func (s *screen) wrap(text, mark, indent, escape string) {
	for i, paragraph := range strings.Split(bot.Visible(text), "\n") {
		if i > 0 {
			mark = indent
		}
		for _, line := range fold(clean(paragraph), mark, indent, s.width()) {
			s.line(s.paint(escape, line))
		}
	}
}

// fold breaks a paragraph between words.
func fold(text, mark, indent string, width int) []string {
	var lines []string
	line, empty := mark, true
	for word := range strings.FieldsSeq(text) {
		if !empty && columns(line)+1+columns(word) > width {
			lines = append(lines, line)
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	return append(lines, line)
}

// columns is how wide a text is: one a character that is seen.
func columns(text string) (n int) {
	for _, r := range text {
		if !bot.Hidden(r) {
			n++
		}
	}
	return n
}

func pad(text string, wide int) string {
	return text + strings.Repeat(" ", max(0, wide-columns(text)))
}

// clean is a text on one line, without what could act on a terminal or hide in
// it.
func clean(text string) string { return spaces.Replace(bot.Visible(text)) }

var spaces = strings.NewReplacer("\n", " ", "\t", " ")
