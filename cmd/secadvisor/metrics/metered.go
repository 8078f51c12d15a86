package metrics

import (
	"context"
	"errors"
	"time"

	"secadvisor/storage"
)

// metered is a store whose calls are timed.
type metered struct {
	storage.Store
	*Metrics
}

// Timed is a store that tells how long its calls take.
func (m *Metrics) Timed(store storage.Store) storage.Store { return metered{store, m} }

// Unwrap is the store whose calls are timed.
func (m metered) Unwrap() storage.Store { return m.Store }

// expected are answers of a store, not faults of it.
var expected = []error{storage.ErrConflict, storage.ErrLost, storage.ErrSeen, storage.ErrBusy, storage.ErrErased}

func (m metered) took(call string, since time.Time, err error) {
	result := "ok"
	if err != nil {
		result = "failed"
		for _, known := range expected {
			if errors.Is(err, known) {
				result = "refused"
			}
		}
	}
	m.Metrics.store.WithLabelValues(call, result).Observe(time.Since(since).Seconds())
}

func (m metered) Get(ctx context.Context, tenant string, keys ...string) ([]storage.Doc, error) {
	start := time.Now()
	docs, err := m.Store.Get(ctx, tenant, keys...)
	m.took("get", start, err)
	return docs, err
}

func (m metered) List(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	start := time.Now()
	docs, more, err := m.Store.List(ctx, tenant, prefix, after, limit)
	m.took("list", start, err)
	return docs, more, err
}

func (m metered) Apply(ctx context.Context, tenant string, c storage.Change) (storage.Applied, error) {
	start := time.Now()
	applied, err := m.Store.Apply(ctx, tenant, c)
	m.took("apply", start, err)
	return applied, err
}

func (m metered) Claim(ctx context.Context, most int, lease time.Duration) ([]storage.Claim, error) {
	start := time.Now()
	claims, err := m.Store.Claim(ctx, most, lease)
	m.took("claim", start, err)
	return claims, err
}
