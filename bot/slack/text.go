package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"secadvisor/bot"
)

// cut shortens a text to a number of characters; an ellipsis says that it
// was.
func cut(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimSpace(s[:offset(s, most-1)]) + "…"
}

// offset is the number of bytes that so many characters take.
func offset(s string, characters int) int {
	for i := range s {
		if characters == 0 {
			return i
		}
		characters--
	}
	return len(s)
}

// line is a text on one line.
func line(s string) string {
	s = bot.Visible(s)
	if !strings.ContainsAny(s, "\n\t") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// label is a text on one line that is never empty and never too long.
func label(s, instead string, most int) string {
	s = line(s)
	if blank(s) {
		s = line(instead)
	}
	if blank(s) {
		s = "…"
	}
	return cut(s, most)
}

// blank reports whether nothing can be seen of a text.
func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !bot.Hidden(r) {
			return false
		}
	}
	return true
}

// split cuts a long text into parts of at most so many characters, between
// lines or words where it can.
func split(s string, most int) []string {
	var parts []string
	for len(s) > most && utf8.RuneCountInString(s) > most {
		end := offset(s, most)
		if gap := strings.LastIndexAny(s[:end], "\n "); gap > end/2 {
			end = gap
		}
		parts = append(parts, strings.TrimRight(s[:end], "\n "))
		s = strings.TrimLeft(s[end:], "\n ")
	}
	if s != "" {
		parts = append(parts, s)
	}
	return parts
}

// escape keeps a text from mentioning and linking where Slack reads marks.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return escaper.Replace(s)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
