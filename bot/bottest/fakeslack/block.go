package fakeslack

import (
	"encoding/json"
	"strings"
)

// block is any block of Block Kit: the fields of all kinds together.
type block struct {
	Type      string      `json:"type"`
	BlockID   string      `json:"block_id"`
	Text      *text       `json:"text"`
	Fields    []*text     `json:"fields"`
	Accessory *element    `json:"accessory"`
	Elements  []*element  `json:"elements"`
	Element   *element    `json:"element"`
	Label     *text       `json:"label"`
	Hint      *text       `json:"hint"`
	Title     *text       `json:"title"`
	Optional  bool        `json:"optional"`
	ImageURL  string      `json:"image_url"`
	AltText   string      `json:"alt_text"`
	Rows      [][]element `json:"rows"`
}

// element is any element of a block.
type element struct {
	Type           string     `json:"type"`
	ActionID       string     `json:"action_id"`
	Text           *text      `json:"text"`
	Value          scalar     `json:"value"`
	URL            string     `json:"url"`
	Confirm        *confirm   `json:"confirm"`
	Placeholder    *text      `json:"placeholder"`
	Options        []*option  `json:"options"`
	OptionGroups   []*group   `json:"option_groups"`
	InitialOption  *option    `json:"initial_option"`
	InitialOptions []*option  `json:"initial_options"`
	InitialUser    string     `json:"initial_user"`
	InitialUsers   []string   `json:"initial_users"`
	InitialChannel string     `json:"initial_channel"`
	InitialConv    string     `json:"initial_conversation"`
	InitialDate    string     `json:"initial_date"`
	InitialTime    string     `json:"initial_time"`
	InitialMoment  int64      `json:"initial_date_time"`
	InitialValue   scalar     `json:"initial_value"`
	MinLength      int        `json:"min_length"`
	MaxLength      int        `json:"max_length"`
	Filter         *filter    `json:"filter"`
	ImageURL       string     `json:"image_url"`
	AltText        string     `json:"alt_text"`
	Label          string     `json:"accessibility_label"`
	Elements       []*element `json:"elements"` // of rich text
}

// filter says which conversations a menu of them offers.
type filter struct {
	Include  []string `json:"include"`
	NoShared *bool    `json:"exclude_external_shared_channels"`
	NoBots   *bool    `json:"exclude_bot_users"`
}

type option struct {
	Text        *text  `json:"text"`
	Value       string `json:"value"`
	Description *text  `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
}

type group struct {
	Label   *text     `json:"label"`
	Options []*option `json:"options"`
}

type confirm struct {
	Title   *text `json:"title"`
	Text    *text `json:"text"`
	Confirm *text `json:"confirm"`
	Deny    *text `json:"deny"`
}

// text is a text object, or (in rich text and tables) a bare string, whose
// Type is empty.
type text struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji,omitempty"`
	Verbatim *bool  `json:"verbatim,omitempty"`
}

func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &t.Text)
	}
	type plain text
	return json.Unmarshal(data, (*plain)(t))
}

// scalar is a string or a number; anything else reads as "".
type scalar string

func (s *scalar) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		var plain string
		err := json.Unmarshal(data, &plain)
		*s = scalar(plain)
		return err
	case '{', '[', 'n':
		return nil
	}
	*s = scalar(data)
	return nil
}

func readBlocks(raw json.RawMessage) ([]*block, error) {
	var blocks []*block
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return nil, refused("invalid_blocks_format", "[ERROR] "+err.Error())
	}
	for _, b := range blocks {
		if b == nil {
			return nil, refused("invalid_blocks_format")
		}
	}
	return blocks, nil
}

// elements lists the elements of a block that a person can use.
func (b *block) elements() []*element {
	switch {
	case b.Accessory != nil && b.Accessory.Type != "image":
		return []*element{b.Accessory}
	case b.Element != nil:
		return []*element{b.Element}
	case b.Type == "actions" || b.Type == "context_actions":
		return b.Elements
	}
	return nil
}

// options lists all options of an element, those in groups too.
func (e *element) options() []*option {
	all := e.Options
	for _, g := range e.OptionGroups {
		all = append(all, g.Options...)
	}
	return all
}

// words is the text of a text object; "" where there is none.
func (t *text) words() string {
	if t == nil {
		return ""
	}
	return t.Text
}

// shown is what a person reads of blocks, a line each.
func shown(raw json.RawMessage) string {
	blocks, err := readBlocks(raw)
	if err != nil {
		return ""
	}
	var lines []string
	add := func(words string) {
		if words != "" {
			lines = append(lines, words)
		}
	}
	for _, b := range blocks {
		add(b.Title.words())
		add(b.Text.words())
		add(b.Label.words())
		for _, f := range b.Fields {
			add(f.words())
		}
		for _, row := range b.Rows {
			var cells []string
			for _, cell := range row {
				cells = append(cells, cell.shown())
			}
			add(strings.Join(cells, " | "))
		}
		for _, e := range b.Elements {
			add(e.shown())
		}
		if b.Accessory != nil {
			add(b.Accessory.shown())
		}
		if b.Element != nil {
			add(b.Element.shown())
		}
		add(b.Hint.words())
	}
	return strings.Join(lines, "\n")
}

func (e *element) shown() string {
	switch e.Type {
	case "button", "workflow_button":
		return "[" + e.Text.words() + "]"
	case "image":
		return e.AltText
	}
	words := e.Text.words() + e.Placeholder.words()
	if words == "" {
		words = string(e.Value)
	}
	for _, o := range e.options() {
		words += " (" + o.Text.words() + ")"
	}
	for _, inner := range e.Elements {
		words += inner.shown()
	}
	return words
}
