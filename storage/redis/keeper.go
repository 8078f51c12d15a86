package redis

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

var _ storage.Keeper = (*Store)(nil)

// Ends reads the heads of documents.
func (s *Store) Ends(ctx context.Context, tenant string, keys ...string) ([]time.Time, error) {
	ends, err := s.ends(ctx, tenant, keys)
	if err != nil {
		return nil, fmt.Errorf("storage/redis: ends: %w", err)
	}
	return ends, nil
}

func (s *Store) ends(ctx context.Context, tenant string, keys []string) ([]time.Time, error) {
	if err := errors.Join(ctx.Err(), validName("tenant", tenant)); err != nil || len(keys) == 0 {
		return nil, err
	}
	prefix := s.part(tenant).doc + scope(tenant)
	heads := make([]*goredis.StringCmd, len(keys))
	err := s.read(ctx, prefix, func(server *goredis.Client) error {
		_, err := server.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
			for i, key := range keys {
				heads[i] = pipe.GetRange(ctx, prefix+key, 0, header-1)
			}
			return nil
		})
		return err
	})
	if err != nil && !isKind(err) {
		return nil, err
	}
	ends := make([]time.Time, len(keys))
	for i, head := range heads {
		if v := head.Val(); len(v) == header && s.document(keys[i], v).Version > 0 {
			if end := int64(binary.BigEndian.Uint64([]byte(v[8:]))); end > 0 {
				ends[i] = timeOf(float64(end)).UTC()
			}
		}
	}
	return ends, nil
}

// Waiting looks through the items of the tenant's partition.
func (s *Store) Waiting(ctx context.Context, tenant string) (storage.Waiting, error) {
	w, err := s.waiting(ctx, tenant)
	if err != nil {
		return w, fmt.Errorf("storage/redis: waiting: %w", err)
	}
	return w, nil
}

func (s *Store) waiting(ctx context.Context, tenant string) (w storage.Waiting, err error) {
	if err := errors.Join(ctx.Err(), validName("tenant", tenant)); err != nil {
		return w, err
	}
	e := &erasure{store: s, part: s.part(tenant), tenant: tenant, scope: scope(tenant)}
	scores := map[string]string{} // a scan may tell of an item twice
	for cursor, more := uint64(0), true; more; more = cursor != 0 {
		var found []string
		if found, cursor, err = e.scan(ctx, cursor, "["+string(laneKind)+string(timerKind)+"]"+escapeGlob(e.scope)+"*"); err != nil {
			return w, err
		}
		for i := 0; i+1 < len(found); i += 2 {
			scores[found[i]] = found[i+1]
		}
	}
	for member, score := range scores {
		kind, _, name, err := splitMember(member)
		if err != nil {
			return w, err
		}
		if kind == laneKind {
			w.Lanes++
			continue
		}
		at, err := strconv.ParseFloat(score, 64)
		if err != nil {
			return w, fmt.Errorf("the time of a timer: %w", err)
		}
		w.Timers = append(w.Timers, storage.Timer{Name: name, At: timeOf(at).UTC()})
	}
	slices.SortFunc(w.Timers, func(a, b storage.Timer) int { return cmp.Compare(a.Name, b.Name) })
	return w, nil
}
