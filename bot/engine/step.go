package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"secadvisor/bot"
)

// rounds is how often a step may ask for documents before it is given up.
const rounds = 4

// step reads what the flow wants and runs its step until it has all it asked
// for. An error means that the store could not be read.
func (g *Engine) step(ctx context.Context, name string, e bot.Event) (*outcome, error) {
	flow, known := g.flows[name]
	keys := []string{bot.RolesDoc.Key(bot.RolesID)}
	if flow.Reads != nil {
		keys = append(keys, flow.Reads(e)...)
	}
	keys = append(keys, reachKeys(e)...)
	docs := bot.NewDocs()
	if err := g.read(ctx, e.Tenant, docs, keys...); err != nil {
		return nil, err
	}
	e.From.Role = g.role(docs, e)
	switch {
	case !known && (e.From.ID == "" || e.Kind == bot.Looked):
		return &outcome{docs: docs}, nil
	case !known:
		return &outcome{docs: docs, effects: []bot.Effect{bot.Answer{View: oldButton(g.Command)}}}, nil
	case !flow.Open && e.From.Unsure:
		return onceMore(docs, notSaid(g.Command), e), nil
	case !flow.Open && e.From.ID != "" && e.From.Affiliation != bot.Home:
		return &outcome{docs: docs, effects: []bot.Effect{bot.Answer{View: onlyMembers(g.Command)}}}, nil
	case flow.Placed && e.Place.Unsure:
		return onceMore(docs, whoReadsHere(), e), nil
	}
	if why := unsure(e.Picked); why != nil {
		return &outcome{docs: docs, effects: []bot.Effect{bot.Refuse{Why: why}}}, nil
	}
	for range rounds {
		effects, err := safely(flow, docs, e)
		needs := docs.Needs()
		if err == nil && len(needs) == 0 {
			err = cmp.Or(docs.Err(), onlyEngineLogs(docs))
			if err == nil {
				return &outcome{docs: docs, effects: effects}, nil
			}
		}
		if err != nil {
			return g.failed(docs, e, err), nil
		}
		docs = docs.Again()
		err = g.supply(ctx, e, docs, needs)
		if errors.Is(err, errUnsure) && e.From.ID != "" {
			return onceMore(docs, whoReadsThat(), e), nil
		}
		if err != nil { // a timer comes again
			return nil, err
		}
	}
	return g.failed(docs, e, fmt.Errorf("step of %q asks for documents without end", name)), nil
}

// unsure says, by field of a form, who or what was chosen that the platform did
// not tell of just now: a step would take them for a stranger, or for shared.
func unsure(picked map[string]bot.Picked) (why map[string]string) {
	for field, one := range picked {
		said := ""
		switch {
		case one.Unsure:
			said = whoIsThat
		case one.Room.Unsure:
			said = whoseChannel
		default:
			continue
		}
		if why == nil {
			why = map[string]string{}
		}
		why[field] = said
	}
	return why
}

// onlyEngineLogs refuses a step that writes the audit log itself: its lines are
// effects, and once written nothing changes them.
func onlyEngineLogs(docs *bot.Docs) error {
	for _, w := range docs.Changes() {
		if strings.HasPrefix(w.Key, bot.AuditDoc.Key("")) {
			return errors.New("a step writes the audit log")
		}
	}
	return nil
}

// safely runs a step; a panic becomes an error.
func safely(f bot.Flow, d *bot.Docs, e bot.Event) (effects []bot.Effect, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("step of %q panicked: %v\n%s", f.Name, p, debug.Stack())
		}
	}()
	return f.Step(d, e), nil
}
