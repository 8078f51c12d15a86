package fakeslack

import (
	"encoding/json"
	"strings"
)

// Screen is a message as its reader sees it: a line for each part, small
// print behind a dot, the buttons of a row side by side, and what hides in a
// menu behind its label.
func (m Message) Screen() string {
	if empty(m.Blocks) {
		return m.Text
	}
	return screen(m.Blocks)
}

// Screen is a form as its reader sees it, with why it was sent back.
func (v View) Screen() string {
	all := v.Title + "\n" + screen(v.Blocks)
	for _, c := range v.Controls() {
		if why := v.Errors[c.Block]; why != "" {
			all += "\n! " + c.Label + ": " + why
		}
	}
	return all
}

// Inputs are the controls of a form that are filled in, in order.
func (v View) Inputs() []Control {
	var all []Control
	for _, c := range v.Controls() {
		if c.Type != "button" && c.Type != "overflow" {
			all = append(all, c)
		}
	}
	return all
}

func screen(raw json.RawMessage) string {
	blocks, err := readBlocks(raw)
	if err != nil {
		return ""
	}
	var lines []string
	add := func(before, words string) {
		if words != "" {
			lines = append(lines, before+words)
		}
	}
	for _, b := range blocks {
		switch b.Type {
		case "header":
			add("# ", b.Text.words())
			continue
		case "divider":
			add("", "----")
			continue
		case "context":
			for _, e := range b.Elements {
				add("· ", e.shown())
			}
			continue
		case "actions":
			add("", controlsOf(b.Elements))
			continue
		}
		add("", b.Title.words())
		add("", b.Text.words())
		for _, f := range b.Fields {
			add("", f.words())
		}
		for _, row := range b.Rows {
			var cells []string
			for _, cell := range row {
				cells = append(cells, cell.shown())
			}
			add("| ", strings.Join(cells, " | "))
		}
		for _, e := range b.Elements {
			add("", e.shown())
		}
		if b.Accessory != nil {
			add("", controlsOf([]*element{b.Accessory}))
		}
		if b.Element != nil {
			add("", strings.TrimSpace(b.Label.words()+" "+controlsOf([]*element{b.Element})))
		}
		add("· ", b.Hint.words())
	}
	return strings.Join(lines, "\n")
}

// controlsOf draws controls on one line.
func controlsOf(all []*element) string {
	var drawn []string
	for _, e := range all {
		switch e.Type {
		case "button":
			drawn = append(drawn, "["+e.Text.words()+"]")
		case "image":
			drawn = append(drawn, "("+e.AltText+")")
		default:
			drawn = append(drawn, "{"+e.offers()+"}")
		}
	}
	return strings.Join(drawn, " ")
}

// offers is what a menu, picker or input shows: its label or what stands in
// it, and what can be chosen.
func (e *element) offers() string {
	words := e.Placeholder.words()
	if e.InitialOption != nil {
		words = e.InitialOption.Text.words()
	}
	if e.InitialValue != "" {
		words = string(e.InitialValue)
	}
	if words == "" {
		words = map[string]string{"overflow": "more", "users_select": "a person", "conversations_select": "a channel"}[e.Type]
	}
	var choices []string
	for _, o := range e.options() {
		choices = append(choices, o.Text.words())
	}
	if len(choices) == 0 {
		return words
	}
	return strings.TrimPrefix(words+": ", ": ") + strings.Join(choices, " | ")
}

// Initial is what stands in an input before anybody types.
func (c Control) Initial() string { return c.initial() }
