package slack

import (
	"strings"
	"unicode/utf8"
)

// Slack's limits, in characters or items.
const (
	maxBlocks      = 50   // https://docs.slack.dev/reference/block-kit/blocks
	maxFormBlocks  = 100  // https://docs.slack.dev/surfaces/modals
	maxSection     = 3000 // https://docs.slack.dev/reference/block-kit/blocks/section-block
	maxFieldText   = 2000
	maxFields      = 10
	maxHeader      = 150 // https://docs.slack.dev/reference/block-kit/blocks/header-block
	maxContextText = 3000
	maxButtons     = 25 // https://docs.slack.dev/reference/block-kit/blocks/actions-block
	maxLabel       = 75 // https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxValue       = 2000
	maxOptions     = 100 // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
	maxOptionText  = 75
	maxOverflow    = 5 // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
	maxOptionValue = 150
	maxModalTitle  = 24
	maxMetadata    = 3000
	maxPlaceholder = 150
	maxInputLabel  = 2000
	maxGist        = 3000

	// The sum of all text of a message is limited, without documentation.
	// https://github.com/slackapi/bolt-js/issues/2867
	maxTotal = 9000
)

// cut shortens a text to a number of characters; an ellipsis says that it
// was.
func cut(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// fit makes any message one that Slack takes: what is too long is cut, what
// is too much is left out with a word about it, and empty parts vanish.
func fit(blocks []block) []block {
	var out []block
	total := 0
	ids := map[string]bool{}
	for _, b := range blocks {
		if !shape(&b) {
			continue
		}
		size := weigh(b)
		full := len(out) >= maxBlocks-2 || total+size > maxTotal
		if full && b.Type != "actions" {
			if n := len(out); n == 0 || out[n-1].ID != "cut" {
				if !ids["cut"] {
					out = append(out, leftOut)
					ids["cut"] = true
				}
			}
			continue
		}
		if len(out) >= maxBlocks-1 {
			continue
		}
		total += size
		out = append(out, b)
	}
	return out
}

// leftOut says that a message was longer.
var leftOut = block{Type: "context", ID: "cut", Elements: []any{words("There is more than fits into one message.")}}

// shape cuts the parts of a block; false if nothing of it remains.
func shape(b *block) bool {
	switch b.Type {
	case "header":
		b.Text.Text = cut(b.Text.Text, maxHeader)
		return b.Text.Text != ""
	case "section":
		if b.Text != nil {
			b.Text.Text = cut(b.Text.Text, maxSection)
		}
		b.Fields = b.Fields[:min(len(b.Fields), maxFields)]
		for i := range b.Fields {
			b.Fields[i].Text = cut(b.Fields[i].Text, maxFieldText)
		}
		return len(b.Fields) > 0 || b.Text != nil && b.Text.Text != ""
	case "context":
		return len(b.Elements) > 0 && weigh(*b) > 0
	case "actions":
		b.Elements = b.Elements[:min(len(b.Elements), maxButtons)]
		return len(b.Elements) > 0
	}
	return true
}

// weigh counts the characters of a block's text.
func weigh(b block) int {
	n := 0
	if b.Text != nil {
		n += utf8.RuneCountInString(b.Text.Text)
	}
	for _, f := range b.Fields {
		n += utf8.RuneCountInString(f.Text)
	}
	for _, e := range b.Elements {
		switch e := e.(type) {
		case *text:
			n += utf8.RuneCountInString(e.Text)
		case element:
			if e.Text != nil {
				n += utf8.RuneCountInString(e.Text.Text)
			}
			for _, o := range e.Options {
				n += utf8.RuneCountInString(o.Text.Text)
			}
		case rich:
			for _, r := range e.Elements {
				n += utf8.RuneCountInString(r.Text)
			}
		}
	}
	return n
}
