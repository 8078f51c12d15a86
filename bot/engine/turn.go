package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
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

// queue turns effects into jobs, timers and documents of a change.
type queue struct {
	request
	change *storage.Change
	now    time.Time
	reply  bot.Reply
	lanes  []string
	posts  []queued
	n      int
	err    error
}

// queued is a post of this change, by the id of its job.
type queued struct {
	id string
	post
}

// known is what need not be read again to deliver a lane's head: the post,
// and the documents of its address. Nil: it is an earlier job.
func (q *queue) known(c storage.Claim, read []storage.Doc) *delivery {
	for i, p := range q.posts {
		if p.id == c.ID && addressDocs*(i+1) <= len(read) {
			return &delivery{p.post, read[addressDocs*i : addressDocs*(i+1)]}
		}
	}
	return nil
}

// AuditFor is how long audit lines are kept.
const AuditFor = 3 * 366 * 24 * time.Hour

// repeated reports whether an answer would lie in the asker's direct messages
// beside a view that is shown to them there, and is the same.
func repeated(e bot.Event, effect bot.Effect, among []bot.Effect) bool {
	answer, is := effect.(bot.Answer)
	return is && e.Aside && slices.ContainsFunc(among, func(other bot.Effect) bool {
		shown, is := other.(bot.Show)
		return is && shown.To == bot.To(e.From.ID) && reflect.DeepEqual(shown.View, answer.View)
	})
}

func (q *queue) add(effect bot.Effect) {
	switch x := effect.(type) {
	case bot.Answer:
		if q.inline {
			q.reply.View = &x.View
			return
		}
		if q.shown != "" && q.shown == digest(x.View) {
			return
		}
		q.post("", asker(q.event), x.View, nil)
	case bot.Show:
		q.reply.Shown = append(q.reply.Shown, x)
		q.post(x.Key, x.To, x.View, nil)
	case bot.Send:
		q.post(x.Key, x.To, x.View, &x.File)
	case bot.End:
		q.job(postLane(x.To), job{End: &end{x.Key, x.To}})
	case bot.Set:
		flow := cmp.Or(x.Flow, q.flow)
		q.change.Timers = append(q.change.Timers, storage.Timer{Name: flow + "/" + x.Name, At: Spread(q.event.Tenant, flow, x)})
	case bot.Audit:
		line := bot.AuditLine{At: q.event.Now, By: q.event.From.ID, Name: q.event.From.Name, Verb: x.Verb, Object: x.Object, Where: q.event.Place.Where()}
		q.write(bot.AuditDoc.Key(bot.AuditID(line.At, q.id())), line, AuditFor)
	case bot.Open, bot.Refuse:
		q.err = fmt.Errorf("engine: flow %q opens a form in a step that changes something", q.flow)
	}
}

func (q *queue) post(key string, to bot.Address, v bot.View, file *bot.Action) {
	p := post{Flow: q.flow, Key: key, To: to, View: v, File: file, Last: q.event.Kind == bot.Failed, Unasked: q.event.Kind == bot.Timer, Since: q.now}
	id := q.job(postLane(to), job{Post: &p})
	q.posts = append(q.posts, queued{id, p})
}

func (q *queue) job(lane string, j job) (id string) {
	body, err := encodeJob(j)
	if err != nil {
		q.err = err
		return ""
	}
	id = q.id()
	q.change.Jobs = append(q.change.Jobs, storage.Job{ID: id, Lane: lane, Body: body})
	q.lanes = append(q.lanes, lane)
	return id
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

// A key that begins with a time sorts by it.
func deadKey(at time.Time, id string) string { return "dead/" + at.UTC().Format(sortable) + "/" + id }

const sortable = "20060102T150405.000Z"
