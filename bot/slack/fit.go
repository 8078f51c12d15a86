package slack

import (
	"unicode/utf8"
)

// fit makes any message one that Slack takes: empty parts vanish, and of what
// is too much in sum the end is left out with a word about it. The last row
// of buttons stays: it is how a conversation goes on.
func fit(blocks []block) []block {
	out := blocks[:0]
	total := 0
	for _, b := range blocks {
		if b.empty() {
			continue
		}
		out = append(out, b)
		total += b.size()
	}
	if len(out) <= maxBlocks && total <= maxTotal {
		return out
	}
	return shorten(out)
}

func shorten(all []block) []block {
	room, total := maxBlocks-1, utf8.RuneCountInString(thereIsMore)
	var last []block
	if n := len(all) - 1; all[n].Type == "actions" {
		last, all = all[n:], all[:n]
		room, total = room-1, total+last[0].size()
	}
	var out []block
	for _, b := range all {
		if total += b.size(); total > maxTotal || len(out) == room {
			break
		}
		out = append(out, b)
	}
	out = append(out, block{Type: "context", Elements: []any{words(thereIsMore)}})
	return append(out, last...)
}

const thereIsMore = "There is more than fits into one message."

// empty reports whether nothing of a block would be seen: Slack refuses such.
func (b block) empty() bool {
	switch {
	case b.Text != nil:
		return blank(b.Text.Text)
	case b.Type == "actions":
		return len(b.Elements) == 0
	}
	for _, e := range b.Elements {
		if !blankElement(e) {
			return false
		}
	}
	return true
}

func blankElement(e any) bool {
	switch e := e.(type) {
	case *text:
		return blank(e.Text)
	case rich:
		for _, r := range e.Elements {
			if !blank(r.Text) {
				return false
			}
		}
		return true
	}
	return false
}

// size counts the characters of a block's text.
func (b block) size() int {
	n := b.Text.size()
	for _, e := range b.Elements {
		switch e := e.(type) {
		case *text:
			n += e.size()
		case *element:
			n += e.Text.size() + e.Placeholder.size()
			for _, o := range e.Options {
				n += o.Text.size()
			}
		case rich:
			for _, r := range e.Elements {
				n += utf8.RuneCountInString(r.Text)
			}
		}
	}
	return n
}

func (t *text) size() int {
	if t == nil {
		return 0
	}
	return utf8.RuneCountInString(t.Text)
}
