package redis

import (
	"context"
	"errors"
	"fmt"
	"net"
	"regexp"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	rewritePause = 100 * time.Millisecond
	rewriteFor   = 10 * time.Minute // a file of many gigabytes
)

// Rewrite makes every server write its files on the disk anew, replicas
// included, so that what was erased can no longer be read in them: the
// append-only file, and the snapshot where the server makes any. It returns
// when that is done. Backups are beyond it, and so is a server that does not
// let us: some managed ones.
func (s *Store) Rewrite(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, rewriteFor)
	defer cancel()
	if err := s.primaries(ctx, rewriteShard); err != nil {
		return fmt.Errorf("storage/redis: write the files anew: %w", err)
	}
	return nil
}

// rewriteShard is a primary, and then its replicas as soon as they know what it
// knows now.
func rewriteShard(ctx context.Context, primary *goredis.Client) error {
	offset, replicas, err := followers(ctx, primary)
	if err == nil {
		err = rewrite(ctx, primary)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", primary.Options().Addr, err)
	}
	for _, addr := range replicas {
		if err := rewriteReplica(ctx, primary, addr, offset); err != nil {
			return fmt.Errorf("replica %s: %w", addr, err)
		}
	}
	return nil
}

func rewriteReplica(ctx context.Context, primary *goredis.Client, addr string, offset int64) error {
	options := *primary.Options()
	options.Addr, options.Dialer = addr, nil
	replica := goredis.NewClient(&options)
	defer replica.Close()
	err := until(ctx, func() (bool, error) {
		at, _, err := followers(ctx, replica)
		return at >= offset, err
	})
	if err != nil {
		return err
	}
	return rewrite(ctx, replica)
}

// replica is how a primary tells of one.
// https://redis.io/docs/latest/commands/info/
var replica = regexp.MustCompile(`(?m)^slave\d+:ip=([^,]+),port=(\d+)`)

// followers are how far the history of a server goes, and its replicas.
func followers(ctx context.Context, server *goredis.Client) (offset int64, addrs []string, err error) {
	info, err := server.Info(ctx, "replication").Result()
	if err != nil {
		return 0, nil, err
	}
	for _, found := range replica.FindAllStringSubmatch(info, -1) {
		addrs = append(addrs, net.JoinHostPort(found[1], found[2]))
	}
	offset, err = strconv.ParseInt(field(info, "master_repl_offset"), 10, 64)
	return offset, addrs, err
}

// rewrite waits for what is being written already: that may hold what was
// erased meanwhile.
// https://redis.io/docs/latest/commands/bgrewriteaof/
// https://redis.io/docs/latest/commands/bgsave/
func rewrite(ctx context.Context, server *goredis.Client) error {
	wait := func() error { return idle(ctx, server) }
	steps := []func() error{wait, func() error { return server.BgRewriteAOF(ctx).Err() }, wait}
	if told, err := server.ConfigGet(ctx, "save").Result(); err == nil && told["save"] != "" {
		steps = append(steps, func() error { return server.BgSave(ctx).Err() }, wait)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	info, err := server.Info(ctx, "persistence").Result()
	if err != nil {
		return err
	}
	for _, result := range []string{"aof_last_bgrewrite_status", "rdb_last_bgsave_status"} {
		if status := field(info, result); status != "ok" {
			return fmt.Errorf("it says %s %q: look into its log", result, status)
		}
	}
	return nil
}

// idle waits until the server writes no file in the background.
func idle(ctx context.Context, server *goredis.Client) error {
	return until(ctx, func() (bool, error) {
		info, err := server.Info(ctx, "persistence").Result()
		busy := false
		for _, what := range []string{"aof_rewrite_in_progress", "aof_rewrite_scheduled", "rdb_bgsave_in_progress"} {
			busy = busy || field(info, what) == "1"
		}
		return !busy, err
	})
}

func until(ctx context.Context, so func() (bool, error)) error {
	for {
		if ok, err := so(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(errors.New("it is still at work"), ctx.Err())
		case <-time.After(rewritePause):
		}
	}
}
