package teams

import (
	"slices"

	"secadvisor/bot"
)

// action is a button.
type action struct {
	title  string
	behind bool // the dots of its row
	alone  bool // without what an old client does instead
	data   pressed
}

// pressed is what a button carries: the action, and for a menu or form which
// inputs hold the rest.
type pressed struct {
	Action string    `json:"a,omitempty"`
	Menu   string    `json:"m,omitempty"` // the input that holds the action
	Form   *bot.Form `json:"f,omitempty"` // the inputs are its fields
	Key    string    `json:"k,omitempty"` // of a card that lasts: an answer stands beside it, not in its place
	Fresh  bool      `json:"r,omitempty"` // the client asks for the card as it is now
	Over   bool      `json:"o,omitempty"` // the card is over when this was pressed and shows elsewhere
	In     string    `json:"c,omitempty"` // the channel or group chat in which the card was asked for, if it lies in the asker's own chat
}

// buttons draws rows. What is behind "More" stands behind the dots of a row,
// but for one that is alone.
func (d *drawing) buttons(items []bot.Button) {
	shown, behind := make([]action, 0, len(items)), []action(nil)
	for _, b := range items {
		data := pressed{Action: b.Action.String(), Key: d.key, Over: b.Vanishes, In: d.in}
		a := action{title: label(b.Label, b.Action.Verb), data: data}
		switch {
		case len(data.Action) > maxData:
		case b.More:
			behind = append(behind, a)
		default:
			shown = append(shown, a)
		}
	}
	if len(behind) == 1 {
		shown, behind = append(shown, behind...), nil
	}
	for len(shown) > rowOf {
		d.row(shown[:rowOf])
		shown = shown[rowOf:]
	}
	for i := range behind {
		behind[i].behind = true
	}
	if len(shown) == 0 && d.dots(behind) {
		return
	}
	if shown = append(shown, behind...); len(shown) > 0 {
		d.row(shown)
	}
}

func (d *drawing) row(actions []action) {
	d.block("ActionSet")
	d.blocks[len(d.blocks)-1].row = true
	d.array("actions")
	for i := range actions {
		d.press(&actions[i])
	}
	d.end("]}")
}

// dots puts buttons behind the dots of the row above, and reports whether
// there is one: dots in a row of their own say nothing.
func (d *drawing) dots(behind []action) bool {
	last := len(d.blocks) - 1
	if last < 0 || !d.blocks[last].row {
		return false
	}
	d.out = d.out[:len(d.out)-len("]}")]
	for i := range behind {
		d.press(&behind[i])
	}
	d.end("]}")
	return true
}

// maxData is how many characters a button may carry.
const maxData = 2000

// press is a button as the screen of the card takes it.
func (d *drawing) press(a *action) {
	if d.window {
		d.submit(a, plain(a.data))
	} else {
		d.execute(a)
	}
}

// execute is a button that edits its card in place, or sends the same in a
// client that cannot.
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/overview
func (d *drawing) execute(a *action) {
	d.open("Action.Execute")
	d.text("title", a.title)
	d.text("verb", "press")
	d.mode(a)
	d.name("data")
	from := len(d.out)
	d.data(&a.data)
	if data := d.out[from:]; !a.alone {
		d.name("fallback")
		d.submit(&action{title: a.title}, data)
	}
	d.end("}")
}

// submit is a button that every client knows.
func (d *drawing) submit(a *action, data []byte) {
	d.open("Action.Submit")
	d.text("title", a.title)
	d.mode(a)
	d.raw("data", data)
	d.end("}")
}

func (d *drawing) mode(a *action) {
	if a.behind {
		d.text("mode", "secondary")
	}
}

func (d *drawing) data(p *pressed) {
	d.open("")
	d.maybe("a", p.Action)
	d.maybe("m", p.Menu)
	if p.Form != nil {
		d.raw("f", plain(p.Form))
	}
	d.maybe("k", p.Key)
	d.flag("r", p.Fresh)
	d.flag("o", p.Over)
	d.maybe("c", p.In)
	d.end("}")
}

func label(text, otherwise string) string {
	if text = cut(bot.OneLine(text), maxLabel); text != "" {
		return text
	}
	if otherwise = cut(bot.OneLine(otherwise), maxLabel); otherwise != "" {
		return otherwise
	}
	return "Choose"
}

// menu is a choice and a button that sends it: one block, since neither is of
// use without the other.
func (d *drawing) menu(m bot.Menu) {
	choices := make([]bot.Option, 0, len(m.Options))
	for _, b := range m.Options {
		if value := b.Action.String(); len(value) <= maxData {
			choices = append(choices, bot.Option{Value: value, Label: label(b.Label, b.Action.Verb)})
		}
	}
	for some := range slices.Chunk(choices, maxChoices) {
		id := d.id()
		d.block("Input.ChoiceSet")
		d.text("id", id)
		d.text("style", "compact")
		d.maybe("label", cut(bot.OneLine(m.Prompt), maxTitle))
		d.text("placeholder", "Choose")
		d.choices(some)
		d.end("}")
		d.row([]action{{title: "Choose", data: pressed{Menu: id, Key: d.key, In: d.in}}})
		d.blocks = d.blocks[:len(d.blocks)-1]
		d.blocks[len(d.blocks)-1].menu = true
	}
}

func (d *drawing) choices(all []bot.Option) {
	d.array("choices")
	for i := range all {
		d.open("")
		d.text("title", all[i].Label)
		d.text("value", all[i].Value)
		d.end("}")
	}
	d.end("]")
}
