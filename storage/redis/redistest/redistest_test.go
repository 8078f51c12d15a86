package redistest

import "testing"

func TestKilledServerComesBackWithItsData(t *testing.T) {
	s := Start(t)
	client := s.Client()
	defer client.Close()
	if err := client.Set(t.Context(), "k", "v", 0).Err(); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	if err := client.Ping(t.Context()).Err(); err == nil {
		t.Error("a killed server answers")
	}
	s.Restart()
	if got, err := client.Get(t.Context(), "k").Result(); err != nil || got != "v" {
		t.Errorf("got %q, error %v, want v", got, err)
	}
}

func TestEveryServerKnowsTheWholeCluster(t *testing.T) {
	for _, s := range StartCluster(t).servers() {
		client := s.Client()
		defer client.Close()
		shards, err := client.ClusterShards(t.Context()).Result()
		if err != nil {
			t.Fatal(err)
		}
		served := 0
		for _, shard := range shards {
			for _, r := range shard.Slots {
				served += int(r.End - r.Start + 1)
			}
			if len(shard.Nodes) != 2 {
				t.Errorf("%s: slots %v are on %d servers, want a primary and a replica", s.Addr(), shard.Slots, len(shard.Nodes))
			}
		}
		if served != slots {
			t.Errorf("%s: %d slots are served", s.Addr(), served)
		}
	}
}
