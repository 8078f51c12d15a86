package slack

import (
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
)

// maxText is how much of a text is read, in bytes.
const maxText = 8000

// plain is what a person typed, from what Slack made of it: links, mentions
// and entities become words again, and what nobody sees is dropped.
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
	return strings.TrimSpace(spaces.Replace(bot.Visible(start(text))))
}

var spaces = strings.NewReplacer("\n", " ", "\t", " ")

// cleanLines is clean for text of several lines: they stay.
func cleanLines(text string) string {
	lines := strings.Split(bot.Visible(start(text)), "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// start is what is read of a text; a character that is cut in two is left out.
func start(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

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
