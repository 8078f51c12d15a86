package redis

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// stopped is a store whose server does not answer until it is told to resume,
// while as many round trips are under way as may be.
func stopped(t *testing.T, prepare ...func(*Store)) (*Store, *redistest.Server, *sync.WaitGroup) {
	t.Helper()
	server := redistest.Start(t)
	s, err := Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, p := range prepare {
		p(s)
	}
	server.Pause()
	t.Cleanup(server.Resume)
	var under sync.WaitGroup
	for range atOnce {
		under.Go(func() {
			if _, err := s.Get(t.Context(), "acme", "k"); err != nil {
				t.Error(err)
			}
		})
	}
	waiting(t, s, 0)
	return s, server, &under
}

// waiting waits until all round trips are taken, and so many wait for the next.
func waiting(t *testing.T, s *Store, n int) {
	t.Helper()
	for range 2000 {
		is, ok := s.trips.Load(s.client)
		if ok && is.(*trips).full(n) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("there are not %d that wait", n)
}

func (t *trips) full(n int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.underway == atOnce && (t.next == nil && n == 0 || t.next != nil && len(t.next.cmds) == n)
}

func put(key string) storage.Change {
	return storage.Change{Put: []storage.Write{{Key: key, Body: []byte("body of " + key)}}}
}

// has tells if a document is there, and fails where it is not its own.
func has(t *testing.T, s *Store, key string) bool {
	t.Helper()
	docs, err := s.Get(t.Context(), "acme", key)
	if err != nil || docs[0].Version != 0 && string(docs[0].Body) != "body of "+key {
		t.Errorf("%s holds %v, %v", key, docs, err)
		return false
	}
	return docs[0].Version != 0
}

func TestThoseThatWaitGoTogether(t *testing.T) {
	s, server, all := stopped(t)
	const n = 60
	for i := range n {
		all.Go(func() {
			if _, err := s.Apply(t.Context(), "acme", put(fmt.Sprint(i))); err != nil {
				t.Error(err)
			}
		})
	}
	waiting(t, s, n)
	server.Resume()
	all.Wait()
	for i := range n {
		if !has(t, s, fmt.Sprint(i)) {
			t.Errorf("%d is not there", i)
		}
	}
	if is := s.client.PoolStats(); is.TotalConns > atOnce {
		t.Errorf("%d connections were needed", is.TotalConns)
	}
}

func TestWhoeverHasNoMoreTimeStays(t *testing.T) {
	s, server, all := stopped(t)
	all.Go(func() {
		if _, err := s.Apply(t.Context(), "acme", put("patient")); err != nil {
			t.Error(err)
		}
	})
	waiting(t, s, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Apply(ctx, "acme", put("hasty")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	server.Resume()
	all.Wait()
	if !has(t, s, "patient") || has(t, s, "hasty") {
		t.Error("it is not the patient one alone that was done")
	}
}

func TestOnesFaultIsNotTheOthers(t *testing.T) {
	s, server, all := stopped(t, func(s *Store) {
		if err := s.client.LPush(t.Context(), s.part("acme").doc+scope("acme")+"list", "x").Err(); err != nil {
			t.Fatal(err)
		}
	})
	outcome := make(map[string]error)
	var mu sync.Mutex
	for _, key := range []string{"a", "b", "list", "c", "d"} {
		all.Go(func() {
			_, err := s.Apply(t.Context(), "acme", put(key))
			mu.Lock()
			defer mu.Unlock()
			outcome[key] = err
		})
	}
	waiting(t, s, 5)
	server.Resume()
	all.Wait()
	for key, err := range outcome {
		if (err != nil) != (key == "list") {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// TestServerDiesUnderAll: what only reads comes all the same, and nobody is
// told that something was stored which was not.
func TestServerDiesUnderAll(t *testing.T) {
	s, server, all := stopped(t)
	const n = 10
	for i := range n {
		all.Go(func() {
			if _, err := s.Get(t.Context(), "acme", "k"); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			key := fmt.Sprint(i)
			if _, err := s.Apply(t.Context(), "acme", put(key)); err == nil && !has(t, s, key) {
				t.Errorf("%s is said to be there", key)
			}
		})
	}
	waiting(t, s, 2*n)
	server.Kill()
	server.Restart()
	all.Wait()
}

// TestNobodyGetsWhatOthersAsked: many ask at once, and half of them give up at
// any moment.
func TestNobodyGetsWhatOthersAsked(t *testing.T) {
	server := redistest.Start(t)
	s, err := Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all sync.WaitGroup
	for c := range 40 {
		all.Go(func() {
			for n := range 50 {
				key := fmt.Sprintf("%d/%d", c, n)
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(4000))*time.Microsecond)
				_, err := s.Apply(ctx, "acme", put(key))
				cancel()
				if err == nil && !has(t, s, key) {
					t.Errorf("%s is not there", key)
				}
				if err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// TestWhoIsNotLetInIsToldSo: the password is changed while the bot runs. That
// is neither an empty answer nor a done change.
func TestWhoIsNotLetInIsToldSo(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	do := func(args ...any) {
		t.Helper()
		if err := client.Do(t.Context(), args...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	do("acl", "setuser", "bot", "on", ">old", "~*", "+@all")
	s, err := Open(t.Context(), "redis://bot:old@"+server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	do("acl", "setuser", "bot", "resetpass", ">new")
	do("client", "kill", "user", "bot")
	_, _ = s.Get(t.Context(), "acme", "k") // finds that the connection is gone

	is, _ := s.trips.Load(s.client)
	next := &trip{back: make(chan struct{})}
	for range 3 {
		next.cmds = append(next.cmds, goredis.NewCmd(t.Context(), "mget", "k"))
	}
	is.(*trips).make(next)
	for i, cmd := range next.cmds {
		if !goredis.HasErrorPrefix(cmd.Err(), "WRONGPASS") {
			t.Errorf("%d: error %v", i, cmd.Err())
		}
	}
	if claims, err := s.Claim(t.Context(), 1, time.Minute); !goredis.HasErrorPrefix(err, "WRONGPASS") {
		t.Errorf("claimed %v, %v", claims, err)
	}
}
