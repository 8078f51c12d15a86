package slack

import (
	"context"
	"encoding/json"
	"fmt"

	"secadvisor/bot"
)

// modal is a form as Slack shows it.
// https://docs.slack.dev/reference/views/modal-views
type modal struct {
	Type     string  `json:"type"`
	Title    *text   `json:"title"`
	Submit   *text   `json:"submit"`
	Close    *text   `json:"close"`
	Metadata string  `json:"private_metadata"`
	Callback string  `json:"callback_id"`
	Blocks   []block `json:"blocks"`
}

// Form draws a form. What it means, and where it was opened, travel in its
// private metadata.
func Form(f bot.Form, from bot.Place) (modal, error) {
	return form(f, formMemory{Channel: from.Channel, Thread: from.Thread})
}

func form(f bot.Form, carried formMemory) (modal, error) {
	carried.Action = f.Action
	for _, in := range f.Fields {
		if in.Lines {
			carried.Lines = append(carried.Lines, in.ID)
		}
	}
	memory, err := json.Marshal(carried)
	if err != nil || len(memory) > maxMetadata {
		return modal{}, fmt.Errorf("slack: form %s/%s carries too much", f.Action.Flow, f.Action.Verb)
	}
	m := modal{
		Type: "modal", Close: words("Cancel"), Metadata: string(memory), Callback: "form",
		Title:  words(label(f.Title, "Security advisor", maxModalTitle)),
		Submit: words(label(f.Submit, "Send", maxModalTitle)),
	}
	if intro := cut(bot.Visible(f.Intro), maxSection); !blank(intro) {
		m.Blocks = append(m.Blocks, block{Type: "section", Text: words(intro)})
	}
	asked := map[string]bool{}
	for _, in := range f.Fields {
		if in.ID == "" || asked[in.ID] || len(m.Blocks) == maxFormBlocks {
			return modal{}, fmt.Errorf("slack: form %s/%s: field %q cannot be asked", f.Action.Flow, f.Action.Verb, in.ID)
		}
		asked[in.ID] = true
		m.Blocks = append(m.Blocks, input(in))
	}
	if len(m.Blocks) == 0 {
		m.Blocks = []block{{Type: "section", Text: m.Title}}
	}
	return m, nil
}

// usualMax is how long typed text may be where the form does not say.
const usualMax = 200

func input(in bot.Input) block {
	b := block{Type: "input", ID: in.ID, Label: words(label(in.Label, in.ID, maxInputLabel)), Optional: in.Optional}
	if hint := cut(bot.Visible(in.Hint), maxInputLabel); !blank(hint) {
		b.Hint = words(hint)
	}
	switch e := choices(in); {
	case in.Pick != "":
		b.Element = picker(in)
	case e != nil:
		b.Element = e
	default:
		b.Element = typed(in)
	}
	return b
}

func typed(in bot.Input) *element {
	most := min(in.Max, maxTyped)
	if most <= 0 {
		most = usualMax
	}
	return &element{Type: "plain_text_input", ActionID: "value", InitialText: cut(bot.Visible(in.Value), most), MaxLength: most, Multiline: in.Lines}
}

// choices is the menu of an input; nil if it has nothing to choose from.
func choices(in bot.Input) *element {
	e := &element{Type: "static_select", ActionID: "value", Placeholder: words("Choose")}
	known := map[string]bool{}
	for _, o := range in.Options {
		if len(e.Options) == maxOptions || o.Value == "" || len(o.Value) > maxOptionValue || known[o.Value] {
			continue
		}
		known[o.Value] = true
		chosen := option{words(label(o.Label, o.Value, maxOptionText)), o.Value}
		e.Options = append(e.Options, chosen)
		if o.Value == in.Value {
			e.Initial = &chosen
		}
	}
	if len(e.Options) == 0 {
		return nil
	}
	return e
}

// open shows a form to whoever pressed: Slack takes the trigger for three
// seconds, and once.
// https://docs.slack.dev/reference/methods/views.open#errors
func (p *Platform) open(ctx context.Context, r request, f bot.Form) error {
	at := r.event.Place
	m, err := form(f, formMemory{Channel: at.Channel, Thread: at.Thread, Page: r.page != "", Beneath: r.beneath})
	if err != nil {
		return err
	}
	view := map[string]any{"trigger_id": r.trigger, "view": m}
	tried := 0
	err = again(ctx, func() error { tried++; return p.web.call(ctx, r.event.Tenant, "views.open", view, nil) })
	if tried > 1 && Said(err) == "exchanged_trigger_id" {
		return nil // it did open, although Slack said that it had failed
	}
	return err
}
