package redis

import (
	"context"
	"fmt"

	goredis "github.com/redis/go-redis/v9"
)

// layout says how tenants were divided when the store was first opened: the
// number of the format, the partitions and the hash.
var layout = fmt.Sprintf("1 partitions=%d hash=fnv1a", partitions)

// checkLayout records the layout in a new store and compares it in an old one.
func (s *Store) checkLayout(ctx context.Context, prefix string) error {
	key := prefix + ":layout"
	if err := s.client.SetArgs(ctx, key, layout, goredis.SetArgs{Mode: "NX"}).Err(); err != nil && err != goredis.Nil {
		return fmt.Errorf("record the layout in %s: %w", key, err)
	}
	found, err := s.client.Get(ctx, key).Result()
	if err != nil {
		return fmt.Errorf("read the layout in %s: %w", key, err)
	}
	if found != layout {
		return fmt.Errorf("%s says %.60q, this version of the bot divides data as %q; "+
			"use the version that wrote the data, or another prefix in the address", key, found, layout)
	}
	return nil
}
