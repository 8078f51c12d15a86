package slack

import (
	"sync"
	"time"
)

// facts remembers what Slack said about ids, for a while.
type facts[T any] struct {
	fresh time.Duration // so long Slack is not asked again
	stale time.Duration // so long it counts if Slack does not answer

	mu  sync.Mutex
	all map[string]fact[T]
}

type fact[T any] struct {
	value T
	since time.Time
}

// maxFacts bounds the memory; beyond, it starts anew.
const maxFacts = 20_000

func newFacts[T any](fresh, stale time.Duration) *facts[T] {
	return &facts[T]{fresh: fresh, stale: stale, all: map[string]fact[T]{}}
}

func (f *facts[T]) recall(id string) (T, bool) { return f.within(id, f.fresh) }

// last is what counts when Slack was asked and did not answer.
func (f *facts[T]) last(id string) (T, bool) { return f.within(id, f.stale) }

func (f *facts[T]) within(id string, d time.Duration) (T, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	was, ok := f.all[id]
	if !ok || time.Since(was.since) > d {
		var none T
		return none, false
	}
	return was.value, true
}

func (f *facts[T]) keep(id string, value T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.all) >= maxFacts {
		clear(f.all)
	}
	f.all[id] = fact[T]{value, time.Now()}
}

func (f *facts[T]) drop(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.all, id)
}
