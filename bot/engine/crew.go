package engine

import (
	"sync"
	"time"
)

// crew shares the workers of a process among companies. A company may work
// on as much as it has while others have little; but it may hold at most
// eager times as many workers as are free, so that one is free for whoever
// comes next, and where several wait, the company that holds the fewest
// workers is first.
type crew struct {
	workers int
	freed   chan struct{} // a signal whenever work ends

	mu      sync.Mutex
	busy    int
	waiting int
	all     map[string]*company // those with work, or with work put off
	turn    int64
}

// company is the work of one company in this process.
type company struct {
	running int
	queue   []task
	took    time.Duration // one piece of work lately took, on average
	clear   time.Time     // when what was put off until now should be done
}

type task struct {
	turn int64 // tasks are counted as they come
	do   func()
}

const (
	eager = 3 // of 32 workers one company holds 24 at most

	// backlog is how much work may wait for a worker; the rest is left in the
	// store, where other replicas can reach it.
	backlog        = 512
	companyBacklog = 64

	// What a company has beyond that is put off until it should be its turn.
	shortestPutOff = 250 * time.Millisecond
	longestPutOff  = 30 * time.Second
	usuallyTakes   = 100 * time.Millisecond // until something is known
)

func newCrew(workers int) *crew {
	return &crew{workers: max(workers, 1), freed: make(chan struct{}, 1), all: map[string]*company{}}
}

func (c *crew) of(tenant string) *company {
	own, ok := c.all[tenant]
	if !ok {
		own = &company{took: usuallyTakes}
		c.all[tenant] = own
	}
	return own
}

// free is how many workers have nothing to do.
func (c *crew) free() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.workers - c.busy
}

// room reports whether more of a company's work may wait here.
func (c *crew) room(tenant string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	own := c.all[tenant]
	return c.waiting < backlog && (own == nil || len(own.queue) < companyBacklog)
}

// add does a piece of work in the background, when it is its turn.
func (c *crew) add(tenant string, do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn++
	own := c.of(tenant)
	own.queue = append(own.queue, task{c.turn, do})
	c.waiting++
	c.begin()
}

// begin starts what may be started. The caller holds the lock.
func (c *crew) begin() {
	for c.busy < c.workers {
		tenant, own := c.next()
		if own == nil {
			return
		}
		do := own.queue[0].do
		own.queue[0], own.queue = task{}, own.queue[1:]
		own.running++
		c.waiting--
		c.busy++
		go func() {
			begun := time.Now()
			defer func() { c.end(tenant, own, time.Since(begun)) }()
			do()
		}()
	}
}

// next is the company whose turn it is. The caller holds the lock.
func (c *crew) next() (tenant string, first *company) {
	free := c.workers - c.busy
	for name, own := range c.all {
		switch {
		case len(own.queue) == 0 || own.running >= max(1, eager*free):
		case first == nil, own.running < first.running,
			own.running == first.running && own.queue[0].turn < first.queue[0].turn:
			tenant, first = name, own
		}
	}
	return tenant, first
}

func (c *crew) end(tenant string, own *company, took time.Duration) {
	c.mu.Lock()
	own.running--
	c.busy--
	own.took += (took - own.took) / 8
	if own.running == 0 && len(own.queue) == 0 && time.Now().After(own.clear) {
		delete(c.all, tenant)
	}
	c.begin()
	c.mu.Unlock()
	select {
	case c.freed <- struct{}{}:
	default:
	}
}

// putOff says how long work that finds no room should stay in the store: until
// everything of its company that was put off before it has had its turn.
func (c *crew) putOff(tenant string, now time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	own := c.of(tenant)
	if own.clear.Before(now) {
		own.clear = now.Add(time.Duration(len(own.queue)) * c.pace(own))
	}
	own.clear = own.clear.Add(c.pace(own))
	if own.clear.After(now.Add(longestPutOff)) {
		own.clear = now.Add(longestPutOff)
	}
	return max(own.clear.Sub(now), shortestPutOff)
}

// pace is how often a company's work ends while it holds the workers that it
// may hold.
func (c *crew) pace(own *company) time.Duration {
	return own.took / time.Duration(max(1, c.workers*eager/(eager+1)))
}
