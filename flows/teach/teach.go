// Package teach is the flow by which a company's own words are learned: an
// owner says what a phrase means, or answers a question that somebody chose
// to pass on. Nothing that anybody asks gets here by itself. It owns the phrases
// (company.Taught), the company's own topics in its map, and the questions that wait
// (Passed).
package teach

import (
	"fmt"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{Name: "teach", Words: []string{"teach"}, Step: f.step}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{f, d, e}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.typed()
	case bot.Click:
		return t.press(e.Action.Verb, e.Action.Arg(0))
	case bot.Submit:
		return t.filled(e.Action.Verb, e.Action.Arg(0))
	}
	return nil
}

func (t *turn) typed() []bot.Effect {
	if !t.event.From.Owner() {
		return bot.Respond(t.forStaff())
	}
	return bot.Respond(t.list())
}

// press answers a button.
func (t *turn) press(verb, id string) []bot.Effect {
	owner := t.event.From.Owner()
	switch {
	case verb == "pass":
		return t.askToPass()
	case verb == "teach" && owner:
		return t.ask("", id, "")
	case verb == "answer" && owner:
		return t.answerPassed(id)
	case verb == "forget" && owner:
		return t.forget(id)
	case verb == "drop" && owner:
		return t.drop(id)
	}
	return t.typed()
}

// filled takes a form.
func (t *turn) filled(verb, id string) []bot.Effect {
	switch {
	case verb == "passed":
		return t.pass()
	case verb == "taught" && t.event.From.Owner():
		return t.teach(id)
	}
	return t.typed()
}

func (t *turn) forStaff() bot.View {
	return bot.View{
		Title: "An owner teaches me what your company's words mean",
		Blocks: []bot.Block{
			bot.Say("Is there something that I should know? Pass it on: you see the exact words first, and no name goes with them unless you sign."),
			bot.Row(bot.Press("Pass a question on", bot.Do("teach", "pass"))),
		},
	}
}

// list shows what was taught, to add to it or forget it.
func (t *turn) list() bot.View {
	taught, _ := company.Taughts.Get(t.d, company.TaughtID)
	v := bot.View{
		Title:  "What your company's words mean",
		Blocks: []bot.Block{bot.Say("When somebody asks with these words, I answer with what you chose.")},
	}
	if len(taught.Phrases) == 0 {
		v.Blocks = append(v.Blocks, bot.Say("Nothing is taught yet. For example: \"who handles the alarm code?\" could be a topic of your own."))
	}
	const shown = 20
	var rows []string
	var options []bot.Button
	for i, p := range slices.Backward(taught.Phrases) {
		if len(rows) < shown {
			rows = append(rows, p.Says+" → "+t.title(p.Topic))
		}
		if len(options) < 90 {
			options = append(options, bot.Press(prose.Clip(p.Says, 60), bot.Do("teach", "forget", fmt.Sprint(keyOf(taught.Phrases[i])))))
		}
	}
	if len(rows) > 0 {
		v.Blocks = append(v.Blocks, bot.Points(rows...))
	}
	if more := len(taught.Phrases) - len(rows); more > 0 {
		v.Blocks = append(v.Blocks, bot.Small(fmt.Sprintf("And %d more.", more)))
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Button{Label: "Teach one", Action: bot.Do("teach", "teach"), Main: true}))
	if len(options) > 0 {
		v.Blocks = append(v.Blocks, bot.Pick("Forget one:", options...))
	}
	return v
}

// title is a topic as a person reads it: of the catalog, or the company's own.
func (t *turn) title(id string) string {
	if topic, ok := t.lib.Topic(id); ok {
		return topic.Title
	}
	m, _ := company.Maps.Get(t.d, company.MapID)
	if own, ok := m.Own[id]; ok {
		return own.Title
	}
	return "a topic that is no longer there"
}
