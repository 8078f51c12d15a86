package report

import (
	"fmt"
	"strings"
	"unicode"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// legible is a text as the fonts can print it. Letters that they lack, all
// that run from right to left among them, are named in square brackets: an
// empty box or a letter that looks like another would be worse.
func (d *doc) legible(s string) string {
	var out strings.Builder
	var missing []rune
	flush := func() {
		if len(missing) > 0 {
			d.skipped = true
			out.WriteString(inBrackets(missing))
			missing = nil
		}
	}
	for _, c := range plain(s) {
		switch {
		case c == '\u00a0':
			c = ' '
		case bot.Hidden(c):
			continue // it shapes what the fonts lack
		case !d.has(c):
			missing = append(missing, c)
			continue
		}
		if c == ' ' && len(missing) > 0 {
			missing = append(missing, c)
			continue
		}
		if len(missing) > 0 && missing[len(missing)-1] == ' ' {
			missing = missing[:len(missing)-1]
			flush()
			out.WriteByte(' ')
		}
		flush()
		out.WriteRune(c)
	}
	missing = []rune(strings.TrimRight(string(missing), " "))
	flush()
	return out.String()
}

// inBrackets names what cannot be printed: "[4 characters in Arabic
// writing]".
func inBrackets(missing []rune) string {
	n, writing := 0, ""
	for _, c := range missing {
		if c == ' ' {
			continue
		}
		n++
		if name := writingOf(c); writing == "" || name == "Japanese" {
			writing = name
		}
	}
	if writing == "" {
		return "[" + prose.Count(n, "symbol", "symbols") + "]"
	}
	return fmt.Sprintf("[%s in %s writing]", prose.Count(n, "character", "characters"), writing)
}

// writingOf is the writing that a letter belongs to; empty: it is a symbol.
func writingOf(c rune) string {
	switch {
	case unicode.Is(unicode.Han, c):
		return "Chinese"
	case unicode.In(c, unicode.Hiragana, unicode.Katakana):
		return "Japanese"
	case unicode.Is(unicode.Hangul, c):
		return "Korean"
	}
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(table, c) {
			return strings.ReplaceAll(name, "_", " ")
		}
	}
	return ""
}
