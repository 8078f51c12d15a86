package redis_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/storagetest"
)

func TestStoreOnCluster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t)
	t.Run("suite", func(t *testing.T) { storagetest.Run(t, opener(cluster.URL())) })
	t.Run("partitions are spread evenly", func(t *testing.T) { spreadEvenly(t, cluster) })
	t.Run("a lane moves apart from what leads to it", func(t *testing.T) { laneMovesApart(t, cluster) })
	t.Run("what ends while its slot moves is whole", func(t *testing.T) { endsMove(t, cluster) })
	t.Run("work goes on while a slot moves", func(t *testing.T) { workMoves(t, cluster) })
	t.Run("failover loses nothing that was acknowledged", func(t *testing.T) { failover(t, cluster) })
}

func spreadEvenly(t *testing.T, cluster *redistest.Cluster) {
	s := open(t, cluster.URL()+"?prefix=even")
	const tenants = 600
	for i := range tenants {
		if _, err := s.Apply(t.Context(), fmt.Sprint("tenant ", i), storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("x")}}}); err != nil {
			t.Fatal(err)
		}
	}
	for i, primary := range cluster.Primaries {
		client := primary.Client()
		defer client.Close()
		found, err := client.Keys(t.Context(), "even*:doc:*").Result()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(found); n < tenants/4 || n > tenants/2 {
			t.Errorf("primary %d has the documents of %d tenants of %d", i, n, tenants)
		}
	}
}

// failover kills a primary while senders are at work. Each sends an event
// again until it is acknowledged, as a platform does; afterwards every event
// must be there once, in its order.
func failover(t *testing.T, cluster *redistest.Cluster) {
	const senders, events = 6, 60
	s := open(t, cluster.URL()+"?prefix=failover&wait_replicas=1")
	var group sync.WaitGroup
	var slowest [senders]time.Duration
	for sender := range senders {
		group.Go(func() {
			for n := range events {
				start := time.Now()
				if err := send(t.Context(), s, fmt.Sprint("tenant ", sender), fmt.Sprint(n)); err != nil {
					t.Errorf("event %d of sender %d: %v", n, sender, err)
					return
				}
				slowest[sender] = max(slowest[sender], time.Since(start))
				time.Sleep(time.Millisecond)
			}
		})
	}
	time.Sleep(30 * time.Millisecond)
	cluster.Primaries[0].Kill()
	promoted(t, cluster.Replicas[0])
	cluster.Primaries[0].Restart() // as the replica that wait_replicas asks for
	group.Wait()
	t.Logf("the slowest event of each sender took %v", slowest)

	next := map[string]int{}
	for {
		claims, err := s.Claim(t.Context(), 100, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if len(claims) == 0 {
			break
		}
		for _, c := range claims {
			if want := fmt.Sprint(next[c.Tenant]); c.ID != want {
				t.Fatalf("%s: event %s in the place of %s", c.Tenant, c.ID, want)
			}
			next[c.Tenant]++
			if _, err := s.Apply(t.Context(), c.Tenant, storage.Change{Held: &c, Done: true}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for sender := range senders {
		if n := next[fmt.Sprint("tenant ", sender)]; n != events {
			t.Errorf("%d events of sender %d are there, want %d", n, sender, events)
		}
	}
}

// send sends an event until it is acknowledged.
func send(ctx context.Context, s storage.Store, tenant, id string) error {
	change := storage.Change{Jobs: []storage.Job{{ID: id, Lane: "lane", Dedupe: true}}}
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err = s.Apply(ctx, tenant, change); err == nil {
			return nil
		}
	}
	return err
}

// promoted waits until a replica has become the primary.
func promoted(t *testing.T, replica *redistest.Server) {
	t.Helper()
	client := replica.Client()
	defer client.Close()
	for range 1000 {
		info, err := client.InfoMap(t.Context(), "replication").Result()
		if err == nil && info["Replication"]["role"] == "master" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the replica was not promoted")
}
