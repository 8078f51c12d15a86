package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

// damagedVersion is that of a document that cannot be read, with which it can be
// written anew. No other document has it.
const damagedVersion = -1

// kinds are what the keys of a partition hold, by the word behind the tag.
var kinds = map[string]string{
	"due": "zset", "held": "hash", "version": "string", "tenants": "hash", "names": "zset",
	"doc": "string", "index": "zset", "ends": "zset", "job": "list", "seen": "zset",
}

// kindOf is what a key should hold; empty: it is none of ours.
func kindOf(key string) string {
	_, rest, _ := strings.Cut(key, "}:")
	word, _, _ := strings.Cut(rest, ":")
	return kinds[word]
}

// isKind reports that Redis met a key that holds something of another kind than
// the command, or the script, is for.
func isKind(err error) bool {
	return isReply(err) && strings.Contains(err.Error(), "WRONGTYPE")
}

// named adds to such an error which of some keys it was. Redis does not say.
func (s *Store) named(ctx context.Context, err error, keys ...string) error {
	if !isKind(err) {
		return err
	}
	err = fmt.Errorf("%w (%w)", storage.ErrDamaged, err)
	for _, why := range s.strangers(ctx, keys) {
		err = fmt.Errorf("%s: %w", why, err)
	}
	return err
}

// strangers are, of keys of one partition, those that hold something of another
// kind than we ever write, with what is to be said of it. None where we may not
// ask.
func (s *Store) strangers(ctx context.Context, keys []string) (all map[string]string) {
	if len(keys) == 0 {
		return nil
	}
	server, err := s.primary(ctx, keys[0])
	if err != nil {
		return nil
	}
	found := make([]*goredis.StatusCmd, len(keys))
	_, _ = server.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
		for i, key := range keys {
			found[i] = pipe.Type(ctx, key)
		}
		return nil
	})
	all = map[string]string{}
	for i, key := range keys {
		if is := found[i].Val(); is != "" && is != "none" && kindOf(key) != "" && is != kindOf(key) {
			all[key] = fmt.Sprintf("the key %q holds a %s, and must hold a %s: something else wrote there", key, is, kindOf(key))
		}
	}
	return all
}

// errState: nobody can know whether the company is there or was erased.
var errState = errors.New("what is kept of the company's state cannot be read")
