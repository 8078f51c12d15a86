package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
	"secadvisor/storage/sealed"
)

// storageKind is which store an address means; empty: none.
func storageKind(address string) string {
	scheme, rest, ok := strings.Cut(address, ":")
	switch {
	case !ok || rest == "":
		return ""
	case scheme == "file":
		return "file"
	case (scheme == "redis" || scheme == "rediss" || scheme == "redis+cluster" || scheme == "rediss+cluster") && strings.HasPrefix(rest, "//"):
		return "redis"
	}
	return ""
}

// openStore opens the configured store, with its seal around it. Offset moves its
// clock.
func openStore(ctx context.Context, c config, offset func() time.Duration, log *slog.Logger) (*sealed.Store, error) {
	keys, err := c.Keys.read()
	if err != nil {
		return nil, err
	}
	inner, err := openPlain(ctx, c, offset, log)
	if err != nil {
		return nil, err
	}
	options := []sealed.Option{sealed.Log(log), sealed.Clock(func() time.Time { return time.Now().Add(offset()) })}
	if c.Keys.Plain {
		options = append(options, sealed.AcceptPlain())
	}
	return sealed.New(inner, keys, options...), nil
}

func openPlain(ctx context.Context, c config, offset func() time.Duration, log *slog.Logger) (storage.Store, error) {
	if storageKind(c.Storage) == "file" {
		return embedded.Open(strings.TrimPrefix(c.Storage, "file:"), embedded.ClockOffset(offset))
	}
	store, err := redis.Open(ctx, c.Storage, redis.ClockOffset(offset), redis.WaitReplicas(c.Replicas), redis.Log(log))
	if err != nil {
		return nil, fmt.Errorf("storage: %w", err)
	}
	return store, nil
}
