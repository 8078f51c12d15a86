package redis_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// slotMoves moves a slot from one primary to another, key by key, as an operator
// does who adds a server.
// https://redis.io/docs/latest/commands/cluster-setslot/
type slotMoves struct {
	*testing.T
	from, to *goredis.Client
	slot     int64
}

// startMoving begins to move the slot of what has a prefix.
func startMoving(t *testing.T, cluster *redistest.Cluster, prefix string) *slotMoves {
	t.Helper()
	m := &slotMoves{T: t}
	for _, primary := range cluster.Primaries {
		client := primary.Client()
		t.Cleanup(func() { client.Close() })
		if found, err := client.Keys(t.Context(), prefix+"{*").Result(); err != nil {
			t.Fatal(err)
		} else if len(found) > 0 {
			m.from, m.slot = client, client.ClusterKeySlot(t.Context(), found[0]).Val()
		} else {
			m.to = client
		}
	}
	m.do(m.to, "cluster", "setslot", m.slot, "importing", m.id(m.from))
	m.do(m.from, "cluster", "setslot", m.slot, "migrating", m.id(m.to))
	return m
}

func (m *slotMoves) id(server *goredis.Client) string {
	m.Helper()
	id, err := server.Do(m.Context(), "cluster", "myid").Text()
	if err != nil {
		m.Fatal(err)
	}
	return id
}

func (m *slotMoves) do(server *goredis.Client, words ...any) {
	m.Helper()
	if err := server.Do(m.Context(), words...).Err(); err != nil {
		m.Fatal(words, err)
	}
}

// left are the keys that were not moved yet.
func (m *slotMoves) left() []string {
	m.Helper()
	keys, err := m.from.ClusterGetKeysInSlot(m.Context(), int(m.slot), 1000).Result()
	if err != nil {
		m.Fatal(err)
	}
	slices.Sort(keys)
	return keys
}

func (m *slotMoves) move(keys ...string) {
	m.Helper()
	host, port, _ := net.SplitHostPort(m.to.Options().Addr)
	for _, key := range keys {
		m.do(m.from, "migrate", host, port, key, 0, 5000)
	}
}

func (m *slotMoves) end() {
	m.Helper()
	for left := m.left(); len(left) > 0; left = m.left() {
		m.move(left...)
	}
	m.do(m.to, "cluster", "setslot", m.slot, "node", m.id(m.to))
	m.do(m.from, "cluster", "setslot", m.slot, "node", m.id(m.to))
}

// A lane that is on another server than what leads to it is not taken for lost:
// its job would be thrown away.
func laneMovesApart(t *testing.T, cluster *redistest.Cluster) {
	for _, first := range []bool{true, false} {
		prefix := fmt.Sprint("apart-", first)
		s := open(t, cluster.URL()+"?prefix="+prefix)
		if _, err := s.Apply(t.Context(), "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "L"}, {ID: "2", Lane: "M"}}}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Claim(t.Context(), 1, time.Minute); err != nil || len(got) != 1 || got[0].Lane != "L" {
			t.Fatalf("claimed is %+v, %v", got, err)
		}
		m := startMoving(t, cluster, prefix)
		for _, key := range m.left() {
			if (strings.Contains(key, ":job:") && strings.HasSuffix(key, "M")) == first {
				m.move(key)
			}
		}
		if got, _ := s.Claim(t.Context(), 10, time.Minute); len(got) > 0 {
			t.Errorf("claimed is %+v while the slot moves", got)
		}
		m.end()
		deadline := time.Now().Add(10 * time.Second)
		got, err := s.Claim(t.Context(), 10, time.Minute)
		for ; len(got) == 0 && time.Now().Before(deadline); got, err = s.Claim(t.Context(), 10, time.Minute) {
			time.Sleep(10 * time.Millisecond)
		}
		if len(got) != 1 || got[0].ID != "2" || got[0].Fault != nil {
			t.Errorf("then claimed is %+v, %v", got, err)
		}
	}
}

// A change that takes the last of something away is whole while its slot moves,
// also where it puts something there again.
func endsMove(t *testing.T, cluster *redistest.Cluster) {
	again := []storage.Timer{{Name: "T", At: time.UnixMilli(1)}}
	job := []storage.Job{{ID: "2", Lane: "L"}}
	tests := map[string]struct {
		first, then storage.Change // then ends what is claimed of the first
		left        string         // what can be claimed afterwards
	}{
		"the last job":                 {storage.Change{Jobs: job}, storage.Change{Done: true}, ""},
		"a job behind the last":        {storage.Change{Jobs: job}, storage.Change{Done: true, Jobs: job}, "L2"},
		"a job behind the last, taken": {storage.Change{Jobs: job}, storage.Change{Done: true, Jobs: job, Take: []string{"L"}, Lease: time.Minute}, ""},
		"a timer set anew":             {storage.Change{Timers: again}, storage.Change{Done: true, Timers: again}, "T"},
		"another timer":                {storage.Change{Timers: again}, storage.Change{Done: true, Timers: []storage.Timer{{Name: "T"}, {Name: "U", At: time.UnixMilli(1)}}}, "U"},
		"a timer removed and set":      {storage.Change{Timers: again}, storage.Change{Timers: []storage.Timer{{Name: "T"}, again[0]}}, "T"},
		"a document that stays longer": {storage.Change{Timers: again}, storage.Change{Done: true, Put: []storage.Write{{Key: "b"}, {Key: "a", TTL: time.Hour, Body: []byte("a")}}}, ""},
	}
	n := 0
	for name, test := range tests {
		n++
		prefix := fmt.Sprintf("ends%d-", n)
		s := open(t, cluster.URL()+"?prefix="+prefix)
		apply := func(c storage.Change) []int64 {
			t.Helper()
			done, err := s.Apply(t.Context(), "acme", c)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return done.Versions
		}
		versions := apply(storage.Change{Put: []storage.Write{{Key: "a", Body: []byte("a")}, {Key: "b", Body: []byte("b"), TTL: time.Hour}}, Jobs: []storage.Job{{ID: "1", Lane: "first", Dedupe: true}}})
		first, err := s.Claim(t.Context(), 2, time.Minute)
		if err != nil || len(first) != 1 {
			t.Fatalf("%s: %+v, %v", name, first, err)
		}
		apply(storage.Change{Held: &first[0], Done: true})
		apply(test.first)
		claims, err := s.Claim(t.Context(), 2, time.Minute)
		if err != nil || len(claims) != 1 {
			t.Fatalf("%s: %+v, %v", name, claims, err)
		}
		test.then.Held = &claims[0]
		if len(test.then.Put) == 0 {
			test.then.Put = []storage.Write{{Key: "a", Body: []byte("done")}}
		}
		for i, w := range test.then.Put {
			test.then.Put[i].Version = versions[int(w.Key[0]-'a')]
		}
		m := startMoving(t, cluster, prefix)
		apply(test.then)
		m.end()
		var left string
		for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
			claims, err := s.Claim(t.Context(), 5, time.Minute)
			for _, c := range claims {
				left += c.Timer + c.Lane + c.ID
			}
			if err == nil { // it knows where the slot is now
				break
			}
		}
		if left != test.left {
			t.Errorf("%s: then claimed is %q, want %q", name, left, test.left)
		}
	}
}

// While a slot moves to and fro, jobs are done in their order and timers set
// themselves anew: no change is half done, and nothing is lost or thrown away.
func workMoves(t *testing.T, cluster *redistest.Cluster) {
	const jobs, firings = 40, 40
	s := open(t, cluster.URL()+"?prefix=work")
	change := storage.Change{
		Put:    []storage.Write{{Key: "job", Body: []byte("0")}, {Key: "timer", Body: []byte("0")}, {Key: "ends", Body: []byte("0"), TTL: time.Hour}},
		Timers: []storage.Timer{{Name: "T", At: time.UnixMilli(1)}},
	}
	for n := range jobs {
		change.Jobs = append(change.Jobs, storage.Job{ID: strconv.Itoa(n), Lane: "L", Dedupe: true})
	}
	if _, err := s.Apply(t.Context(), "acme", change); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	worked := make(chan bool)
	group.Go(func() {
		defer close(worked)
		deadline := time.Now().Add(40 * time.Second)
		for done := 0; done < jobs+firings; {
			claims, _ := s.Claim(t.Context(), 1, time.Minute)
			for _, c := range claims {
				if !workOn(t, s, c, firings) {
					return
				}
				done++
			}
			if time.Now().After(deadline) {
				t.Errorf("only %d of %d are done", done, jobs+firings)
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
	random := rand.New(rand.NewPCG(1, 2))
	moves := 0
	for moving := true; moving; moves++ {
		m := startMoving(t, cluster, "work")
		keys := m.left()
		random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		for _, key := range keys {
			time.Sleep(time.Duration(random.IntN(4)) * time.Millisecond)
			m.move(key)
		}
		m.end()
		select {
		case <-worked:
			moving = false
		case <-time.After(100 * time.Millisecond):
		}
	}
	group.Wait()
	t.Logf("the slot moved %d times", moves)
}

// workOn does a claim of which a document must tell that it is the next.
func workOn(t *testing.T, s storage.Store, c storage.Claim, firings int) bool {
	key := "job"
	if c.Timer != "" {
		key = "timer"
	}
	docs, err := s.Get(t.Context(), "acme", key)
	if err != nil {
		t.Error(err)
		return false
	}
	n, _ := strconv.Atoi(string(docs[0].Body))
	change := storage.Change{Held: &c, Done: true, Put: []storage.Write{{Key: key, Version: docs[0].Version, Body: []byte(strconv.Itoa(n + 1))}}}
	if c.Timer != "" && n+1 < firings {
		change.Timers = []storage.Timer{{Name: "T", At: time.UnixMilli(1)}}
	}
	if c.Timer == "" && (c.ID != strconv.Itoa(n) || c.Fault != nil) {
		t.Errorf("job %q (%v) comes after %d were done", c.ID, c.Fault, n)
		return false
	}
	if _, err := s.Apply(t.Context(), "acme", change); err != nil {
		t.Errorf("%s %d: %v", key, n, err)
		return false
	}
	return true
}
