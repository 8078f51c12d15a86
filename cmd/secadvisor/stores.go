package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
	"secadvisor/storage/sealed"
)

// openStore opens the configured store, with its seal around it. Offset moves its
// clock.
func openStore(ctx context.Context, c config.Config, offset func() time.Duration, log *slog.Logger) (*sealed.Store, error) {
	keys, err := c.Keys.Read()
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

func openPlain(ctx context.Context, c config.Config, offset func() time.Duration, log *slog.Logger) (storage.Store, error) {
	if config.StorageKind(c.Storage) == "file" {
		return embedded.Open(strings.TrimPrefix(c.Storage, "file:"), embedded.ClockOffset(offset))
	}
	store, err := redis.Open(ctx, c.Storage, redis.ClockOffset(offset), redis.WaitReplicas(c.Replicas), redis.Log(log))
	if err != nil {
		return nil, fmt.Errorf("storage: %w", err)
	}
	return store, nil
}
