package fakeslack

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Control is something in a message or form that a person can use.
type Control struct {
	Type     string // "button", "static_select", "plain_text_input", ...
	Block    string // block_id
	Action   string // action_id
	Label    string // of a button or an input; what an empty menu says
	Value    string // of a button
	Options  []string
	Optional bool // it may be left as it is
	element  *element
	raw      map[string]any
}

// Controls lists what a person can use in a message, in order.
func (m Message) Controls() []Control { return controls(withIDs(m.Blocks, m.seed())) }

// Buttons lists the labels of the buttons in a message, in order.
func (m Message) Buttons() []string { return buttons(m.Controls()) }

// Button finds a button by its label.
func (m Message) Button(label string) (Control, bool) { return button(m.Controls(), label) }

// Options lists what the menus of a message offer, in order.
func (m Message) Options() []string { return options(m.Controls()) }

// Shown is what a person reads of a message, a line for each part; buttons
// stand in brackets.
func (m Message) Shown() string {
	if empty(m.Blocks) {
		return m.Text
	}
	return shown(m.Blocks)
}

// Controls lists what a person can use in a form or Home, in order.
func (v View) Controls() []Control { return controls(withIDs(v.Blocks, v.Root)) }

// Buttons lists the labels of the buttons, in order.
func (v View) Buttons() []string { return buttons(v.Controls()) }

// Shown is what a person reads of a form or Home.
func (v View) Shown() string { return strings.TrimPrefix(v.Title+"\n"+shown(v.Blocks), "\n") }

// seed names one version of a message, for the ids that Slack makes up.
func (m Message) seed() string { return m.TS + "/" + strconv.Itoa(len(m.Edits)) }

func controls(identified []any) []Control {
	var all []Control
	raw, _ := json.Marshal(identified)
	blocks, err := readBlocks(raw)
	if err != nil {
		return nil
	}
	for i, b := range blocks {
		fields := identified[i].(map[string]any)
		for j, e := range b.elements() {
			c := Control{Type: e.Type, Block: b.BlockID, Action: e.ActionID, Value: string(e.Value), Optional: b.Type != "input" || b.Optional, element: e}
			switch {
			case b.Accessory == e:
				c.raw, _ = fields["accessory"].(map[string]any)
			case b.Element == e:
				c.raw, _ = fields["element"].(map[string]any)
			default:
				c.raw, _ = fields["elements"].([]any)[j].(map[string]any)
			}
			c.Label = e.Text.words() + e.Placeholder.words()
			if b.Element == e {
				c.Label = b.Label.words()
			}
			for _, o := range e.options() {
				c.Options = append(c.Options, o.Text.words())
			}
			all = append(all, c)
		}
	}
	return all
}

func buttons(all []Control) []string {
	var labels []string
	for _, c := range all {
		if c.Type == "button" {
			labels = append(labels, c.Label)
		}
	}
	return labels
}

func button(all []Control, label string) (Control, bool) {
	i := slices.IndexFunc(all, func(c Control) bool { return c.Type == "button" && c.Label == label })
	if i < 0 {
		return Control{}, false
	}
	return all[i], true
}

func options(all []Control) []string {
	var texts []string
	for _, c := range all {
		texts = append(texts, c.Options...)
	}
	return texts
}

// menuWith finds the menu that offers an option, or takes such a value.
func menuWith(all []Control, chosen string) (Control, bool) {
	for _, c := range all {
		if slices.Contains(c.Options, chosen) {
			return c, true
		}
	}
	for _, c := range all {
		if _, err := c.choose(chosen); err == nil && c.Type != "button" && len(c.Options) == 0 {
			return c, true
		}
	}
	return Control{}, false
}
