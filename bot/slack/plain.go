package slack

import (
	"strings"
	"unicode"
)

// maxText is how much of a text is read, in bytes.
const maxText = 8000

// plain is what a person typed, from what Slack made of it: links, mentions
// and entities become words again, and what cannot be seen is dropped.
// https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
func plain(text string) string {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	if strings.ContainsRune(text, '<') {
		text = unlink(text)
	}
	if strings.ContainsRune(text, '&') {
		text = unescape.Replace(text)
	}
	return strings.TrimSpace(strings.Map(visible, text))
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return ' '
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// unlink writes <address|label>, <@U1|name> and <!here> as words.
func unlink(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		b.WriteString(before)
		inside, after, closed := strings.Cut(rest, ">")
		if !found {
			return b.String()
		}
		if !closed {
			b.WriteString(rest)
			return b.String()
		}
		target, label, labelled := strings.Cut(inside, "|")
		switch {
		case labelled && label != "":
			b.WriteString(label)
		case strings.HasPrefix(target, "@") || strings.HasPrefix(target, "#") || strings.HasPrefix(target, "!"):
			b.WriteString("somebody")
		default:
			b.WriteString(target)
		}
		text = after
	}
}
