package slack

import (
	"secadvisor/bot"
)

// rowOf is how many buttons stand in one row before it wraps.
const rowOf = 5

// buttons draws a row; what is behind "More" stands behind dots, or in a
// menu if it is longer than dots can hold.
func (d *drawing) buttons(items []bot.Button) {
	shown := make([]any, 0, len(items))
	var more choicesOf
	behind := 0
	for _, b := range items {
		if b.More {
			behind++
		}
	}
	for _, b := range items {
		value := b.Action.String()
		if b.More && behind > 1 && more.add(b.Label, value) {
			continue
		}
		if len(value) <= maxValue {
			shown = append(shown, d.button(b, value))
		}
	}
	if e := more.element("More"); e != nil {
		e.ActionID = d.id()
		if len(shown) == 0 && d.beside(e) {
			return
		}
		shown = append(shown, e)
	}
	for len(shown) > 0 {
		n := min(len(shown), rowOf+1)
		d.add(block{Type: "actions", Elements: shown[:n:n]})
		shown = shown[n:]
	}
}

// beside puts what is behind "More" at the end of the row of buttons above, and
// reports whether there is one: dots in a row of their own say nothing.
func (d *drawing) beside(more *element) bool {
	last := len(d.blocks) - 1
	if last < 0 || d.blocks[last].Type != "actions" {
		return false
	}
	above := d.blocks[last].Elements
	if e, _ := above[len(above)-1].(*element); e == nil || e.Type != "button" {
		return false
	}
	d.blocks[last].Elements = append(above[:len(above):len(above)], more)
	return true
}

func (d *drawing) button(b bot.Button, value string) *element {
	e := &element{Type: "button", ActionID: d.id(), Text: words(label(b.Label, b.Action.Verb, maxLabel)), Value: value}
	if b.Main {
		e.Style = "primary"
	}
	if b.Vanishes {
		e.ActionID = vanishing + e.ActionID
	}
	return e
}

// menu draws a choice of many; what does not fit into an option is a button.
func (d *drawing) menu(m bot.Menu) {
	if !blank(m.Prompt) {
		d.paragraphs(bot.Visible(m.Prompt))
	}
	var open choicesOf
	var shown []any
	for _, b := range m.Options {
		value := b.Action.String()
		switch {
		case open.add(b.Label, value):
		case len(open.options) == maxOptions:
			d.choose(open)
			open = choicesOf{}
			open.add(b.Label, value)
		case len(value) <= maxValue:
			shown = append(shown, d.button(b, value))
		}
	}
	d.choose(open)
	for len(shown) > 0 {
		n := min(len(shown), rowOf)
		d.add(block{Type: "actions", Elements: shown[:n:n]})
		shown = shown[n:]
	}
}

func (d *drawing) choose(c choicesOf) {
	if len(c.options) > 0 {
		e := &element{Type: "static_select", ActionID: d.id(), Placeholder: words("Choose"), Options: c.options}
		d.add(block{Type: "actions", Elements: []any{e}})
	}
}

// choicesOf are the options of one menu. Slack refuses two of the same value.
type choicesOf struct {
	options []option
	known   map[string]bool
}

// add reports whether the option stands in the menu now.
func (c *choicesOf) add(name, value string) bool {
	switch {
	case c.known[value]:
		return true
	case len(value) > maxOptionValue || len(c.options) == maxOptions:
		return false
	}
	if c.known == nil {
		c.known = map[string]bool{}
	}
	c.known[value] = true
	c.options = append(c.options, option{words(label(name, "", maxOptionText)), value})
	return true
}

// element is the rest of a row: dots for a few, a menu for many, and for one
// that is left of several that were the same, because dots need two; nil for
// none.
func (c *choicesOf) element(called string) *element {
	switch n := len(c.options); {
	case n == 0:
		return nil
	case n >= 2 && n <= maxOverflow:
		return &element{Type: "overflow", Options: c.options}
	}
	return &element{Type: "static_select", Placeholder: words(called), Options: c.options}
}
