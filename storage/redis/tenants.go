package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"

	goredis "github.com/redis/go-redis/v9"
)

// Tenants reads a page of every partition and merges them.
func (s *Store) Tenants(ctx context.Context, after string, limit int) ([]string, bool, error) {
	names, err := s.tenants(ctx, after, limit)
	if err != nil {
		return nil, false, fmt.Errorf("storage/redis: tenants: %w", err)
	}
	if len(names) > limit {
		return names[:limit], true, nil
	}
	return names, false, nil
}

// tenants returns limit+1 tenants, or all there are.
func (s *Store) tenants(ctx context.Context, after string, limit int) ([]string, error) {
	if err := errors.Join(ctx.Err(), validPage(limit)); err != nil {
		return nil, err
	}
	from := "-"
	if after != "" {
		from = "(" + after
	}
	pages := make([]*goredis.StringSliceCmd, partitions)
	err := s.retry(ctx, harmless, func() error {
		_, err := s.client.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
			for i, p := range s.parts {
				pages[i] = pipe.ZRangeByLex(ctx, p.names, &goredis.ZRangeBy{Min: from, Max: "+", Count: int64(limit) + 1})
			}
			return nil
		})
		return err
	})
	if err != nil && !isKind(err) {
		return nil, err
	}
	var names []string
	for i, page := range pages {
		some, err := page.Result()
		if isKind(err) {
			some, err = s.stated(ctx, &s.parts[i], after)
		}
		if err != nil {
			return nil, err
		}
		names = append(names, some...)
	}
	slices.Sort(names)
	return names[:min(len(names), limit+1)], nil
}

// stated are the tenants of a partition by their states, where their names are
// damaged.
func (s *Store) stated(ctx context.Context, p *partition, after string) (names []string, err error) {
	err = s.read(ctx, p.tenants, func(server *goredis.Client) error {
		states, err := server.HGetAll(ctx, p.tenants).Result()
		for name, state := range states {
			if state != "erased" && name > after {
				names = append(names, name)
			}
		}
		return err
	})
	return names, s.named(ctx, err, p.names, p.tenants)
}
