package prose

import (
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
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

// Plain is what somebody typed, as one line of what can be seen, and at most
// so many characters, so that it can stand in the middle of our own words.
func Plain(text string, most int) string { return Clip(bot.OneLine(text), most) }
