package bot

import "slices"

// View is what a person sees: a title, then blocks. It is neutral: each
// platform draws it with what it has and simplifies what it lacks. All text
// is plain; nothing in it can format, link or mention.
type View struct {
	Tone   Tone    `json:"tone,omitempty"`
	Title  string  `json:"title,omitempty"` // the first line, drawn strong
	Blocks []Block `json:"blocks,omitempty"`

	// Gist carries the whole sense in one or two sentences: notifications
	// and screen readers get it. Empty: made of the title and the first text.
	Gist string `json:"gist,omitempty"`

	// Fresh is a click that changes nothing and is answered by the view as it
	// is now. Platforms make it when somebody looks at an old post, if they can.
	Fresh Action `json:"fresh,omitzero"`
}

// Tone is how urgent a view is. Platforms show it by a symbol and a word
// that the title already has, never by colour alone.
type Tone string

const (
	Calm   Tone = ""
	Urgent Tone = "urgent"
)

// Block is one part of a view: exactly one field is set. The set is closed.
type Block struct {
	Text     *Text     `json:"text,omitempty"`
	Heading  *Heading  `json:"heading,omitempty"`
	List     *List     `json:"list,omitempty"`
	Fields   *Fields   `json:"fields,omitempty"`
	Table    *Table    `json:"table,omitempty"`
	Progress *Progress `json:"progress,omitempty"`
	Bars     *Bars     `json:"bars,omitempty"`
	Note     *Note     `json:"note,omitempty"`
	Code     *Code     `json:"code,omitempty"`
	Buttons  *Buttons  `json:"buttons,omitempty"`
	Menu     *Menu     `json:"menu,omitempty"`
}

type (
	// Text is a paragraph.
	Text struct {
		Body string `json:"body"`
	}
	// Heading opens a part of a longer view.
	Heading struct {
		Body string `json:"body"`
	}
	// List is numbered steps, or points.
	List struct {
		Numbered bool     `json:"numbered,omitempty"`
		Items    []string `json:"items"`
	}
	// Fields are short facts, each with a name.
	Fields struct {
		Items []Field `json:"items"`
	}
	// Field is a fact with a name.
	Field struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	// Table has a head and rows of as many cells.
	Table struct {
		Head []string   `json:"head"`
		Rows [][]string `json:"rows"`
	}
	// Progress says how far somebody is: Done of Of.
	Progress struct {
		Done int `json:"done"`
		Of   int `json:"of"`
	}
	// Bars compares values between 0 and 100.
	Bars struct {
		Items []Bar `json:"items"`
	}
	// Bar is one value of Bars. Text stands beside it: never the bar alone.
	Bar struct {
		Label string `json:"label"`
		Value int    `json:"value"`
		Text  string `json:"text"`
	}
	// Note is small print.
	Note struct {
		Body string `json:"body"`
	}
	// Code is text to copy, its lines kept as they are.
	Code struct {
		Body string `json:"body"`
	}
	// Buttons are at most five in a row, the likely one first. Those with
	// More set are not counted: where a platform can, they are drawn behind
	// one "More", which is a sixth, as is one that is alone.
	Buttons struct {
		Items []Button `json:"items"`
	}
	// Button does something when it is pressed.
	Button struct {
		Label  string `json:"label"` // at most 75 characters
		Action Action `json:"action"`
		Main   bool   `json:"main,omitempty"` // the one that is likely meant
		More   bool   `json:"more,omitempty"`

		// Vanishes says that the view is over when this was pressed and shows
		// elsewhere: a platform takes it away, or says so in its place.
		Vanishes bool `json:"vanishes,omitempty"`
	}
	// Menu chooses one of many.
	Menu struct {
		Prompt  string   `json:"prompt"`
		Options []Button `json:"options"`
	}
)

// Say is a paragraph.
func Say(body string) Block { return Block{Text: &Text{body}} }

// Head opens a part of a longer view.
func Head(body string) Block { return Block{Heading: &Heading{body}} }

// Steps are numbered, in the order in which they are to be done.
func Steps(items ...string) Block { return Block{List: &List{Numbered: true, Items: items}} }

// Points are a list without an order.
func Points(items ...string) Block { return Block{List: &List{Items: items}} }

// Small is a note in small print.
func Small(body string) Block { return Block{Note: &Note{body}} }

// Copy is text to copy.
func Copy(body string) Block { return Block{Code: &Code{body}} }

// Row is a row of buttons.
func Row(buttons ...Button) Block { return Block{Buttons: &Buttons{buttons}} }

// Rows are buttons in as many rows as they need.
func Rows(buttons ...Button) []Block {
	var rows []Block
	for row := range slices.Chunk(buttons, mostInRow) {
		rows = append(rows, Row(row...))
	}
	return rows
}

// mostInRow is how many buttons stand side by side.
const mostInRow = 5

// Pick chooses one of many.
func Pick(prompt string, options ...Button) Block { return Block{Menu: &Menu{prompt, options}} }

// Press is a button.
func Press(label string, a Action) Button { return Button{Label: label, Action: a} }

// Behind is a button behind "More".
func Behind(label string, a Action) Button { return Button{Label: label, Action: a, More: true} }

// Actions lists what can be pressed or chosen in the view, in the order in
// which it is shown.
func (v View) Actions() []Button {
	var all []Button
	for _, b := range v.Blocks {
		switch {
		case b.Buttons != nil:
			all = append(all, b.Buttons.Items...)
		case b.Menu != nil:
			all = append(all, b.Menu.Options...)
		}
	}
	return all
}

// Sense is the gist, or the title and the first text where none was given.
func (v View) Sense() string {
	if v.Gist != "" {
		return v.Gist
	}
	sense := v.Title
	for _, b := range v.Blocks {
		if b.Text == nil {
			continue
		}
		if sense != "" {
			sense += ": "
		}
		return sense + b.Text.Body
	}
	return sense
}
