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
	text = start(text)
	if strings.Contains(text, "<") {
		text = unlink(text)
	}
	if strings.Contains(text, "&") {
		text = unescape.Replace(text)
	}
	return clean(text)
}

// clean is plain for what Slack hands over as it was typed, as in a form.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(visible, start(text)))
}

// cleanLines is clean for text of several lines: they stay.
func cleanLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(start(text), "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func start(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
	}
	return strings.ToValidUTF8(text, "")
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func visible(r rune) rune {
	switch {
	case r < unicode.MaxASCII && r >= ' ':
		return r
	case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029':
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
		if !labelled || label == "" {
			label = unnamed(target)
		}
		b.WriteString(label)
		text = after
	}
}

// unnamed is a word for what Slack gave without a name.
func unnamed(target string) string {
	switch {
	case strings.HasPrefix(target, "@"):
		return "somebody"
	case strings.HasPrefix(target, "#"):
		return "a channel"
	case strings.HasPrefix(target, "!"):
		return "everybody"
	}
	return strings.TrimPrefix(target, "mailto:")
}
