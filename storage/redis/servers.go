package redis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	goredis "github.com/redis/go-redis/v9"
)

// Server is what one Redis tells of itself, for whoever checks an
// installation.
type Server struct {
	Address  string
	Version  string
	Fsync    string // when it writes to disk: always, everysec or no; empty: it does not tell
	Used     int64  // bytes of memory
	Limit    int64  // bytes of memory; 0: all that the machine has
	Replicas int
}

// Servers asks the server, or each primary of a cluster, in order of their
// addresses.
func (s *Store) Servers(ctx context.Context) ([]Server, error) {
	var mu sync.Mutex
	var all []Server
	err := s.primaries(ctx, func(ctx context.Context, server *goredis.Client) error {
		one, err := about(ctx, server)
		if err != nil {
			return fmt.Errorf("storage/redis: ask %s: %w", one.Address, err)
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, one)
		return nil
	})
	slices.SortFunc(all, func(a, b Server) int { return cmp.Compare(a.Address, b.Address) })
	return all, err
}

func about(ctx context.Context, server *goredis.Client) (Server, error) {
	one := Server{Address: server.Options().Addr}
	for _, section := range []string{"server", "memory", "replication"} {
		info, err := server.Info(ctx, section).Result()
		if err != nil {
			return one, err
		}
		number := func(name string, otherwise int64) int64 {
			n, err := strconv.ParseInt(field(info, name), 10, 64)
			if err != nil {
				return otherwise
			}
			return n
		}
		if version := field(info, "redis_version"); version != "" {
			one.Version = version
		}
		one.Used, one.Limit = number("used_memory", one.Used), number("maxmemory", one.Limit)
		one.Replicas = int(number("connected_slaves", int64(one.Replicas)))
	}
	told, err := server.ConfigGet(ctx, "appendfsync").Result()
	if err != nil && !isReply(err) {
		return one, err
	}
	one.Fsync = told["appendfsync"]
	return one, nil
}
