package redistest

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	primaries = 3
	slots     = 16384

	// nodeTimeout is after how long a silent primary is replaced.
	nodeTimeout = time.Second

	clusterWithin = 30 * time.Second
)

// Cluster is three primaries with a replica each: replica i of Replicas is of
// primary i, as long as nothing failed over.
type Cluster struct {
	Primaries, Replicas []*Server
}

// StartCluster starts a cluster that ends with the test.
func StartCluster(tb testing.TB) *Cluster {
	tb.Helper()
	program := program(tb)
	servers := make([]*Server, 2*primaries)
	for i := range servers {
		servers[i] = start(tb, program, nil,
			"--appendonly", "yes", "--maxmemory-policy", "noeviction", "--cluster-enabled", "yes",
			"--cluster-node-timeout", strconv.FormatInt(nodeTimeout.Milliseconds(), 10),
			// A replica shows in CLUSTER SLOTS once it was sent something.
			"--cluster-replica-validity-factor", "0", "--repl-ping-replica-period", "1")
	}
	c := &Cluster{servers[:primaries], servers[primaries:]}
	if err := c.form(context.Background(), tb); err != nil {
		tb.Fatalf("form a cluster: %v", err)
	}
	return c
}

// URL is the cluster as storage/redis.Open takes it.
func (c *Cluster) URL() string {
	var hosts []string
	for _, s := range c.Primaries {
		hosts = append(hosts, s.Addr())
	}
	return "redis+cluster://" + strings.Join(hosts, ",")
}

func (c *Cluster) servers() []*Server {
	return append(append([]*Server{}, c.Primaries...), c.Replicas...)
}

// form follows what redis-cli --cluster create does.
// https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/#create-a-redis-cluster
func (c *Cluster) form(ctx context.Context, tb testing.TB) error {
	var clients []*goredis.Client
	for _, s := range c.servers() {
		client := s.Client()
		tb.Cleanup(func() { _ = client.Close() })
		clients = append(clients, client)
	}
	if err := meet(ctx, clients, c.Primaries[0].Addr()); err != nil {
		return err
	}
	if err := until(func() (bool, error) { return acquainted(ctx, clients) }); err != nil {
		return fmt.Errorf("servers meet: %w", err)
	}
	for i, client := range clients[primaries:] {
		id, err := clients[i].Do(ctx, "cluster", "myid").Text()
		if err != nil {
			return err
		}
		if err := client.ClusterReplicate(ctx, id).Err(); err != nil {
			return err
		}
	}
	if err := until(func() (bool, error) { return settled(ctx, clients) }); err != nil {
		return fmt.Errorf("replicas follow: %w", err)
	}
	return nil
}

// meet gives each primary its slots and makes all servers known to the first.
func meet(ctx context.Context, clients []*goredis.Client, first string) error {
	host, port, err := net.SplitHostPort(first)
	if err != nil {
		return err
	}
	for i, client := range clients {
		if err := client.Do(ctx, "cluster", "set-config-epoch", i+1).Err(); err != nil {
			return err
		}
		if i < primaries {
			if err := client.ClusterAddSlotsRange(ctx, i*slots/primaries, (i+1)*slots/primaries-1).Err(); err != nil {
				return err
			}
		}
		if i > 0 {
			if err := client.ClusterMeet(ctx, host, port).Err(); err != nil {
				return err
			}
		}
	}
	return nil
}

// acquainted reports that every server knows all others and serves.
func acquainted(ctx context.Context, clients []*goredis.Client) (bool, error) {
	for _, client := range clients {
		info, err := client.ClusterInfo(ctx).Result()
		if err != nil {
			return false, err
		}
		if !strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d\r", len(clients))) {
			return false, nil
		}
	}
	return true, nil
}

// settled reports that every replica has its primary's data and that every
// server knows who is a replica of whom.
func settled(ctx context.Context, clients []*goredis.Client) (bool, error) {
	for i, client := range clients {
		if i >= primaries {
			info, err := client.InfoMap(ctx, "replication").Result()
			if err != nil || info["Replication"]["master_link_status"] != "up" {
				return false, err
			}
		}
		shards, err := client.ClusterShards(ctx).Result()
		if err != nil {
			return false, err
		}
		for _, shard := range shards {
			if len(shard.Nodes) != 2 {
				return false, nil
			}
		}
	}
	return true, nil
}

func until(is func() (bool, error)) error {
	for deadline := time.Now().Add(clusterWithin); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok, err := is(); ok || err != nil {
			return err
		}
	}
	return fmt.Errorf("not within %v", clusterWithin)
}
