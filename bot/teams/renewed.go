package teams

import (
	"context"
	"sync"
	"time"

	"secadvisor/bot"
)

// renewed is a value that others give for a while: keys, or a token. One
// fetch serves all who wait for it, and those whom the value of before still
// serves wait for no longer than patience.
type renewed[T any] struct {
	fetch    func(ctx context.Context) (T, error)
	now      func() time.Time
	pause    time.Duration // from the begin of one fetch to that of the next
	patience time.Duration
	hopeless func(error) bool // fetching at once again cannot help; nil: it may

	mu     sync.Mutex
	value  T
	got    time.Time     // zero: there is no value
	tried  time.Time     // when the latest fetch began
	err    error         // of the latest fetch
	flight chan struct{} // closed when the fetch under way ends; nil: none is
}

// worth is what a value is to one caller.
type worth int

const (
	useless worth = iota
	old           // it serves, but a newer one should be fetched
	good
)

// get returns the value and what it is worth. It begins a fetch unless the
// value is good or the latest fetch was just now. Of a useless value, err
// tells how the latest fetch failed, if it did.
func (r *renewed[T]) get(ctx context.Context, judge func(value T, age time.Duration) worth) (T, worth, error) {
	value, is, flight, err := r.look(judge, true)
	if is == good || flight == nil {
		return value, is, err
	}
	if is == old {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, r.patience)
		defer cancel()
	}
	select {
	case <-flight:
		value, is, _, err = r.look(judge, false)
	case <-ctx.Done():
		err = ctx.Err()
	}
	return value, is, err
}

// look judges the value as it is now; mayFetch begins a fetch if one is due.
// flight is nil where waiting would bring nothing.
func (r *renewed[T]) look(judge func(T, time.Duration) worth, mayFetch bool) (value T, is worth, flight chan struct{}, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if !r.got.IsZero() {
		is = judge(r.value, now.Sub(r.got))
	}
	due := r.tried.IsZero() || now.Sub(r.tried) >= r.pause
	if is != good && mayFetch && due && r.flight == nil {
		r.tried, r.flight = now, make(chan struct{})
		go r.renew(r.flight, r.got.IsZero())
	}
	return r.value, is, r.flight, r.err
}

// refetch is how much later a fetch that fails is made again, and twice that the
// next time, while there is no value at all, as at a start: everybody waits for
// one.
const refetch = 200 * time.Millisecond

// renew fetches for everybody: no caller's end ends it.
func (r *renewed[T]) renew(flight chan struct{}, first bool) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	value, err := r.fetch(ctx)
	for try := 0; err != nil && first && try+1 < tries; try++ {
		if r.hopeless != nil && r.hopeless(err) || !bot.Rest(ctx, refetch<<try) {
			break
		}
		value, err = r.fetch(ctx)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		r.value, r.got = value, r.now()
	}
	r.err, r.flight = err, nil
	close(flight)
}

// forget ends a value that turned out to serve no longer. Others may have
// renewed it already: then nothing is forgotten.
func (r *renewed[T]) forget(isThat func(T) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.got.IsZero() && isThat(r.value) {
		r.got = time.Time{}
	}
}
