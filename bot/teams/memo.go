package teams

import (
	"sync"
	"time"
)

// memo remembers what Teams told, for a while. The zero value is empty.
type memo[T any] struct {
	mu  sync.Mutex
	all map[string]told[T]
}

type told[T any] struct {
	value T
	until time.Time
}

const (
	memoFor  = 10 * time.Minute
	mostMemo = 10_000 // entries, after which all are forgotten
)

func (m *memo[T]) get(key string, now time.Time) (v T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.all[key]
	if !ok || !now.Before(found.until) {
		return v, false
	}
	return found.value, true
}

func (m *memo[T]) forget(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, key)
}

func (m *memo[T]) keep(key string, v T, until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil || len(m.all) >= mostMemo {
		m.all = map[string]told[T]{}
	}
	m.all[key] = told[T]{v, until}
}
