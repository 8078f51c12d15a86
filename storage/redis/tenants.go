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
	if err != nil {
		return nil, err
	}
	var names []string
	for _, page := range pages {
		names = append(names, page.Val()...)
	}
	slices.Sort(names)
	return names[:min(len(names), limit+1)], nil
}
