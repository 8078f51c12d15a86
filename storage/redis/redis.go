// Package redis keeps the engine's state in one Redis server or in a Redis
// Cluster, so that several copies of the bot can share it. Redis 6.2 or newer,
// Valkey included, with an append-only file and without eviction.
//
// Tenants are spread over 256 partitions. All keys of a partition have the
// same hash tag, so that one Lua script changes them in one step; the slots
// of the tags are spread evenly over a cluster. A partition has
//
//	{tag}:due       sorted set  lanes with jobs and timers, by the time in ms at which each may be claimed
//	{tag}:held      hash        of those that were claimed: token and attempts
//	{tag}:version   string      the last number given out as a version or a token
//	{tag}:tenants   hash        tenant -> live, erasing N, erased
//	{tag}:names     sorted set  the live tenants, by name
//
// and for each tenant, whose name follows behind its length,
//
//	{tag}:doc:      string      version, end of life, body; one for each document
//	{tag}:index:    sorted set  keys of the documents, by name
//	{tag}:ends:     sorted set  keys of the documents that have a TTL, by its end
//	{tag}:job:      list        jobs of a lane; one for each lane
//	{tag}:seen:     sorted set  ids of deduplicated jobs, by when they may be forgotten
//
// What several callers need at the same moment goes in one round trip, as in
// together.go. The clock is Redis's own. How long an acknowledged change survives the loss
// of the machine is a matter of the settings appendfsync and, with replicas,
// WaitReplicas.
package redis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"

	"secadvisor/storage"
)

var _ storage.Store = (*Store)(nil)

// Store is a storage.Store in Redis.
type Store struct {
	client   goredis.UniversalClient
	trips    sync.Map // *goredis.Client -> *trips, of each server
	parts    *[partitions]partition
	scripts  scripts
	log      *slog.Logger
	offset   func() time.Duration // nil: none
	replicas int                  // that must confirm a change
	partly   rate.Sometimes       // how often it is logged that not all could be claimed
}

// Option changes how a Store works.
type Option func(*Store)

// Log says where warnings go; without it nowhere.
func Log(log *slog.Logger) Option { return func(s *Store) { s.log = log } }

// WaitReplicas acknowledges a change only after n replicas have it, at the
// price of a replica's round trip. Without it a failover loses what was
// acknowledged shortly before. The address may ask for it as well, with
// wait_replicas=n; the higher number counts.
func WaitReplicas(n int) Option { return func(s *Store) { s.replicas = max(s.replicas, n) } }

// ClockOffset moves the clock by what offset returns, at each look at it, so
// that a test can move time. As long as that is 0 the clock is Redis's own:
// those of several bots never quite agree.
func ClockOffset(offset func() time.Duration) Option {
	return func(s *Store) { s.offset = offset }
}

// Open connects to Redis and checks that it is set up to keep what it is
// given. The address is one of
//
//	redis://user:password@host:6379/0
//	redis+cluster://user:password@host:6379,host:6379
//
// or the same with rediss and rediss+cluster, for TLS. Behind a "?" may follow
// prefix=NAME, which begins all keys and so keeps apart what shares a server
// (the default is "secadvisor"), wait_replicas, pool_size, dial_timeout,
// read_timeout, write_timeout and, with TLS, skip_verify or ca_file=PATH: the
// authorities to believe, where they are not the machine's own.
func Open(ctx context.Context, address string, opts ...Option) (*Store, error) {
	target, err := parseAddress(address)
	if err != nil {
		return nil, fmt.Errorf("storage/redis: %w", err)
	}
	s := &Store{
		client:   target.client(),
		parts:    newPartitions(target.prefix),
		scripts:  newScripts(),
		log:      slog.New(slog.DiscardHandler),
		replicas: target.replicas,
		partly:   rate.Sometimes{Interval: time.Minute},
	}
	for _, o := range opts {
		o(s)
	}
	if err := s.prepare(ctx, target.prefix); err != nil {
		return nil, errors.Join(fmt.Errorf("storage/redis: %w", err), s.client.Close())
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context, prefix string) error {
	if err := s.primaries(ctx, s.checkServer); err != nil {
		return err
	}
	if err := s.checkLayout(ctx, prefix); err != nil {
		return err
	}
	return s.loadScripts(ctx)
}

// Close closes the connections.
func (s *Store) Close() error {
	if err := s.client.Close(); err != nil {
		return fmt.Errorf("storage/redis: close: %w", err)
	}
	return nil
}
