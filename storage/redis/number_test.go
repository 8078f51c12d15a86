package redis

import (
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// TestNumbersGrowWhileTheClockIsBehind, as on a primary whose clock is behind
// that of the one it replaced.
func TestNumbersGrowWhileTheClockIsBehind(t *testing.T) {
	server := redistest.Start(t)
	s, err := Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	client := server.Client()
	defer client.Close()
	last := time.Now().Add(24 * time.Hour).UnixMicro()
	if err := client.Set(t.Context(), s.part("acme").version, last, 0).Err(); err != nil {
		t.Fatal(err)
	}
	next := func(what string, n int64) {
		t.Helper()
		if n <= last {
			t.Errorf("%s is %d, after %d", what, n, last)
		}
		last = n
	}
	for _, id := range []string{"1", "2"} {
		applied, err := s.Apply(t.Context(), "acme", storage.Change{
			Put:  []storage.Write{{Key: id, Body: []byte("x")}},
			Jobs: []storage.Job{{ID: id, Lane: id}, {ID: id, Lane: "free " + id}}, Take: []string{id}, Lease: time.Minute,
		})
		if err != nil || len(applied.Taken) != 1 {
			t.Fatalf("apply: %+v, %v", applied, err)
		}
		next("version", applied.Versions[0])
		next("token of a lane taken", applied.Taken[0].Token)
		claims, err := s.Claim(t.Context(), 10, time.Minute)
		if err != nil || len(claims) != 1 {
			t.Fatalf("claim: %+v, %v", claims, err)
		}
		next("token of a claim", claims[0].Token)
		extended, err := s.Extend(t.Context(), claims[0], time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		next("token of an extension", extended.Token)
	}
}
