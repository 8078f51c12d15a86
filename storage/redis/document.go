package redis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

// header is the version of a document and the end of its life in ms (0: none),
// 8 bytes each, in front of its body.
const header = 16

// Get reads documents with one MGET. Where a key holds something that is no
// string there seems to be no document; Apply does not write there.
func (s *Store) Get(ctx context.Context, tenant string, keys ...string) ([]storage.Doc, error) {
	docs, err := s.get(ctx, tenant, keys)
	if err != nil {
		return nil, fmt.Errorf("storage/redis: get: %w", err)
	}
	return docs, nil
}

func (s *Store) get(ctx context.Context, tenant string, keys []string) ([]storage.Doc, error) {
	if err := errors.Join(ctx.Err(), validName("tenant", tenant)); err != nil || len(keys) == 0 {
		return nil, err
	}
	prefix := s.part(tenant).doc + scope(tenant)
	names := make([]string, len(keys))
	args := make([]any, 1, 1+len(keys))
	args[0] = "mget"
	for i, key := range keys {
		if err := validName("key", key); err != nil {
			return nil, err
		}
		names[i] = prefix + key
		args = append(args, &names[i])
	}
	var values []any
	err := s.read(ctx, names[0], func(server *goredis.Client) (err error) {
		cmd := goredis.NewSliceCmd(ctx, args...)
		if err := s.ask(ctx, server, cmd); err != nil {
			return err
		}
		values, err = cmd.Result()
		return err
	})
	if err != nil {
		return nil, err
	}
	docs := make([]storage.Doc, len(keys))
	for i, key := range keys {
		docs[i] = s.document(key, values[i])
	}
	return docs, nil
}

// document takes apart what Redis has under a document's key. What cannot be one
// is there all the same, and damaged: it is not taken for nothing. In production
// Redis itself removes what came to its end; the end is compared here because
// a test's clock is not Redis's.
func (s *Store) document(key string, value any) storage.Doc {
	v, _ := value.(string)
	if v == "" {
		return storage.Doc{Key: key}
	}
	if len(v) < header || int64(binary.BigEndian.Uint64([]byte(v))) <= 0 {
		return storage.Doc{Key: key, Version: damagedVersion, Fault: storage.ErrDamaged}
	}
	if now := s.setTime(); now > 0 {
		end := int64(binary.BigEndian.Uint64([]byte(v[8:header])))
		if end > 0 && end <= now {
			return storage.Doc{Key: key}
		}
	}
	version := binary.BigEndian.Uint64([]byte(v[:8]))
	return storage.Doc{Key: key, Version: int64(version), Body: []byte(v[header:])}
}

// read reads from the primary that has a key, again while that may help.
func (s *Store) read(ctx context.Context, key string, do func(*goredis.Client) error) error {
	return s.retry(ctx, harmless, func() error {
		server, err := s.primary(ctx, key)
		if err != nil {
			return err
		}
		return do(server)
	})
}
