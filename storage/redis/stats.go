package redis

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

// Stats reads a few numbers of every partition, in two round trips.
func (s *Store) Stats(ctx context.Context) (storage.Stats, error) {
	var stats storage.Stats
	err := s.retry(ctx, harmless, func() (err error) {
		stats, err = s.stats(ctx)
		return err
	})
	if err != nil {
		return storage.Stats{}, fmt.Errorf("storage/redis: stats: %w", err)
	}
	return stats, nil
}

func (s *Store) stats(ctx context.Context) (storage.Stats, error) {
	now, err := s.readTime(s.client.Time(ctx))
	if err != nil {
		return storage.Stats{}, err
	}
	later := &goredis.ZRangeBy{Min: "(" + strconv.FormatInt(now, 10), Max: "+inf", Count: 1}

	type numbers struct {
		tenants, items *goredis.IntCmd
		oldest, next   *goredis.ZSliceCmd
	}
	var all [partitions]numbers
	_, err = s.client.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
		for i, p := range s.parts {
			all[i] = numbers{
				pipe.ZCard(ctx, p.names), pipe.ZCard(ctx, p.due),
				pipe.ZRangeWithScores(ctx, p.due, 0, 0), pipe.ZRangeByScoreWithScores(ctx, p.due, later),
			}
		}
		return nil
	})
	if err != nil && !isKind(err) { // a partition that is damaged does not hide the others
		return storage.Stats{}, err
	}
	var stats storage.Stats
	for _, n := range all {
		if err := cmp.Or(n.tenants.Err(), n.items.Err(), n.oldest.Err(), n.next.Err()); err != nil && !isKind(err) {
			return storage.Stats{}, err
		}
		stats.Tenants += int(n.tenants.Val())
		stats.Items += int(n.items.Val())
		if at, ok := first(n.oldest); ok && at <= now {
			stats.Overdue = max(stats.Overdue, time.Duration(now-at)*time.Millisecond)
		}
		if at, ok := first(n.next); ok && (stats.Next.IsZero() || at < stats.Next.UnixMilli()) {
			stats.Next = time.UnixMilli(at)
		}
	}
	return stats, nil
}

// first is the time of the first item found.
func first(found *goredis.ZSliceCmd) (at int64, ok bool) {
	if items := found.Val(); len(items) > 0 {
		return timeOf(items[0].Score).UnixMilli(), true
	}
	return 0, false
}
