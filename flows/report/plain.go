package report

import (
	"strings"
	"unicode"
)

// plain takes out of a text what is no text: what steers a terminal, and
// what turns the direction of writing. Line breaks become spaces.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}
