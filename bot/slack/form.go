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
func Form(f bot.Form, from bot.Place, name string) (modal, error) {
	memory, err := json.Marshal(formMemory{Action: f.Action, Channel: from.Channel, Name: name})
	if err != nil || len(memory) > maxMetadata {
		return modal{}, fmt.Errorf("slack: form %s/%s carries too much", f.Action.Flow, f.Action.Verb)
	}
	m := modal{
		Type: "modal", Title: words(cut(line(f.Title), maxModalTitle)), Submit: words(cut(line(f.Submit), maxModalTitle)), Close: words("Cancel"),
		Metadata: string(memory), Callback: "form",
	}
	if f.Intro != "" {
		m.Blocks = append(m.Blocks, block{Type: "section", Text: words(cut(f.Intro, maxSection))})
	}
	for _, in := range f.Fields {
		if len(m.Blocks) < maxFormBlocks {
			m.Blocks = append(m.Blocks, input(in))
		}
	}
	return m, nil
}

func input(in bot.Input) block {
	b := block{Type: "input", ID: in.ID, Label: words(cut(line(in.Label), maxInputLabel)), Optional: in.Optional}
	if in.Hint != "" {
		b.Hint = words(cut(in.Hint, maxInputLabel))
	}
	if len(in.Options) == 0 {
		most := in.Max
		if most == 0 {
			most = 200
		}
		b.Element = &element{Type: "plain_text_input", ActionID: "value", InitialText: cut(in.Value, most), MaxLength: most}
		return b
	}
	e := &element{Type: "static_select", ActionID: "value", Placeholder: words("Choose")}
	for _, o := range in.Options[:min(len(in.Options), maxOptions)] {
		chosen := option{words(cut(line(o.Label), maxOptionText)), o.Value}
		e.Options = append(e.Options, chosen)
		if o.Value == in.Value && o.Value != "" {
			e.Initial = &chosen
		}
	}
	b.Element = e
	return b
}

// open shows a form to whoever pressed: Slack takes the trigger for three
// seconds.
func (p *Platform) open(ctx context.Context, r request, f bot.Form) error {
	m, err := Form(f, r.event.Place, r.place)
	if err != nil {
		return err
	}
	return p.web.call(ctx, "views.open", map[string]any{"trigger_id": r.trigger, "view": m}, nil)
}
