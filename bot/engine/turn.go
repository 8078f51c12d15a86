package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// conflicts is how often a turn is stepped anew because a document changed
// meanwhile, before it goes back to its lane.
const conflicts = 8

// request is an event on its way through a turn.
type request struct {
	flow   string
	event  bot.Event
	since  time.Time // when it came, by this machine's clock; zero: a worker has it
	inline bool      // the response to it is still open: an answer goes out there
	shown  string    // the digest of the answer that is there already; empty: none is
}

// turn steps a held event or timer and commits all of it in one write.
func (g *Engine) turn(ctx context.Context, held storage.Claim, r request) (bot.Reply, error) {
	for range conflicts {
		done, err := g.step(ctx, r.flow, r.event)
		if err != nil {
			return bot.Reply{}, err
		}
		base := storage.Change{Held: &held, Done: true}
		if held.Lane != "" && g.room(held.Tenant) {
			base.Take = []string{held.Lane}
		}
		reply, err := g.commit(ctx, base, r, done)
		if !errors.Is(err, storage.ErrConflict) {
			return reply, err
		}
		g.Watch.Conflict(r.flow)
	}
	_, err := g.Store.Apply(ctx, r.event.Tenant, storage.Change{Held: &held, Release: &storage.Release{After: 100 * time.Millisecond}})
	return bot.Reply{}, errors.Join(errors.New("engine: documents keep changing, the event waits"), err)
}

// atOnce commits what a new event comes to without recording the event
// first. ErrBusy says that earlier ones wait, ErrConflict that a document has
// changed since the step.
func (g *Engine) atOnce(ctx context.Context, r request, done *outcome) (bot.Reply, error) {
	return g.commit(ctx, storage.Change{Once: &storage.Once{ID: r.event.ID, Lane: eventLane(r.event)}}, r, done)
}

// commit writes an outcome and starts the deliveries that came of it.
func (g *Engine) commit(ctx context.Context, base storage.Change, r request, done *outcome) (bot.Reply, error) {
	q, err := g.change(base, r, done)
	if err != nil {
		return bot.Reply{}, err
	}
	applied, err := g.Store.Apply(ctx, r.event.Tenant, *q.change)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("engine: commit: %w", err)
	}
	if len(q.posts) > 0 {
		g.Watch.Queued(r.event.Tenant, len(q.posts))
	}
	if done.fault != nil {
		g.Watch.Dead("step")
		g.Log.Error("step failed", "flow", r.flow, "tenant", r.event.Tenant, "kind", r.event.Kind, "err", done.fault)
	}
	for _, c := range applied.Taken {
		g.start(c, q.known(c, applied.Read))
	}
	return q.reply, nil
}

// change is everything that an outcome writes, added to base.
func (g *Engine) change(base storage.Change, r request, done *outcome) (*queue, error) {
	c := base
	c.Lease = g.Lease
	written := map[string]bool{}
	versions := map[string]int64{}
	read := done.docs.Read()
	for _, doc := range read {
		versions[doc.Key] = doc.Version
	}
	for _, w := range done.docs.Changes() {
		written[w.Key] = true
		c.Put = append(c.Put, storage.Write{Key: w.Key, Version: versions[w.Key], Body: w.Body, TTL: w.TTL})
	}
	for _, w := range newReach(done.docs, r.event) {
		written[w.Key] = true
		c.Put = append(c.Put, w)
	}
	c.Check = slices.Grow(c.Check, len(read))
	for _, doc := range read {
		if !written[doc.Key] {
			c.Check = append(c.Check, storage.Version{Key: doc.Key, Version: doc.Version})
		}
	}
	q := &queue{request: r, change: &c, now: g.Now()}
	for _, effect := range done.effects {
		if !repeated(r.event, effect, done.effects) {
			q.add(effect)
		}
	}
	if done.fault != nil {
		q.write(deadKey(r.event.Now, q.id()), deadLetter{Flow: r.flow, Kind: string(r.event.Kind), Reason: "the step failed", At: r.event.Now}, DeadFor)
	}
	if g.room(r.event.Tenant) {
		c.Take = append(c.Take, q.lanes...)
		for _, p := range q.posts {
			c.Read = append(c.Read, p.keys()...)
		}
	}
	return q, q.err
}

// A key that begins with a time sorts by it.
func deadKey(at time.Time, id string) string { return "dead/" + at.UTC().Format(sortable) + "/" + id }

const sortable = "20060102T150405.000Z"
