package embedded

import (
	"context"
	"time"

	"secadvisor/storage"
)

// noSpace stands where a tenant has no data: no entry is under it.
const noSpace space = "\x00\x00\x00\x00\x00\x00\x00\x00"

func (t *txn) space(tenant string) (space, bool) {
	if tenant == "" {
		return noSpace, false
	}
	if own := t.get(tenants, []byte(tenant)); own != nil {
		return space(own), true
	}
	return noSpace, false
}

func (t *txn) addTenant(tenant string) space {
	own := space(encodeNumber(t.next()))
	t.put(tenants, []byte(tenant), []byte(own))
	t.put(spaces, []byte(own), []byte(tenant))
	t.count(tenants, 1)
	return own
}

// Tenants reads a page from one consistent state.
func (s *Store) Tenants(ctx context.Context, after string, limit int) (page []string, more bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	if limit < 1 {
		return nil, false, refuse("a page of %d", limit)
	}
	err = s.view(func(t *txn) error {
		start := after
		if after != "" {
			start += "\x00"
		}
		names := t.from(tenants, []byte(start), limit+1)
		more = len(names) > limit
		for _, name := range names[:min(limit, len(names))] {
			page = append(page, string(name))
		}
		return nil
	})
	return page, more, err
}

// Stats reads the ends of the indexes by time and numbers that are kept.
func (s *Store) Stats(ctx context.Context) (storage.Stats, error) {
	if err := ctx.Err(); err != nil {
		return storage.Stats{}, err
	}
	var stats storage.Stats
	err := s.view(func(t *txn) error {
		stats.Tenants = int(t.in(tenants).Sequence())
		stats.Items = int(t.in(items).Sequence())
		for _, index := range []bucket{due, held} {
			if past := t.past(index, 1); len(past) > 0 {
				stats.Overdue = max(stats.Overdue, time.Duration(t.now-decodeTime(past[0]))*time.Millisecond)
			}
			if coming := t.from(index, encodeTime(t.now+1), 1); len(coming) > 0 {
				stats.Next = earlier(stats.Next, time.UnixMilli(decodeTime(coming[0])).UTC())
			}
		}
		return nil
	})
	return stats, err
}

// earlier of two times; the zero time is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
