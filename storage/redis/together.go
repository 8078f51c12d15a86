package redis

import (
	"context"
	"slices"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	// atOnce is how many round trips to one server are under way while work goes
	// on: one alone would carry the most each time, with the second nobody stands
	// still while Redis works.
	atOnce = 2

	// patience is how long somebody waits for one of these to end. That is long
	// for a Redis on the same network; where it is far away, or connections
	// hang, more trips begin meanwhile, but for mostAtOnce.
	patience   = 2 * time.Millisecond
	mostAtOnce = 16

	// mostTogether and mostBytes end the room of a trip: all that go together
	// wait for the last, and the client's limits are for them all.
	mostTogether = 64
	mostBytes    = 1 << 20
)

// ask has a server do one command, and returns when it is answered: cmd has the
// outcome, but for an error that is returned. When the context ends first, cmd
// and what it was made of are not to be touched any more: what has left may
// still be done.
func (s *Store) ask(ctx context.Context, server *goredis.Client, cmd goredis.Cmder) error {
	is, ok := s.trips.Load(server)
	if !ok {
		is, _ = s.trips.LoadOrStore(server, &trips{server: server})
	}
	return is.(*trips).ask(ctx, cmd)
}

// trips lets those that need a server at the same moment share a round trip.
// Whoever comes while it has little to do goes at once, and alone. Whoever does
// not waits until somebody is back, and goes with those that wait by then, in
// the order in which they came.
type trips struct {
	server *goredis.Client

	mu       sync.Mutex
	underway int
	waiting  []*trip
}

// trip is one round trip of several commands.
type trip struct {
	cmds  []goredis.Cmder
	bytes int
	timer *time.Timer
	late  bool          // it has waited for as long as it has to
	back  chan struct{} // closed when all have their outcome
}

func (t *trips) ask(ctx context.Context, cmd goredis.Cmder) error {
	t.mu.Lock()
	if t.underway < atOnce {
		t.underway++
		t.mu.Unlock()
		_ = t.server.Process(ctx, cmd)
		if next := t.end(); next != nil {
			go t.make(next)
		}
		return nil
	}
	mine := t.join(cmd)
	t.mu.Unlock()
	select {
	case <-mine.back:
		return nil
	case <-ctx.Done():
		t.stay(mine, cmd)
		return ctx.Err()
	}
}

// join adds a command to the last trip that waits, or to one of its own. The
// lock is held.
func (t *trips) join(cmd goredis.Cmder) *trip {
	n := len(t.waiting)
	if n == 0 || len(t.waiting[n-1].cmds) >= mostTogether || t.waiting[n-1].bytes >= mostBytes {
		own := &trip{back: make(chan struct{})}
		own.timer = time.AfterFunc(patience, func() { t.hurry(own) })
		t.waiting = append(t.waiting, own)
		n++
	}
	mine := t.waiting[n-1]
	mine.cmds = append(mine.cmds, cmd)
	for _, arg := range cmd.Args() {
		if body, ok := arg.([]byte); ok {
			mine.bytes += len(body)
		}
	}
	return mine
}

// hurry is for a trip that has waited for as long as it has to.
func (t *trips) hurry(late *trip) {
	t.mu.Lock()
	defer t.mu.Unlock()
	late.late = true
	for next := t.due(); next != nil; next = t.due() {
		go t.make(next)
	}
}

// end is the end of a round trip, and returns the one that begins in its place;
// nil: none does.
func (t *trips) end() *trip {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.underway--
	return t.due()
}

// due takes the trip that begins now, the first that waits; nil: none does. The
// lock is held.
func (t *trips) due() *trip {
	if len(t.waiting) == 0 || t.underway >= atOnce && (!t.waiting[0].late || t.underway >= mostAtOnce) {
		return nil
	}
	next := t.waiting[0]
	t.waiting = slices.Delete(t.waiting, 0, 1)
	next.timer.Stop()
	t.underway++
	return next
}

// make makes a round trip, and those that begin after it. Nobody's context ends
// it: the client's own limits do.
func (t *trips) make(next *trip) {
	for ; next != nil; next = t.end() {
		pipe := t.server.Pipeline()
		for _, cmd := range next.cmds {
			_ = pipe.Process(context.Background(), cmd)
		}
		exec(context.Background(), pipe)
		close(next.back)
	}
}

// stay keeps a command back, if its trip has not begun.
func (t *trips) stay(mine *trip, cmd goredis.Cmder) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.Contains(t.waiting, mine) {
		mine.cmds = slices.DeleteFunc(mine.cmds, func(c goredis.Cmder) bool { return c == cmd })
	}
}

// exec makes the round trip of a pipeline: each of its commands has its outcome
// then. The client itself leaves them without one, and without an error, where
// it is not let in: with a password that was changed, or as one too many.
func exec(ctx context.Context, pipe goredis.Pipeliner) {
	cmds, err := pipe.Exec(ctx)
	if err == nil || slices.ContainsFunc(cmds, func(c goredis.Cmder) bool { return c.Err() != nil }) {
		return
	}
	for _, cmd := range cmds {
		cmd.SetErr(err)
	}
}
