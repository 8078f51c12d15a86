package storagetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"secadvisor/storage"
)

func eraseCases() []scenario {
	return []scenario{
		{"erase complete", eraseComplete},
		{"erase resumable", eraseResumable},
		{"erase final until reinstalled", eraseFinal},
		{"erase frees dedupe ids, lanes and timers", eraseFrees},
		{"erase takes claims from their holders", eraseHeld},
		{"erase of a tenant that never was", eraseUnknown},
		{"erase beats those who write at the same time", eraseRace},
	}
}

// fill gives a tenant some of everything.
func (s *scene) fill(tenant string, documents int) {
	s.Helper()
	for from := 0; from < documents; from += 500 {
		var change storage.Change
		for i := from; i < min(from+500, documents); i++ {
			put := write(fmt.Sprint("doc ", i), 0, "x")
			if i%3 == 0 {
				put.TTL = time.Hour
			}
			change.Put = append(change.Put, put)
			change.Jobs = append(change.Jobs, storage.Job{ID: fmt.Sprint(i), Lane: fmt.Sprint("lane ", i%50), Dedupe: true})
			change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprint("timer ", i), At: s.now().Add(time.Duration(i-10) * time.Second)})
		}
		s.apply(tenant, change)
	}
}

func (s *scene) erase(tenant string) {
	s.Helper()
	if err := s.store.Erase(s.Context(), tenant); err != nil {
		s.Fatalf("erase %q: %v", tenant, err)
	}
}

// nothingOf expects that nothing of a tenant can be found, now or later.
func (s *scene) nothingOf(tenant string) {
	s.Helper()
	s.holds(tenant, "doc 0", "")
	s.holds(tenant, "doc 1", "")
	if docs, more, err := s.store.List(s.Context(), tenant, "", "", 10); err != nil || more || len(docs) != 0 {
		s.Fatalf("an erased tenant lists %+v, %v, %v", docs, more, err)
	}
	for _, name := range s.tenants(100) {
		if name == tenant {
			s.Fatalf("erased tenant %q is listed", tenant)
		}
	}
	s.move(100 * time.Hour)
	for _, c := range s.drain() {
		if c.Tenant == tenant {
			s.Fatalf("claimed %+v of an erased tenant", c)
		}
	}
}

func eraseComplete(s *scene) {
	s.fill(acme, 1500)
	s.fill("neighbour", 20)
	s.erase(acme)
	stats := s.stats()
	if stats.Tenants != 1 || stats.Items != 40 {
		s.Errorf("stats after the erasure: %+v, want 1 tenant with 40 items", stats)
	}
	s.nothingOf(acme)
	s.holds("neighbour", "doc 1", "x")
	s.restart()
	s.nothingOf(acme)
	s.apply(acme, storage.Change{Install: true})
	s.restart()
	s.holds(acme, "doc 1", "")
	s.claimNone()
}

// eraseResumable gives up an erasure at several moments.
func eraseResumable(s *scene) {
	for round := range 5 {
		s.fill(acme, 1500)
		ctx, cancel := context.WithTimeout(s.Context(), time.Duration(round)*time.Millisecond)
		err := s.store.Erase(ctx, acme)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			s.Fatalf("an erasure that was given up: %v", err)
		}
		s.restart()
		s.erase(acme)
		s.nothingOf(acme)
		if items := s.stats().Items; items != 0 {
			s.Fatalf("%d items are left", items)
		}
		s.refused(acme, storage.Change{Put: []storage.Write{write("k", 0, "x")}}, storage.ErrErased)
		s.apply(acme, storage.Change{Install: true})
		s.nothingOf(acme)
	}
}

func eraseFinal(s *scene) {
	s.fill(acme, 3)
	s.erase(acme)
	late := []storage.Change{
		{},
		{Put: []storage.Write{write("k", 0, "x")}},
		{Jobs: jobs("lane", 1, 1)},
		event("late", "lane"),
		timer("t", s.now()),
		take("lane"),
	}
	for range 2 {
		for _, change := range late {
			s.refused(acme, change, storage.ErrErased)
		}
		s.move(365 * 24 * time.Hour)
		s.restart()
	}
	s.nothingOf(acme)
	s.apply(acme, storage.Change{Install: true, Put: []storage.Write{write("k", 0, "new")}})
	for _, change := range late[2:] {
		s.apply(acme, change)
	}
	s.holds(acme, "k", "new")
	s.apply(acme, storage.Change{Install: true})
	s.holds(acme, "k", "new")
}

func eraseFrees(s *scene) {
	s.fill(acme, 60)
	held := s.claim()
	s.erase(acme)
	s.apply(acme, storage.Change{Install: true})
	s.nothingOf(acme)
	for i := range 60 {
		if !s.accepts(acme, fmt.Sprint(i)) {
			s.Fatalf("id %d is still known", i)
		}
	}
	s.lost(held[0])
	at := s.now()
	s.apply(acme, storage.Change{Timers: []storage.Timer{{Name: "timer 0", At: at}}, Put: []storage.Write{write("doc 0", 0, "new")}})
	if got := len(s.drain()); got != 61 {
		s.Errorf("%d items after the new beginning, want 61", got)
	}
	s.holds(acme, "doc 0", "new")
}

// eraseHeld: whoever holds something of an erased tenant is told either of
// two true things, and writes nothing.
func eraseHeld(s *scene) {
	for _, c := range s.both() {
		s.erase(acme)
		s.refused(acme, storage.Change{Held: &c, Done: true}, storage.ErrErased)
		if _, err := s.store.Extend(s.Context(), c, lease); !errors.Is(err, storage.ErrLost) && !errors.Is(err, storage.ErrErased) {
			s.Errorf("extend after the erasure: %v", err)
		}
		s.apply(acme, storage.Change{Install: true})
		s.lost(c)
	}
	s.move(2 * lease)
	s.claimNone()
}

func eraseUnknown(s *scene) {
	s.erase("nobody")
	s.erase("nobody")
	s.refused("nobody", storage.Change{Jobs: jobs("lane", 1, 1)}, storage.ErrErased)
	if got := s.tenants(10); len(got) != 0 {
		s.Errorf("tenants %q, want none", got)
	}
	s.apply("nobody", storage.Change{Install: true, Jobs: jobs("lane", 1, 1)})
	s.claimOne()
}

func eraseRace(s *scene) {
	s.fill(acme, 500)
	start := time.Now()
	var group sync.WaitGroup
	for i := range 4 {
		store := []storage.Store{s.store, s.other}[i%2]
		group.Go(func() {
			for n := 0; time.Since(start) < patience; n++ {
				change := timer(fmt.Sprint(i, " ", n), s.now())
				change.Put = []storage.Write{write(fmt.Sprint("late ", i, " ", n), 0, "x")}
				change.Jobs = []storage.Job{{ID: fmt.Sprint(i, " ", n), Lane: fmt.Sprint(n), Dedupe: true}}
				if _, err := store.Apply(s.Context(), acme, change); err != nil {
					if !errors.Is(err, storage.ErrErased) {
						s.Errorf("apply: %v", err)
					}
					return
				}
			}
			s.Error("an erasure of the tenant was never noticed")
		})
	}
	time.Sleep(5 * time.Millisecond)
	s.erase(acme)
	group.Wait()
	s.nothingOf(acme)
	s.apply(acme, storage.Change{Install: true})
	s.nothingOf(acme)
	if items := s.stats().Items; items != 0 {
		s.Errorf("%d items are left", items)
	}
}
