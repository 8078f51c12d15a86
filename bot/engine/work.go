package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// drainFor is how long work in hand may take to finish when Run is stopped;
// what is left then is cut off and handed back within handBack.
const (
	drainFor = 5 * time.Second
	handBack = time.Second
)

// unsureFor is how long a timer rests whose flow must know who reads a channel,
// while the platform does not tell.
const unsureFor = 2 * time.Minute

// Run works on what is due until ctx ends: events that were recorded and not
// answered, posts, timers. Then it takes nothing more, finishes what it
// holds and returns.
func (g *Engine) Run(ctx context.Context) error {
	defer g.drain()
	tick := time.NewTicker(g.Poll)
	defer tick.Stop()
	wrong := complaints{}
	for {
		more, err := g.claim(ctx)
		if err != nil && ctx.Err() == nil && wrong.due(err, time.Now()) {
			g.Log.Error("claim", "err", err)
		}
		wake := g.crew.freed
		if !more {
			wake = nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
		case <-tick.C:
		}
	}
}

// claim starts as much due work as there are free workers, and says whether
// there may be more for the next one that is free. What a company has too much
// of is put off, so that the work of others behind it is found.
func (g *Engine) claim(ctx context.Context) (more bool, err error) {
	for ask := g.crew.free(); ask > 0 && ctx.Err() == nil; ask = claimPast {
		claims, err := g.Store.Claim(ctx, ask, g.Lease)
		var putOff sync.WaitGroup
		late := 0
		for _, c := range claims {
			if g.crew.room(c.Tenant) {
				g.start(c, nil)
				continue
			}
			late++
			putOff.Go(func() { g.putOff(c) })
		}
		putOff.Wait()
		if err != nil || late == 0 || len(claims) < ask {
			return err == nil && len(claims) == ask, err
		}
	}
	return true, nil
}

// claimPast is how much is claimed at once to get past the work of companies
// that have too much.
const claimPast = 64

// putOff hands work back until it should be its company's turn.
func (g *Engine) putOff(c storage.Claim) {
	after := g.crew.putOff(c.Tenant, time.Now())
	_, err := g.Store.Apply(g.base, c.Tenant, storage.Change{Held: &c, Release: &storage.Release{After: after, Uncounted: true}})
	if err == nil {
		g.tellPutOff(c)
	}
	if err != nil && !errors.Is(err, storage.ErrLost) && !errors.Is(err, storage.ErrErased) {
		g.Log.Warn("work that was put off stays held until its lease ends", "tenant", c.Tenant, "err", err)
	}
}

func (g *Engine) drain() {
	g.closing.Store(true)
	done := make(chan struct{})
	go func() { g.working.Wait(); close(done) }()
	for _, wait := range []time.Duration{drainFor, handBack} {
		select {
		case <-done:
			return
		case <-time.After(wait):
			g.cut()
		}
	}
	g.Log.Warn("stopped with work in hand; it goes on when its lease ends")
}

// room reports whether lanes may be taken along: there are workers, and not
// too much of the company's, or of all, waits for them already.
func (g *Engine) room(tenant string) bool {
	return g.Workers > 0 && !g.closing.Load() && g.crew.room(tenant)
}

// start works on a claim in the background. Known may spare it reading.
func (g *Engine) start(c storage.Claim, known *delivery) {
	taken := time.Now()
	g.working.Add(1)
	g.crew.add(c.Tenant, func() {
		defer g.working.Done()
		ctx := g.base
		if time.Since(taken) > g.Lease/2 {
			var err error
			if c, err = g.Store.Extend(ctx, c, g.Lease); err != nil {
				return // somebody else has it now, or will
			}
		}
		g.work(ctx, c, known)
	})
}

// Settle works on everything that is due now, in this goroutine, until
// nothing is left; what was put off by a failure waits for its time.
func (g *Engine) Settle(ctx context.Context) error {
	for {
		claims, err := g.Store.Claim(ctx, 64, g.Lease)
		if err != nil {
			return fmt.Errorf("engine: settle: %w", err)
		}
		if len(claims) == 0 {
			return nil
		}
		for _, c := range claims {
			g.work(ctx, c, nil)
		}
	}
}

// work does one claim. What it cannot do now stays held until the lease
// ends and is then claimed again.
func (g *Engine) work(ctx context.Context, c storage.Claim, known *delivery) {
	err := g.do(ctx, c, known)
	switch {
	case err == nil, errors.Is(err, storage.ErrLost), errors.Is(err, storage.ErrErased):
		// lost: somebody else has it, or a person's newer wish came first
	default:
		g.Log.Error("work", "tenant", c.Tenant, "lane", c.Lane, "attempt", c.Attempts, "err", err)
	}
}

func (g *Engine) do(ctx context.Context, c storage.Claim, known *delivery) error {
	if known != nil {
		return g.deliver(ctx, c, known.post, known.docs)
	}
	if chore, ok := g.Chores[c.Timer]; ok && c.Timer != "" {
		return g.chore(ctx, c, chore)
	}
	if c.Timer != "" {
		// Each firing is an event of its own.
		e := bot.Event{ID: fmt.Sprintf("timer/%s/%d", c.Timer, c.Token), Kind: bot.Timer, Tenant: c.Tenant, Timer: c.Timer, Now: g.Now()}
		flow := g.route(&e)
		start := time.Now()
		_, err := g.turn(ctx, c, request{flow: flow, event: e})
		g.Watch.Turn(c.Tenant, flow, bot.Timer, fired(err), time.Since(start))
		if errors.Is(err, errUnsure) {
			g.Log.Warn("a timer comes again later", "flow", flow, "tenant", c.Tenant, "err", err)
			return g.finish(c, storage.Change{Held: &c, Release: &storage.Release{After: unsureFor}})
		}
		return err
	}
	if c.Fault != nil {
		return g.discard(c, c.Fault)
	}
	j, err := decodeJob(c.Body)
	switch {
	case err != nil || (j.Event != nil && c.Attempts > attempts):
		return g.discard(c, err)
	case j.Post != nil:
		return g.deliver(ctx, c, *j.Post, nil)
	case j.End != nil:
		return g.forget(ctx, c, *j.End)
	case j.Event != nil:
		// The request that brought it is gone: an answer is posted instead.
		_, err := g.turn(ctx, c, request{flow: j.Flow, event: *j.Event, shown: j.Shown})
		return err
	}
	return g.discard(c, errors.New("the job is empty"))
}

// fired is how a timer's turn is counted.
func fired(err error) string {
	if err != nil {
		return "failed"
	}
	return "turn"
}

// discard ends a job that can never be done, and keeps a dead letter.
func (g *Engine) discard(c storage.Claim, why error) error {
	g.Watch.Dead("job")
	g.Log.Error("job is dead", "tenant", c.Tenant, "lane", c.Lane, "attempts", c.Attempts, "err", why)
	q := queue{request: request{event: bot.Event{Tenant: c.Tenant, ID: c.ID, Now: g.Now()}}, change: &storage.Change{Held: &c, Done: true}}
	q.write(deadKey(g.Now(), q.id()), deadLetter{Kind: "job", Reason: "it could not be done", At: g.Now()}, DeadFor)
	if q.err != nil {
		return q.err
	}
	if strings.HasPrefix(c.Lane, outbox) {
		return g.settled(c, post{}, "dead", *q.change)
	}
	return g.finish(c, *q.change)
}

// Next is when the next thing that is not yet due will be.
func (g *Engine) Next(ctx context.Context) (at time.Time, ok bool, err error) {
	stats, err := g.Store.Stats(ctx)
	return stats.Next, !stats.Next.IsZero(), err
}
