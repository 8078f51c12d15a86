package redis

import (
	"context"
	"slices"
	"sync"

	goredis "github.com/redis/go-redis/v9"
)

// atOnce is how many round trips to one server are under way at most. One alone
// would carry the most each time; with the second, work goes on while a
// connection hangs.
const atOnce = 2

// ask has a server do one command, and returns when it is answered: cmd has the
// outcome, but for an error that is returned. When the context ends first, cmd
// is not to be touched any more: what has left may still be done.
func (s *Store) ask(ctx context.Context, server *goredis.Client, cmd goredis.Cmder) error {
	is, ok := s.trips.Load(server)
	if !ok {
		is, _ = s.trips.LoadOrStore(server, &trips{server: server})
	}
	return is.(*trips).ask(ctx, cmd)
}

// trips lets those that need a server at the same moment share a round trip.
// Whoever comes while it has little to do goes at once, and alone. Whoever does
// not waits until somebody is back, and goes with all that wait by then.
type trips struct {
	server *goredis.Client

	mu       sync.Mutex
	underway int
	next     *trip // nil: nobody waits
}

// trip is one round trip of several commands.
type trip struct {
	cmds []goredis.Cmder
	back chan struct{} // closed when all have their outcome
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
	if t.next == nil {
		t.next = &trip{back: make(chan struct{})}
	}
	mine := t.next
	mine.cmds = append(mine.cmds, cmd)
	t.mu.Unlock()
	select {
	case <-mine.back:
		return nil
	case <-ctx.Done():
		t.stay(mine, cmd)
		return ctx.Err()
	}
}

// end is the end of a round trip. The next one begins in its place, if there is
// one.
func (t *trips) end() *trip {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := t.next
	t.next = nil
	if next == nil {
		t.underway--
	}
	return next
}

// make makes a round trip, and those that come after it. Nobody's context ends
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
	if t.next == mine {
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
