package redis

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

// settings without which Redis does not keep what it was given.
// https://redis.io/docs/latest/develop/reference/eviction/
// https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
func settings() []setting {
	return []setting{
		{"maxmemory-policy", "noeviction", "it drops data when its memory is full"},
		{"appendonly", "yes", "it forgets data when it is restarted"},
	}
}

type setting struct{ name, want, otherwise string }

func (s *Store) checkServer(ctx context.Context, server *goredis.Client) error {
	addr := server.Options().Addr
	info, err := server.Info(ctx, "server").Result()
	if err != nil {
		return fmt.Errorf("ask %s for its version: %w", addr, err)
	}
	if version := field(info, "redis_version"); !atLeast(version, 6, 2) {
		return fmt.Errorf("%s is Redis %s; version 6.2 or newer is needed", addr, version)
	}
	for _, want := range settings() {
		got, err := server.ConfigGet(ctx, want.name).Result()
		if isReply(err) {
			s.log.WarnContext(ctx, "redis does not tell its settings; make sure that it keeps its data",
				"server", addr, "setting", want.name, "needed", want.want, "error", err)
			continue
		}
		if err != nil {
			return fmt.Errorf("ask %s for %s: %w", addr, want.name, err)
		}
		if value := got[want.name]; value != want.want {
			return fmt.Errorf("%s has %s %q: %s; set %q in redis.conf, or run CONFIG SET %[2]s %[6]s and CONFIG REWRITE",
				addr, want.name, value, want.otherwise, want.name+" "+want.want, want.want)
		}
	}
	return nil
}

// field finds a line "name:value" in what INFO says.
func field(info, name string) string {
	lines := bufio.NewScanner(strings.NewReader(info))
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func atLeast(version string, major, minor int) bool {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return false
	}
	gotMajor, err := strconv.Atoi(parts[0])
	if err != nil {
		return false
	}
	gotMinor, err := strconv.Atoi(parts[1])
	return err == nil && (gotMajor > major || gotMajor == major && gotMinor >= minor)
}
