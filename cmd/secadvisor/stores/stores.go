// Package stores opens the configured store, and finds a company in it: what
// every command does first that works on what is kept.
package stores

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
	"secadvisor/storage/sealed"
)

// Open opens the configured store, with its seal around it. Offset moves its
// clock.
func Open(ctx context.Context, c config.Config, offset func() time.Duration, log *slog.Logger) (*sealed.Store, error) {
	keys, err := c.Keys.Read()
	if err != nil {
		return nil, err
	}
	inner, err := openPlain(ctx, c, offset, log)
	if err != nil {
		if mend := Advice(c.Storage, err); mend != "" {
			err = fmt.Errorf("%w\n%s", err, mend)
		}
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

// OpenAlone opens the configured store for the work of one command. It makes a
// file only where anew says so, and says what to do where a server has it.
func OpenAlone(ctx context.Context, c config.Config, anew bool) (*sealed.Store, error) {
	path, inFile := strings.CutPrefix(c.Storage, "file:")
	if inFile && !anew {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("there is no store %s: name the configuration with --config, or start the server once", path)
		}
	}
	store, err := Open(ctx, c, func() time.Duration { return 0 }, slog.New(slog.DiscardHandler))
	if errors.Is(err, embedded.ErrInUse) {
		return nil, errors.New(path + " is in use: a server that keeps its data in a file holds it while it runs. Stop it, do this, and start it again")
	}
	return store, err
}
