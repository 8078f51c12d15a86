package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

const (
	attempts  = 10               // of one post
	pauseAt   = 5                // posts in a row that were refused pause an address
	sendLimit = 10 * time.Second // well within the lease
)

// How long what is known of deliveries is kept.
const (
	PauseFor = 24 * time.Hour       // that an address takes nothing: then it is tried again
	DeadFor  = 90 * 24 * time.Hour  // dead letters
	SentFor  = 400 * 24 * time.Hour // where a card is, to edit it
)

// deadLetter is what remains of something that could not be done. It holds
// no text that anybody wrote.
type deadLetter struct {
	Flow   string    `json:"flow"`
	Key    string    `json:"key,omitempty"`
	Kind   string    `json:"kind"`
	To     string    `json:"to,omitempty"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// deliver sends a held post and records what became of it.
func (g *Engine) deliver(ctx context.Context, held storage.Claim, p post, docs []storage.Doc) error {
	if docs == nil {
		var err error
		if docs, err = g.Store.Get(ctx, held.Tenant, p.keys()...); err != nil {
			return fmt.Errorf("engine: read address: %w", err)
		}
	}
	at := addressOf(docs)
	if at.target.Dead >= pauseAt {
		return g.bury(held, p, at, "nothing has arrived there for a while, so I paused it until tomorrow", unsent)
	}
	platform, ok := g.Platform(held.Tenant)
	if !ok {
		return g.bury(held, p, at, "the bot is not connected to this company", unsent)
	}
	if wait := g.pace.wait(platform, held.Tenant, p, g.Now()); wait > 0 {
		return g.later(held, p, "pace", storage.Release{After: wait, Uncounted: true})
	}
	start := time.Now()
	receipt, err := g.send(ctx, platform, held, p, at)
	g.Watch.Delivery(held.Tenant, result(err), time.Since(start))
	if err == nil {
		return g.delivered(held, p, at, receipt)
	}
	outcome := bot.OutcomeOf(err)
	g.Log.Warn("delivery failed", "flow", p.Flow, "tenant", held.Tenant, "attempt", held.Attempts, "permanent", outcome.Permanent, "err", err)
	switch {
	case outcome.Permanent:
		return g.bury(held, p, at, outcome.Reason, refusal(outcome))
	case outcome.After > 0:
		return g.later(held, p, "told", storage.Release{After: outcome.After, Uncounted: true})
	case held.Attempts >= attempts:
		return g.bury(held, p, at, "it did not answer, ten times over", silent)
	}
	return g.later(held, p, "retry", storage.Release{After: backoff(held.Attempts)})
}

// result is how a delivery is counted.
func result(err error) string {
	switch o := bot.OutcomeOf(err); {
	case err == nil:
		return "delivered"
	case o.Permanent:
		return "dead"
	case o.After > 0:
		return "later"
	}
	return "unclear"
}

// send posts or edits; a message that is gone is posted anew.
func (g *Engine) send(ctx context.Context, platform bot.Platform, held storage.Claim, p post, at address) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	file, err := g.file(ctx, held.Tenant, p)
	if err != nil {
		return "", err
	}
	out := bot.Post{ID: held.ID, Tenant: held.Tenant, To: p.To, View: p.View, File: file, Edit: at.sent.Receipt, Reach: at.reached.Reach, Key: p.Key, Flow: p.Flow, Again: held.Attempts > 1, Home: (p.Key != "" || p.File != nil) && p.To.User != "" && !g.flows[p.Flow].Open}
	if p.File != nil {
		out.Name = *p.File
	}
	got, err := platform.Deliver(ctx, out)
	if err != nil && at.sent.Receipt != "" && bot.OutcomeOf(err).Gone {
		out.Edit = ""
		return platform.Deliver(ctx, out)
	}
	return got, err
}

// backoff waits 1, 2, 4 ... seconds, at most five minutes.
func backoff(attempt int) time.Duration {
	return min(time.Second<<min(attempt-1, 10), 5*time.Minute)
}

// delivered records the receipt and ends the job.
func (g *Engine) delivered(held storage.Claim, p post, at address, receipt string) error {
	c := storage.Change{Held: &held, Done: true}
	if p.Key != "" && p.File == nil && receipt != at.sent.Receipt {
		c.Put = append(c.Put, at.write(at.sentKey, sent{receipt}, SentFor))
	}
	if at.target.Dead > 0 {
		c.Put = append(c.Put, at.write(at.targetKey, nil, 0))
	}
	return g.settled(held, p, "delivered", c)
}

// ending is how it came that a post did not arrive.
type ending int

const (
	unsent    ending = iota // it was not tried
	refused                 // the address does not take it
	blameless               // nor would another address have taken it
	silent                  // there was no answer, which tells of the platform, not of the address
)

func refusal(o bot.Outcome) ending {
	if o.Blameless {
		return blameless
	}
	return refused
}

// bury ends a post that will not arrive: a dead letter stays, the address is
// counted if it refused it, and the flow that wanted it is told.
func (g *Engine) bury(held storage.Claim, p post, at address, reason string, how ending) error {
	if reason == "" {
		reason = "it was refused"
	}
	now := g.Now()
	g.Watch.Dead("post")
	g.Log.Error("post is dead", "flow", p.Flow, "tenant", held.Tenant, "reason", reason)
	letter, err := json.Marshal(deadLetter{Flow: p.Flow, Key: p.Key, Kind: "post", To: p.To.Lane(), Reason: reason, At: now})
	if err != nil {
		return err
	}
	c := storage.Change{Held: &held, Done: true, Put: []storage.Write{
		{Key: deadKey(now, held.ID), Body: letter, TTL: DeadFor},
	}}
	if how == refused {
		c.Put = append(c.Put, at.write(at.targetKey, target{at.target.Dead + 1}, PauseFor))
	}
	if !p.Last {
		told := bot.Event{ID: held.ID + "/dead", Kind: bot.Failed, Tenant: held.Tenant, Now: now,
			Undelivered: &bot.Undelivered{Key: p.Key, To: p.To, Reason: reason, Silent: how == silent}}
		body, err := encodeJob(job{Flow: p.Flow, Event: &told})
		if err != nil {
			return err
		}
		c.Jobs = append(c.Jobs, storage.Job{ID: told.ID, Lane: "in/failed", Body: body})
		c.Take = append(c.Take, "in/failed")
	}
	return g.settled(held, p, "dead", c)
}

// forget removes the receipt of a key.
func (g *Engine) forget(ctx context.Context, held storage.Claim, x end) error {
	docs, err := g.Store.Get(ctx, held.Tenant, sentKey(x.Key, x.To))
	if err != nil {
		return fmt.Errorf("engine: read address: %w", err)
	}
	c := storage.Change{Held: &held, Done: true}
	if docs[0].Version != 0 {
		c.Put = []storage.Write{{Key: docs[0].Key, Version: docs[0].Version}}
	}
	return g.finish(held, c)
}

// finish writes the end of a delivery, even while the engine is stopping,
// and goes on with what waits behind it.
func (g *Engine) finish(held storage.Claim, c storage.Change) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c.Lease = g.Lease
	if !g.room(held.Tenant) {
		c.Take = nil
	} else if c.Done {
		c.Take = append(c.Take, held.Lane)
	}
	applied, err := g.Store.Apply(ctx, held.Tenant, c)
	if err != nil {
		return fmt.Errorf("engine: record delivery: %w", err)
	}
	for _, next := range applied.Taken {
		g.start(next, nil)
	}
	return nil
}
