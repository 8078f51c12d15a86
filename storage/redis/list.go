package redis

import (
	"context"
	"errors"
	"fmt"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

// listPage is how many documents are read from Redis at once.
const listPage = 500

// List reads names from the tenant's index, then the documents. A name whose
// document has come to its end is passed over.
func (s *Store) List(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	docs, more, err := s.list(ctx, tenant, prefix, after, limit)
	if err != nil {
		return nil, false, fmt.Errorf("storage/redis: list: %w", err)
	}
	return docs, more, nil
}

func (s *Store) list(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	if err := errors.Join(ctx.Err(), validName("tenant", tenant), validPage(limit)); err != nil {
		return nil, false, err
	}
	from, to := lexRange(prefix, after)
	var docs []storage.Doc
	for {
		want := min(limit-len(docs)+1, listPage)
		keys, err := s.names(ctx, tenant, from, to, want)
		if err != nil {
			return nil, false, err
		}
		found, err := s.get(ctx, tenant, keys)
		if err != nil {
			return nil, false, err
		}
		s.meetStrangers(ctx, tenant, found)
		for _, d := range found {
			if d.Version == 0 {
				continue
			}
			if len(docs) == limit {
				return docs, true, nil
			}
			docs = append(docs, d)
		}
		if len(keys) < want {
			return docs, false, nil
		}
		from = "(" + keys[len(keys)-1]
	}
}

// meetStrangers marks documents in whose place is something of another kind.
func (s *Store) meetStrangers(ctx context.Context, tenant string, docs []storage.Doc) {
	prefix := s.part(tenant).doc + scope(tenant)
	var missing []string
	for _, d := range docs {
		if d.Version == 0 {
			missing = append(missing, prefix+d.Key)
		}
	}
	all := s.strangers(ctx, missing)
	for i, d := range docs {
		if why, is := all[prefix+d.Key]; is {
			docs[i].Version, docs[i].Fault = damagedVersion, fmt.Errorf("%s: %w", why, storage.ErrDamaged)
		}
	}
}

func validPage(limit int) error {
	if limit < 1 {
		return fmt.Errorf("a page of %d", limit)
	}
	return nil
}

func (s *Store) names(ctx context.Context, tenant, from, to string, most int) (names []string, err error) {
	index := s.part(tenant).index + scope(tenant)
	err = s.read(ctx, index, func(server *goredis.Client) error {
		names, err = server.ZRangeArgs(ctx, goredis.ZRangeArgs{Key: index, Start: from, Stop: to, ByLex: true, Count: int64(most)}).Result()
		return err
	})
	return names, s.named(ctx, err, index)
}

// lexRange is the range of names that begin with prefix and sort after the
// name after.
// https://redis.io/docs/latest/commands/zrange/
func lexRange(prefix, after string) (from, to string) {
	from, to = "["+prefix, "+"
	if after >= prefix && after != "" {
		from = "(" + after
	}
	for end := []byte(prefix); len(end) > 0; end = end[:len(end)-1] {
		if last := len(end) - 1; end[last] != 0xff {
			end[last]++
			to = "(" + string(end)
			break
		}
	}
	return from, to
}
