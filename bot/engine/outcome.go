package engine

import (
	"maps"
	"slices"

	"secadvisor/bot"
)

// outcome is what a step came to.
type outcome struct {
	docs    *bot.Docs
	effects []bot.Effect
	fault   error // the step itself failed; effects then say so kindly
}

// reply is the response to the event, if that is all that the step wants.
func (o *outcome) reply() (r bot.Reply, only bool) {
	if len(o.docs.Changes()) > 0 || o.fault != nil {
		return r, false
	}
	for _, e := range o.effects {
		switch e := e.(type) {
		case bot.Answer:
			r.View = &e.View
		case bot.Open:
			r.Form = &e.Form
		case bot.Refuse:
			r.Refused = e.Why
		default:
			return bot.Reply{}, false
		}
	}
	return r, true
}

// answer is the view that answers the event, if nothing else is to be shown and
// no document changes: nobody is told of a change before it is stored.
func (o *outcome) answer() (view *bot.View, only bool) {
	if len(o.docs.Changes()) > 0 {
		return nil, false
	}
	for _, e := range o.effects {
		switch e := e.(type) {
		case bot.Answer:
			if view != nil {
				return nil, false
			}
			view = &e.View
		case bot.Set:
		default:
			return nil, false
		}
	}
	return view, view != nil
}

// beside is what is to be stored when the answer is out.
func (o *outcome) beside() *outcome {
	isAnswer := func(e bot.Effect) bool { _, is := e.(bot.Answer); return is }
	return &outcome{o.docs, slices.DeleteFunc(slices.Clone(o.effects), isAnswer), o.fault}
}

// onceMore is the outcome where the platform does not tell just now what a step
// must know. A form stays open, with what was typed into it.
func onceMore(docs *bot.Docs, v bot.View, e bot.Event) *outcome {
	if e.Kind == bot.Submit && len(e.Values) > 0 {
		field := slices.Min(slices.Collect(maps.Keys(e.Values)))
		return &outcome{docs: docs, effects: []bot.Effect{bot.Refuse{Why: map[string]string{field: v.Title + nothingChanged}}}}
	}
	return &outcome{docs: docs, effects: bot.Respond(withRetry(v, e))}
}

// failed is the outcome of a step that cannot be done: nothing is changed,
// and the person learns it.
func (g *Engine) failed(docs *bot.Docs, e bot.Event, fault error) *outcome {
	o := &outcome{docs: docs.Again(), fault: fault}
	if e.From.ID != "" {
		o.effects = []bot.Effect{bot.Answer{View: ourFault(g.Command)}}
	}
	return o
}
