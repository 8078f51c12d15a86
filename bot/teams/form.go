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
		if c := formOf(f, values, why, on, most); lengthJSON(c) <= maxCard || most < maxLabel {
			return c
		}
	}
}

// formOf draws a form with texts of so many characters.
func formOf(f bot.Form, values, why map[string]string, on screen, most int) *card {
	kept := f
	kept.Intro, kept.Fields = cut(bot.OneLine(f.Intro), maxTitle), slices.Clone(f.Fields)
	c := newCard(sense(bot.View{Title: f.Title}))
	d := drawing{card: c, screen: on}
	d.view(bot.View{Title: f.Title, Blocks: []bot.Block{bot.Say(cut(f.Intro, most))}})
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
		d.add(d.input(in))
		if in.Hint != "" {
			d.space = near
			d.paragraph(bot.OneLine(in.Hint), run{Subtle: true, Size: "Small"})
		}
	}
	send := d.press(label(f.Submit, "Send"), pressed{Form: &kept, In: d.in})
	if most < maxText {
		send.Fallback = nil
	}
	d.add(actionSet{"ActionSet", []action{send}})
	return c
}

func (d *drawing) input(in bot.Input) any {
	id, name := fieldPrefix+in.ID, label(in.Label, in.ID)
	if in.Pick == bot.PickPerson {
		return choiceSet{Type: "Input.ChoiceSet", ID: id, Style: "filtered", Label: name, Value: in.Value, Required: !in.Optional,
			Error: "Please choose somebody", Choices: []choice{}, Data: &query{"Data.Query", "graph.microsoft.com/users"}}
	}
	if in.Pick == bot.PickChannel {
		hint := "In Teams: Get link to channel, behind its dots"
		if d.in != "" {
			hint += "; or type: " + here
		}
		return textInput{Type: "Input.Text", ID: id, Label: name, Value: in.Value, Hint: hint, Max: 1000, Required: !in.Optional, Error: "Please paste the link to the channel"}
	}
	if len(in.Options) > 0 {
		set := choiceSet{Type: "Input.ChoiceSet", ID: id, Style: "compact", Label: name, Value: in.Value, Required: !in.Optional, Error: "Please choose one"}
		for _, o := range in.Options[:min(len(in.Options), maxChoices)] {
			set.Choices = append(set.Choices, choice{label(o.Label, o.Value), o.Value})
		}
		return set
	}
	most := in.Max
	if most <= 0 {
		most = usualMax
	}
	return textInput{Type: "Input.Text", ID: id, Label: name, Value: cut(bot.Visible(in.Value), most), Max: most, Multiline: in.Lines, Required: !in.Optional, Error: "Please write something here"}
}
