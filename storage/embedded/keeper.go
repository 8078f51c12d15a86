package embedded

import (
	"bytes"
	"context"
	"time"

	"secadvisor/storage"
)

var _ storage.Keeper = (*Store)(nil)

// Ends reads from one consistent state.
func (s *Store) Ends(ctx context.Context, tenant string, keys ...string) ([]time.Time, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := nameFits("tenant", tenant); err != nil {
		return nil, err
	}
	ends := make([]time.Time, len(keys))
	err := s.view(func(t *txn) error {
		own, _ := t.space(tenant)
		for i, key := range keys {
			if r := t.document(own, key); r.expires != 0 {
				ends[i] = time.UnixMilli(r.expires).UTC()
			}
		}
		return nil
	})
	return ends, err
}

// Waiting reads from one consistent state.
func (s *Store) Waiting(ctx context.Context, tenant string) (w storage.Waiting, err error) {
	if err := ctx.Err(); err != nil {
		return w, err
	}
	if err := nameFits("tenant", tenant); err != nil {
		return w, err
	}
	err = s.view(func(t *txn) error {
		own, _ := t.space(tenant)
		cursor := t.in(items).Cursor()
		for k, v := cursor.Seek([]byte(own)); k != nil && bytes.HasPrefix(k, []byte(own)); k, v = cursor.Next() {
			_, kind, name := splitItem(k)
			if kind == laneKind {
				w.Lanes++
				continue
			}
			w.Timers = append(w.Timers, storage.Timer{Name: name, At: time.UnixMilli(t.readItem(v).since).UTC()})
		}
		return nil
	})
	return w, err
}
