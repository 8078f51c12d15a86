package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostLabel is how many characters a button holds: Slack takes 75.
// https://docs.slack.dev/reference/block-kit/block-elements/button-element
const mostLabel = 75

// Label shortens what stands on a button.
func Label(text string) string { return Clip(text, mostLabel) }

// Clip shortens a text to so many characters, with a sign that it goes on.
func Clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}

// Plain is what somebody typed, as one line without anything that cannot be
// seen, and at most so many characters, so that it can stand in the middle of
// our own words.
func Plain(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || r == utf8.RuneError:
			return ' '
		case unicode.Is(unicode.Cf, r): // marks of direction, soft hyphens, joiners
			return -1
		}
		return r
	}, text)
	return Clip(strings.Join(strings.Fields(text), " "), most)
}
