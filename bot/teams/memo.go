package teams

import (
	"sync"
	"time"
)

// memo remembers what Teams told, for a while. The zero value is empty.
type memo[K comparable, T any] struct {
	mu  sync.Mutex
	all map[K]told[T]
}

type told[T any] struct {
	value T
	until int64 // in nanoseconds: without a pointer, as a time has
}

const (
	memoFor  = 10 * time.Minute
	mostMemo = 10_000 // entries, after which all are forgotten
)

func (m *memo[K, T]) get(key K, now time.Time) (v T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.all[key]
	if !ok || now.UnixNano() >= found.until {
		return v, false
	}
	return found.value, true
}

func (m *memo[K, T]) forget(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, key)
}

func (m *memo[K, T]) keep(key K, v T, until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil || len(m.all) >= mostMemo {
		m.all = map[K]told[T]{}
	}
	m.all[key] = told[T]{v, until.UnixNano()}
}
