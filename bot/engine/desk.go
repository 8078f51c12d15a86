package engine

import (
	"context"
	"fmt"
	"sync"
)

// desk bounds how many events of one company are taken at once: the rest
// waits, so that a company which sends thousands leaves others the processor
// and the store.
type desk struct {
	mu  sync.Mutex
	all map[string]*queueing
}

type queueing struct {
	places chan struct{}
	here   int // at the desk or before it
}

// atOnceOfOne is how many events of one company are taken at once.
const atOnceOfOne = 32

// enter waits for a place; leave must be called after the event.
func (d *desk) enter(ctx context.Context, tenant string) (leave func(), err error) {
	d.mu.Lock()
	if d.all == nil {
		d.all = map[string]*queueing{}
	}
	q, ok := d.all[tenant]
	if !ok {
		q = &queueing{places: make(chan struct{}, atOnceOfOne)}
		d.all[tenant] = q
	}
	q.here++
	d.mu.Unlock()
	select {
	case q.places <- struct{}{}:
		return func() { <-q.places; d.gone(tenant, q) }, nil
	case <-ctx.Done():
		d.gone(tenant, q)
		return nil, fmt.Errorf("engine: too much of one company at once: %w", ctx.Err())
	}
}

func (d *desk) gone(tenant string, q *queueing) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if q.here--; q.here == 0 {
		delete(d.all, tenant)
	}
}
