package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/storage"
)

// rounds is how often a step may ask for documents before it is given up.
const rounds = 4

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

// onceMore is the outcome where the platform does not tell just now what a step
// must know. A form stays open, with what was typed into it.
func onceMore(docs *bot.Docs, v bot.View, e bot.Event) *outcome {
	if e.Kind == bot.Submit && len(e.Values) > 0 {
		field := slices.Min(slices.Collect(maps.Keys(e.Values)))
		return &outcome{docs: docs, effects: []bot.Effect{bot.Refuse{Why: map[string]string{field: v.Title + nothingChanged}}}}
	}
	return &outcome{docs: docs, effects: bot.Respond(withRetry(v, e))}
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

// errUnsure is that the platform does not say just now who can read a channel.
var errUnsure = errors.New("engine: nobody tells just now who can read a channel")

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

// failed is the outcome of a step that cannot be done: nothing is changed,
// and the person learns it.
func (g *Engine) failed(docs *bot.Docs, e bot.Event, fault error) *outcome {
	o := &outcome{docs: docs.Again(), fault: fault}
	if e.From.ID != "" {
		o.effects = []bot.Effect{bot.Answer{View: ourFault(g.Command)}}
	}
	return o
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

// supply reads what a step asked for.
func (g *Engine) supply(ctx context.Context, e bot.Event, docs *bot.Docs, needs []bot.Need) error {
	tenant := e.Tenant
	var keys []string
	for _, n := range needs {
		if n.Key != "" {
			keys = append(keys, n.Key)
			continue
		}
		if n.Room != "" {
			room, err := g.readers(ctx, tenant, n.Room)
			if err != nil && e.Kind != bot.Failed { // whoever waits for what did not arrive is told at once
				return err
			}
			docs.AddRoom(n.Room, room)
			continue
		}
		found, _, err := g.Store.List(ctx, tenant, n.Prefix, "", n.Limit)
		if err != nil {
			return fmt.Errorf("engine: list documents: %w", err)
		}
		stored := make([]bot.Stored, len(found))
		for i, doc := range found {
			stored[i] = bot.Stored(doc)
			if doc.Fault != nil {
				g.Log.Error("document left out of a list", "tenant", tenant, "err", storage.Unread(doc))
			}
		}
		docs.AddList(n, stored)
	}
	if len(keys) == 0 {
		return nil
	}
	return g.read(ctx, tenant, docs, keys...)
}

func (g *Engine) read(ctx context.Context, tenant string, docs *bot.Docs, keys ...string) error {
	found, err := g.Store.Get(ctx, tenant, keys...)
	if err != nil {
		return fmt.Errorf("engine: read documents: %w", err)
	}
	all := make([]bot.Stored, len(found))
	for i, doc := range found {
		all[i] = bot.Stored(doc)
	}
	docs.Add(all...)
	return nil
}

// role is what the company's records and the configuration say of the one
// who caused the event.
func (g *Engine) role(docs *bot.Docs, e bot.Event) bot.Role {
	if e.From.ID == "" || e.From.Affiliation != bot.Home {
		return bot.Staff
	}
	if role := g.Roles(e.Tenant, e.From.ID); role != bot.Staff {
		return role
	}
	roles, _ := bot.RolesDoc.Get(docs, bot.RolesID)
	return roles.People[e.From.ID].Role
}

// readers asks the platform who can read a channel. What it may not tell is the
// least trusted; errUnsure: it could not be asked just now.
func (g *Engine) readers(ctx context.Context, tenant, channel string) (bot.Room, error) {
	platform, _ := g.Platform(tenant)
	directory, knows := platform.(bot.Directory)
	if !knows {
		return bot.Room{}, nil
	}
	var at reached
	if found, err := g.Store.Get(ctx, tenant, reachKey(bot.Address{Channel: channel})); err == nil && len(found) > 0 {
		_ = json.Unmarshal(found[0].Body, &at) // what cannot be read is not known
	}
	room, err := directory.Room(ctx, tenant, channel, at.Reach)
	if err != nil {
		return bot.Room{}, fmt.Errorf("%w: %w", errUnsure, err)
	}
	return room, nil
}
