package redis_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

// TestForgetfulServerIsRefused: the sentence names the server, the setting and
// what to do.
func TestForgetfulServerIsRefused(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	rows := []struct{ setting, bad, good string }{
		{"maxmemory-policy", "allkeys-lru", "noeviction"},
		{"appendonly", "no", "yes"},
	}
	for _, row := range rows {
		client.ConfigSet(t.Context(), row.setting, row.bad)
		_, err := redis.Open(t.Context(), server.URL())
		if err == nil {
			t.Fatalf("opened with %s %s", row.setting, row.bad)
		}
		for _, part := range []string{server.Addr(), row.bad, "CONFIG SET " + row.setting + " " + row.good} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
		client.ConfigSet(t.Context(), row.setting, row.good)
	}
}

func TestServerThatHidesItsSettingsIsWarnedOf(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	if err := client.Do(t.Context(), "acl", "setuser", "bot", "on", ">tiger", "~*", "+@all", "-config").Err(); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	address := strings.Replace(server.URL(), "://", "://bot:tiger@", 1)
	store, err := redis.Open(t.Context(), address, redis.Log(slog.New(slog.NewTextHandler(&log, nil))))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, part := range []string{"level=WARN", "noeviction", "appendonly"} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("the log does not say %q:\n%s", part, &log)
		}
	}
	address = strings.Replace(address, "tiger", "lion", 1)
	if _, err := redis.Open(t.Context(), address); err == nil || strings.Contains(err.Error(), "lion") {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestOtherLayoutIsRefused(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	for range 2 {
		store, err := redis.Open(t.Context(), server.URL()+"?prefix=bot")
		if err != nil {
			t.Fatal(err)
		}
		_ = store.Close()
	}
	client.Set(t.Context(), "bot:layout", "1 partitions=512 hash=fnv1a", 0)
	if _, err := redis.Open(t.Context(), server.URL()+"?prefix=bot"); err == nil || !strings.Contains(err.Error(), "partitions=512") {
		t.Errorf("opened a store that divides its data in another way: %v", err)
	}
}

func TestOpenHonoursItsContext(t *testing.T) {
	server := redistest.Start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := redis.Open(ctx, server.URL()); err == nil {
		t.Error("opened with a context that had ended")
	}
}
