package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	inline bool // the response to it is still open: an answer goes out there
}

// turn steps a held event or timer and commits all of it in one write. A
// step that was just done may be handed over; the versions that it read are
// checked like any other's.
func (g *Engine) turn(ctx context.Context, held storage.Claim, r request, done *outcome) (bot.Reply, error) {
	flow, e := r.flow, r.event
	for range conflicts {
		if done == nil {
			var err error
			if done, err = g.step(ctx, flow, e); err != nil {
				return bot.Reply{}, err
			}
		}
		change, reply, err := g.change(held, r, done)
		if err != nil {
			return bot.Reply{}, err
		}
		applied, err := g.Store.Apply(ctx, e.Tenant, change)
		if errors.Is(err, storage.ErrConflict) {
			done = nil
			continue
		}
		if err != nil {
			return bot.Reply{}, fmt.Errorf("engine: commit turn: %w", err)
		}
		if done.fault != nil {
			g.Log.Error("step failed", "flow", flow, "tenant", e.Tenant, "kind", e.Kind, "err", done.fault)
		}
		for _, c := range applied.Taken {
			g.start(c)
		}
		return reply, nil
	}
	_, err := g.Store.Apply(ctx, e.Tenant, storage.Change{Held: &held, Release: &storage.Release{After: 100 * time.Millisecond}})
	return bot.Reply{}, errors.Join(errors.New("engine: documents keep changing, the event waits"), err)
}

// change is everything that an outcome writes.
func (g *Engine) change(held storage.Claim, r request, done *outcome) (storage.Change, bot.Reply, error) {
	c := storage.Change{Held: &held, Done: true, Lease: g.Lease}
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
	for _, doc := range read {
		if !written[doc.Key] {
			c.Check = append(c.Check, storage.Version{Key: doc.Key, Version: doc.Version})
		}
	}
	q := queue{request: r, change: &c}
	for _, effect := range done.effects {
		q.add(effect)
	}
	if done.fault != nil {
		q.write(deadKey(r.event.Now, q.id()), deadLetter{Flow: r.flow, Kind: string(r.event.Kind), Reason: "the step failed", At: r.event.Now}, deadFor)
	}
	if g.room() {
		c.Take = q.lanes
		if held.Lane != "" {
			c.Take = append(c.Take, held.Lane)
		}
	}
	return c, q.reply, q.err
}

// queue turns effects into jobs, timers and documents of a change.
type queue struct {
	request
	change *storage.Change
	reply  bot.Reply
	lanes  []string
	n      int
	err    error
}

// auditFor is how long audit lines are kept.
const auditFor = 3 * 366 * 24 * time.Hour

func (q *queue) add(effect bot.Effect) {
	switch x := effect.(type) {
	case bot.Answer:
		if q.inline {
			q.reply.View = &x.View
			return
		}
		q.post("", asker(q.event), x.View)
	case bot.Show:
		q.post(x.Key, x.To, x.View)
	case bot.End:
		q.job(postLane(x.To), job{End: &end{x.Key, x.To}})
	case bot.Set:
		q.change.Timers = append(q.change.Timers, storage.Timer{Name: q.flow + "/" + x.Name, At: x.At})
	case bot.Audit:
		q.write(auditKey(q.event.Now, q.id()), auditLine{At: q.event.Now, By: q.event.From.ID, Verb: x.Verb, Object: x.Object}, auditFor)
	case bot.Open, bot.Refuse:
		q.err = fmt.Errorf("engine: flow %q opens a form in a step that changes something", q.flow)
	}
}

func (q *queue) post(key string, to bot.Address, v bot.View) {
	last := q.event.Kind == bot.Failed
	q.job(postLane(to), job{Post: &post{Flow: q.flow, Key: key, To: to, View: v, Last: last}})
}

func (q *queue) job(lane string, j job) {
	body, err := encodeJob(j)
	if err != nil {
		q.err = err
		return
	}
	q.change.Jobs = append(q.change.Jobs, storage.Job{ID: q.id(), Lane: lane, Body: body})
	q.lanes = append(q.lanes, lane)
}

func (q *queue) write(key string, v any, ttl time.Duration) {
	body, err := json.Marshal(v)
	if err != nil {
		q.err = err
		return
	}
	q.change.Put = append(q.change.Put, storage.Write{Key: key, Body: body, TTL: ttl})
}

func (q *queue) id() string {
	q.n++
	return postID(q.event, q.n)
}

// asker is where an answer goes that cannot go out in the response: to the
// one who asked, unseen by others.
func asker(e bot.Event) bot.Address {
	if e.Place.Channel == "" || e.Place.Kind == bot.Direct {
		return bot.To(e.From.ID)
	}
	return bot.Address{Channel: e.Place.Channel, Thread: e.Place.Thread, User: e.From.ID}
}

// auditLine says who did what to what, and when. Never contents.
type auditLine struct {
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`
	Verb   string    `json:"verb"`
	Object string    `json:"object"`
}

// Keys that begin with a time sort by it.
func auditKey(at time.Time, id string) string { return "audit/" + at.UTC().Format(sortable) + "/" + id }
func deadKey(at time.Time, id string) string  { return "dead/" + at.UTC().Format(sortable) + "/" + id }

const sortable = "20060102T150405.000Z"
