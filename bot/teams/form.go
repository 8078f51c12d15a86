package teams

import (
	"slices"

	"secadvisor/bot"
)

// fieldPrefix keeps the ids of a form's fields apart from what else a button
// carries.
const fieldPrefix = "field."

// usualMax is how long typed text may be where the form does not say.
const usualMax = 200

// Form draws a form as a card of its own. The form travels in its
// button, so that it can be drawn again where something was not right.
func Form(f bot.Form, values, why map[string]string) *card { return form(f, values, why, screen{}) }

// form shortens texts and leaves the button's fallback out where the card
// would be too long otherwise, as for a field that somebody filled to its end
// many times over.
func form(f bot.Form, values, why map[string]string, on screen) *card {
	for most := maxText; ; most /= 2 {
		if c := formOf(f, values, why, on, most); len(c.json()) <= maxCard || most < maxLabel {
			return c
		}
	}
}

// formOf draws a form with texts of so many characters.
func formOf(f bot.Form, values, why map[string]string, on screen, most int) *card {
	kept := f
	kept.Intro, kept.Fields = cut(bot.OneLine(f.Intro), maxTitle), slices.Clone(f.Fields)
	v := bot.View{Title: f.Title}
	d := begin(v, on)
	v.Blocks = []bot.Block{bot.Say(cut(f.Intro, most))}
	d.view(v)
	for i, in := range f.Fields {
		kept.Fields[i].Value = "" // the input itself sends it
		if text := why[in.ID]; text != "" {
			d.paragraph(text, run{Color: "Attention"})
		}
		if values != nil {
			in.Value = values[in.ID]
		}
		if in.Pick == "" && len(in.Options) == 0 {
			in.Value = cut(in.Value, most)
		}
		d.input(in)
		if in.Hint != "" {
			d.space = near
			d.paragraph(bot.OneLine(in.Hint), run{Subtle: true, Size: "Small"})
		}
	}
	d.row([]action{{title: label(f.Submit, "Send"), alone: most < maxText, data: pressed{Form: &kept, In: d.in}}})
	return d.card()
}

func (d *drawing) input(in bot.Input) {
	choice := in.Pick == bot.PickPerson || in.Pick == "" && len(in.Options) > 0
	if choice {
		d.block("Input.ChoiceSet")
	} else {
		d.block("Input.Text")
	}
	d.text("id", fieldPrefix+in.ID)
	d.text("label", label(in.Label, in.ID))
	d.flag("isRequired", !in.Optional)
	switch {
	case in.Pick == bot.PickPerson:
		d.people(in)
	case in.Pick == bot.PickChannel:
		d.channel(in)
	case choice:
		d.choice(in)
	default:
		d.typed(in)
	}
	d.end("}")
}

// people lets a client look people up, in the whole organisation: the scope of
// a chat with the bot would be those two.
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/people-picker
func (d *drawing) people(in bot.Input) {
	d.text("style", "filtered")
	d.maybe("value", in.Value)
	d.text("errorMessage", "Please choose somebody")
	d.choices(nil)
	d.name("choices.data")
	d.open("Data.Query")
	d.text("dataset", "graph.microsoft.com/users")
	d.end("}")
}

func (d *drawing) channel(in bot.Input) {
	hint := "In Teams: Get link to channel, behind its dots"
	if d.in != "" {
		hint += "; or type: " + here
	}
	d.text("placeholder", hint)
	d.maybe("value", in.Value)
	d.number("maxLength", 1000)
	d.text("errorMessage", "Please paste the link to the channel")
}

func (d *drawing) choice(in bot.Input) {
	d.text("style", "compact")
	d.maybe("value", in.Value)
	d.text("errorMessage", "Please choose one")
	options := slices.Clone(in.Options[:min(len(in.Options), maxChoices)])
	for i, o := range options {
		options[i].Label = label(o.Label, o.Value)
	}
	d.choices(options)
}

func (d *drawing) typed(in bot.Input) {
	most := in.Max
	if most <= 0 {
		most = usualMax
	}
	d.maybe("value", cut(bot.Visible(in.Value), most))
	d.number("maxLength", most)
	d.flag("isMultiline", in.Lines)
	d.text("errorMessage", "Please write something here")
}
