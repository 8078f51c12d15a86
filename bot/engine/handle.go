package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// Handle takes an event. See bot.Handler.
func (g *Engine) Handle(ctx context.Context, e bot.Event) (bot.Reply, error) {
	start := time.Now()
	if e.Now.IsZero() {
		e.Now = g.Now()
	}
	open := replies(e) // as the platform sent it: a message may turn out to be a command
	flow := g.route(&e)
	r := request{flow: flow, event: e, since: start, inline: open && !e.Unstored && e.Kind != bot.Submit}
	how, reply, err := g.handle(ctx, r, open)
	if reply.Keep == nil {
		g.tell(r, how, time.Since(start), err)
	}
	return reply, err
}

// tell counts and logs how an event was taken.
func (g *Engine) tell(r request, how string, took time.Duration, err error) {
	e := r.event
	if err != nil {
		g.Watch.Turn(e.Tenant, r.flow, e.Kind, "failed", took)
		g.Log.Error("event not taken", "kind", e.Kind, "flow", r.flow, "tenant", e.Tenant, "err", err)
		return
	}
	g.Watch.Turn(e.Tenant, r.flow, e.Kind, how, took)
	g.Log.LogAttrs(context.Background(), slog.LevelInfo, "event", slog.String("kind", string(e.Kind)), slog.String("flow", r.flow),
		slog.String("tenant", e.Tenant), slog.String("turn", how), slog.Duration("took", took))
}

// handle says beside its reply how the event was taken: as an answer alone,
// in one write, or recorded first because others come before it. Open: an
// answer can go out in the response.
func (g *Engine) handle(ctx context.Context, r request, open bool) (how string, reply bot.Reply, err error) {
	e := r.event
	leave, err := g.desk.enter(ctx, e.Tenant)
	if err != nil {
		return "", reply, err
	}
	defer leave()
	done, err := g.step(ctx, r.flow, e)
	if err != nil {
		return "", reply, err
	}
	if reply, only := done.reply(); only && open {
		g.keepReach(ctx, done.docs, e)
		return "read-only", reply, nil
	}
	if view, only := done.answer(); only && e.Unstored && e.ID != "" {
		return "", g.keepLater(r, view, done), nil
	}
	return g.take(ctx, r, done, nil)
}

// keepLater is the reply to an event whose answer goes out before the rest is
// stored. Where the rest comes out otherwise then, because a document was
// changed meanwhile, another answer is queued.
func (g *Engine) keepLater(r request, view *bot.View, done *outcome) bot.Reply {
	stepped := time.Since(r.since)
	return bot.Reply{View: view, Keep: func(ctx context.Context) error {
		start := time.Now()
		leave, err := g.desk.enter(ctx, r.event.Tenant)
		if err != nil {
			return err
		}
		defer leave()
		how, _, err := g.take(ctx, r, done.beside(), view)
		g.tell(r, how, stepped+time.Since(start), err) // without what sending took
		return err
	}}
}

// take stores what an event came to, in one write where it can. Shown is the
// answer that is there already; nil: none is.
func (g *Engine) take(ctx context.Context, r request, done *outcome, shown *bot.View) (how string, reply bot.Reply, err error) {
	if r.event.ID != "" {
		reply, err = g.atOnce(ctx, r, done)
		switch {
		case err == nil:
			return "at once", reply, nil
		case errors.Is(err, storage.ErrSeen):
			return "repeat", reply, nil
		case errors.Is(err, storage.ErrErased):
			return "erased", reply, nil
		case !errors.Is(err, storage.ErrBusy) && !errors.Is(err, storage.ErrConflict):
			return "", reply, err
		}
	}
	if shown != nil {
		r.shown = digest(*shown)
	}
	return g.record(ctx, r)
}

// record puts an event into its lane, and turns it if nothing is before it.
func (g *Engine) record(ctx context.Context, r request) (how string, reply bot.Reply, err error) {
	flow, e := r.flow, r.event
	body, err := encodeJob(job{Flow: flow, Event: &e, Shown: r.shown})
	if err != nil {
		return "", reply, err
	}
	lane := eventLane(e)
	applied, err := g.Store.Apply(ctx, e.Tenant, storage.Change{
		Jobs:  []storage.Job{{ID: e.ID, Lane: lane, Body: body, Dedupe: e.ID != ""}},
		Take:  []string{lane},
		Lease: g.Lease,
	})
	switch {
	case errors.Is(err, storage.ErrErased):
		return "erased", reply, nil
	case err != nil:
		return "", reply, fmt.Errorf("engine: record event: %w", err)
	}
	for _, c := range applied.Taken {
		if c.ID != e.ID {
			g.start(c, nil) // an earlier event of this conversation comes first
			continue
		}
		reply, err = g.turn(ctx, c, r)
		if err != nil {
			// It is recorded: a worker will have it.
			g.Log.Error("turn", "flow", flow, "tenant", e.Tenant, "err", err)
		}
		return "turn", reply, nil
	}
	if len(applied.Dropped) > 0 {
		return "repeat", reply, nil
	}
	return "queued", reply, nil
}

// replies reports whether an answer to the event can go out in the response
// to it.
func replies(e bot.Event) bool {
	return e.Inline || e.Unstored || e.Kind == bot.Command || e.Kind == bot.Click || e.Kind == bot.Submit || e.Kind == bot.Looked
}
