package redistest

import (
	"testing"
)

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

func TestClusterServesEverySlot(t *testing.T) {
	c := StartCluster(t)
	for i, s := range c.servers() {
		client := s.Client()
		defer client.Close()
		info, err := client.ClusterInfo(t.Context()).Result()
		if err != nil {
			t.Fatalf("server %d: %v", i, err)
		}
		t.Logf("server %d: %.200q", i, info)
	}
}
