package redis_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

// TestErasureLeavesOnlyTheTombstone looks at the keys themselves.
func TestErasureLeavesOnlyTheTombstone(t *testing.T) {
	server := redistest.Start(t)
	s := open(t, server.URL())
	change := storage.Change{Take: []string{"lane 1"}, Lease: time.Minute}
	for i := range 20 {
		change.Put = append(change.Put, storage.Write{Key: fmt.Sprint(i), Body: []byte("x"), TTL: time.Duration(i%2) * time.Hour})
		change.Jobs = append(change.Jobs, storage.Job{ID: fmt.Sprint(i), Lane: fmt.Sprint("lane ", i), Dedupe: true})
		change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprint(i), At: time.Now()})
	}
	const tenant = `odd [a-z]*?\ tenant`
	if _, err := s.Apply(t.Context(), tenant, change); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Claim(t.Context(), 5, time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context(), tenant); err != nil {
		t.Fatal(err)
	}
	client := server.Client()
	defer client.Close()
	var kinds []string
	for _, key := range keys(t, client, "*") {
		kinds = append(kinds, key[strings.LastIndex(key, ":")+1:])
	}
	slices.Sort(kinds)
	if got := fmt.Sprint(kinds); got != "[layout tenants version]" {
		t.Errorf("left are %s", got)
	}
	for _, key := range keys(t, client, "*:tenants") {
		if got := client.HGetAll(t.Context(), key).Val(); len(got) != 1 || got[tenant] != "erased" {
			t.Errorf("left of the tenants is %v", got)
		}
	}
}

func keys(t *testing.T, client *goredis.Client, pattern string) []string {
	t.Helper()
	found, err := client.Keys(t.Context(), pattern).Result()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestFinishedWorkLeavesNothing: a lane or timer that is done costs nothing.
func TestFinishedWorkLeavesNothing(t *testing.T) {
	server := redistest.Start(t)
	s := open(t, server.URL())
	_, err := s.Apply(t.Context(), "acme", storage.Change{
		Jobs:   []storage.Job{{ID: "1", Lane: "lane"}, {ID: "2", Lane: "lane"}},
		Timers: []storage.Timer{{Name: "timer", At: time.Now()}, {Name: "cancelled", At: time.Now()}},
	})
	for range 3 {
		var claims []storage.Claim
		if err == nil {
			claims, err = s.Claim(t.Context(), 10, time.Minute)
		}
		for _, c := range claims {
			change := storage.Change{Held: &c, Done: true}
			if c.Timer == "cancelled" {
				change = storage.Change{Timers: []storage.Timer{{Name: "cancelled"}}}
			}
			if err == nil {
				_, err = s.Apply(t.Context(), "acme", change)
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	client := server.Client()
	defer client.Close()
	for _, kind := range []string{"due", "held", "job:*"} {
		if left := keys(t, client, "*}:"+kind); len(left) > 0 {
			t.Errorf("left are %q", left)
		}
	}
}

// TestNamesOfExpiredDocumentsGo: Redis removes a document at its end, its name
// in the index goes when others with a TTL are written.
func TestNamesOfExpiredDocumentsGo(t *testing.T) {
	server := redistest.Start(t)
	ahead := time.Duration(0)
	s := open(t, server.URL(), redis.ClockOffset(func() time.Duration { return ahead }))
	put := func(from, to int, ttl time.Duration) {
		t.Helper()
		for i := from; i < to; i++ {
			write := storage.Write{Key: fmt.Sprint(i), Body: []byte("x"), TTL: ttl}
			if _, err := s.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{write}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	client := server.Client()
	defer client.Close()
	names := func() (index, ends int64) {
		t.Helper()
		tail := "\x00\x04acme"
		for _, key := range keys(t, client, "*") {
			if strings.HasSuffix(key, "}:index:"+tail) {
				index = client.ZCard(t.Context(), key).Val()
			}
			if strings.HasSuffix(key, "}:ends:"+tail) {
				ends = client.ZCard(t.Context(), key).Val()
			}
		}
		return index, ends
	}
	put(0, 100, time.Minute)
	put(100, 105, 0)
	read, err := s.Get(t.Context(), "acme", "0")
	if err != nil {
		t.Fatal(err)
	}
	forever := storage.Write{Key: "0", Version: read[0].Version, Body: []byte("x")}
	if _, err := s.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{forever}}); err != nil {
		t.Fatal(err)
	}
	if index, ends := names(); index != 105 || ends != 99 {
		t.Errorf("%d names in the index and %d with an end, want 105 and 99", index, ends)
	}
	ahead = time.Hour
	put(200, 230, time.Minute)
	if index, ends := names(); index != 36 || ends != 30 {
		t.Errorf("%d names in the index and %d with an end, want 36 and 30", index, ends)
	}
	docs, more, err := s.List(t.Context(), "acme", "", "", 100)
	if err != nil || more || len(docs) != 36 {
		t.Errorf("%d documents, more %v, error %v", len(docs), more, err)
	}
}

// TestMemoryOfATimer holds what the design promises, about 127 bytes each.
func TestMemoryOfATimer(t *testing.T) {
	const timers = 20_000
	server := redistest.Start(t)
	s := open(t, server.URL())
	client := server.Client()
	defer client.Close()
	used := func() int64 {
		t.Helper()
		info, err := client.InfoMap(t.Context(), "memory").Result()
		if err != nil {
			t.Fatal(err)
		}
		var n int64
		if _, err := fmt.Sscan(info["Memory"]["used_memory_dataset"], &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := used()
	later := time.Now().Add(time.Hour)
	for from := 0; from < timers; from += 1000 {
		var change storage.Change
		for i := range 1000 {
			change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprintf("remind/run-%08d/ask", from+i), At: later.Add(time.Duration(from+i) * time.Second)})
		}
		if _, err := s.Apply(t.Context(), "slack.T012345678", change); err != nil {
			t.Fatal(err)
		}
	}
	each := (used() - before) / timers
	t.Logf("%d bytes a timer", each)
	if each > 200 {
		t.Errorf("%d bytes a timer", each)
	}
}
