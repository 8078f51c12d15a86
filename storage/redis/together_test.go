package redis

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
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
	for n := range mostAtOnce {
		under.Go(func() {
			if _, err := s.Get(t.Context(), "acme", "k"); err != nil {
				t.Error(err)
			}
		})
		standing(t, s, n+1, 0)
	}
	return s, server, &under
}

// waiting waits until so many wait, as all round trips are taken.
func waiting(t *testing.T, s *Store, n int) {
	t.Helper()
	standing(t, s, mostAtOnce, n)
}

func standing(t *testing.T, s *Store, underway, wait int) {
	t.Helper()
	for range 5000 {
		is, ok := s.trips.Load(s.client)
		if ok && is.(*trips).has(underway, wait) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("there are not %d under way and %d that wait", underway, wait)
}

func (t *trips) has(underway, wait int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, next := range t.waiting {
		wait -= len(next.cmds)
	}
	return t.underway == underway && wait == 0
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
	if is := s.client.PoolStats(); is.TotalConns > mostAtOnce {
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

// tripsTo are those to the one server of a store.
func (s *Store) tripsTo(t *testing.T) *trips {
	t.Helper()
	if _, err := s.Get(t.Context(), "acme", "k"); err != nil {
		t.Fatal(err)
	}
	is, _ := s.trips.Load(s.client)
	return is.(*trips)
}

// TestNobodyWaitsForWhatHangs: two connections answer nothing, the server does.
func TestNobodyWaitsForWhatHangs(t *testing.T) {
	s, err := Open(t.Context(), redistest.Start(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.tripsTo(t).underway = atOnce
	ctx, cancel := context.WithTimeout(t.Context(), ioTimeout)
	defer cancel()
	if _, err := s.Get(ctx, "acme", "k"); err != nil {
		t.Error(err)
	}
}

// TestATripHasSoMuchRoom: what is large or late keeps so many waiting, and no
// more.
func TestATripHasSoMuchRoom(t *testing.T) {
	is := &trips{underway: mostAtOnce}
	is.mu.Lock()
	defer is.mu.Unlock()
	for range mostTogether + 1 {
		is.join(goredis.NewCmd(t.Context(), "get", "k"))
	}
	is.join(goredis.NewCmd(t.Context(), "set", "k", make([]byte, mostBytes)))
	is.join(goredis.NewCmd(t.Context(), "get", "k"))
	var got []int
	for _, next := range is.waiting {
		got = append(got, len(next.cmds))
	}
	if want := []int{mostTogether, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("trips of %v, want %v", got, want)
	}
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
	is := s.tripsTo(t)
	do("acl", "setuser", "bot", "resetpass", ">new")
	do("client", "kill", "user", "bot")
	_, _ = s.Get(t.Context(), "acme", "k") // finds that the connection is gone

	is.underway++
	next := &trip{back: make(chan struct{})}
	for range 3 {
		next.cmds = append(next.cmds, goredis.NewCmd(t.Context(), "mget", "k"))
	}
	is.make(next)
	for i, cmd := range next.cmds {
		if !goredis.HasErrorPrefix(cmd.Err(), "WRONGPASS") {
			t.Errorf("%d: error %v", i, cmd.Err())
		}
	}
	if claims, err := s.Claim(t.Context(), 1, time.Minute); !goredis.HasErrorPrefix(err, "WRONGPASS") {
		t.Errorf("claimed %v, %v", claims, err)
	}
}
