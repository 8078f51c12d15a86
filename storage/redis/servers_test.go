package redis_test

import (
	"testing"

	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

func TestServersTellOfThemselves(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	client.ConfigSet(t.Context(), "maxmemory", "100mb")
	client.ConfigSet(t.Context(), "appendfsync", "always")
	store, err := redis.Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	got, err := store.Servers(t.Context())
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	one := got[0]
	if one.Address != server.Addr() || one.Version == "" || one.Fsync != "always" || one.Used == 0 || one.Limit != 100<<20 || one.Replicas != 0 {
		t.Errorf("%+v", one)
	}
}

func TestEveryPrimaryOfAClusterTellsOfItself(t *testing.T) {
	store, err := redis.Open(t.Context(), redistest.StartCluster(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	got, err := store.Servers(t.Context())
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, one := range got {
		if one.Version == "" || one.Replicas != 1 {
			t.Errorf("%+v", one)
		}
	}
}
