//go:build unix

package redis_test

import (
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

// TestUnconfirmedChangeIsAnError also for an event that was seen before: it may
// be that the replica has not even its first copy.
func TestUnconfirmedChangeIsAnError(t *testing.T) {
	t.Parallel()
	primary, replica := redistest.Start(t), redistest.Start(t)
	follow(t, replica, primary)
	quick, careful := open(t, primary.URL()), open(t, primary.URL()+"?wait_replicas=1")

	if _, err := careful.Apply(t.Context(), "acme", event("confirmed")); err != nil {
		t.Fatalf("with a replica at work: %v", err)
	}
	replica.Pause()
	if _, err := quick.Apply(t.Context(), "acme", event("quick")); err != nil {
		t.Fatalf("without waiting: %v", err)
	}
	for _, id := range []string{"quick", "careful"} {
		_, err := careful.Apply(t.Context(), "acme", event(id))
		if err == nil || !strings.Contains(err.Error(), "0 of 1 replicas") {
			t.Errorf("event %q was acknowledged while no replica had it: %v", id, err)
		}
	}
	replica.Resume()
	applied, err := careful.Apply(t.Context(), "acme", event("careful"))
	if err != nil || len(applied.Dropped) != 1 {
		t.Errorf("repeated, with the replica back: %+v, %v", applied, err)
	}
}

func TestRefusalIsToldWithoutReplicas(t *testing.T) {
	t.Parallel()
	s := open(t, redistest.Start(t).URL(), redis.WaitReplicas(1))
	lost := storage.Claim{Tenant: "acme", Lane: "lane", Token: 1}
	if _, err := s.Apply(t.Context(), "acme", storage.Change{Held: &lost, Done: true}); !errors.Is(err, storage.ErrLost) {
		t.Errorf("error %v, want %v", err, storage.ErrLost)
	}
}

// A server that must have replicas refuses to write while one restarts: that
// passes.
func TestChangeOutlastsAMissingReplica(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s, client := open(t, server.URL()), server.Client()
	defer client.Close()
	need := func(n int) error {
		return client.ConfigSet(t.Context(), "min-replicas-to-write", strconv.Itoa(n)).Err()
	}
	if err := need(1); err != nil {
		t.Fatal(err)
	}
	enough := make(chan error)
	go func() {
		time.Sleep(200 * time.Millisecond)
		enough <- need(0)
	}()
	if applied, err := s.Apply(t.Context(), "acme", event("1")); err != nil || len(applied.Dropped) > 0 {
		t.Errorf("%+v, %v", applied, err)
	}
	if err := <-enough; err != nil {
		t.Error(err)
	}
}

func follow(t *testing.T, replica, primary *redistest.Server) {
	t.Helper()
	client := replica.Client()
	defer client.Close()
	host, port, err := net.SplitHostPort(primary.Addr())
	if err != nil {
		t.Fatal(err)
	}
	if err := client.ReplicaOf(t.Context(), host, port).Err(); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		info, err := client.InfoMap(t.Context(), "replication").Result()
		if err != nil {
			t.Fatal(err)
		}
		if info["Replication"]["master_link_status"] == "up" {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the replica does not follow")
}
