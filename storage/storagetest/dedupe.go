package storagetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func dedupeCases() []scenario {
	return []scenario{
		{"dedupe concurrent", dedupeConcurrent},
		{"dedupe across restart", dedupeRestart},
		{"dedupe expiring", dedupeExpiring},
		{"dedupe within one change", dedupeOneChange},
		{"dedupe only where asked", dedupeAsked},
		{"dedupe not by a change that was refused", dedupeRefused},
		{"same id in two tenants", dedupeTenants},
	}
}

func event(id, lane string) storage.Change {
	return storage.Change{Jobs: []storage.Job{{ID: id, Lane: lane, Body: []byte("x"), Dedupe: true}}}
}

// accepts applies a deduplicated job and says whether it was new.
func (s *scene) accepts(tenant, id string) bool {
	s.Helper()
	dropped := s.apply(tenant, event(id, "lane")).Dropped
	if len(dropped) > 0 && dropped[0] != id {
		s.Fatalf("dropped %v, want %v", dropped, id)
	}
	return len(dropped) == 0
}

func dedupeConcurrent(s *scene) {
	const senders, events = 16, 5
	var accepted atomic.Int64
	var group sync.WaitGroup
	for i := range senders {
		store := []storage.Store{s.store, s.other}[i%2]
		group.Go(func() {
			for n := range events {
				applied, err := store.Apply(s.Context(), acme, event(fmt.Sprint(n), fmt.Sprint("lane ", i)))
				if err != nil {
					s.Errorf("apply: %v", err)
				}
				if len(applied.Dropped) == 0 {
					accepted.Add(1)
				}
			}
		})
	}
	group.Wait()
	if got := accepted.Load(); got != events {
		s.Errorf("%d of %d senders' events were accepted, want %d", got, senders*events, events)
	}
	if got := len(s.drain()); got != events {
		s.Errorf("%d jobs, want %d", got, events)
	}
}

func dedupeRestart(s *scene) {
	s.accepts(acme, "1")
	s.drain()
	s.restart()
	if s.accepts(acme, "1") {
		s.Error("an id was forgotten over a restart")
	}
	s.claimNone()
}

// dedupeExpiring also shows that a repeat does not make the memory longer.
func dedupeExpiring(s *scene) {
	s.accepts(acme, "1")
	for range 5 {
		s.move(storage.SeenFor/5 - time.Minute)
		if s.accepts(acme, "1") {
			s.Fatalf("an id was forgotten after %v", s.offset())
		}
	}
	s.move(6 * time.Minute)
	if !s.accepts(acme, "1") {
		s.Errorf("an id was still known after %v", s.offset())
	}
	if s.accepts(acme, "1") {
		s.Error("an id was not remembered the second time")
	}
}

func dedupeOneChange(s *scene) {
	change := event("1", "lane")
	change.Jobs = append(change.Jobs, change.Jobs[0], storage.Job{ID: "2", Lane: "lane", Dedupe: true})
	if diff := cmp.Diff([]string{"1"}, s.apply(acme, change).Dropped); diff != "" {
		s.Errorf("dropped (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1", "2"}, ids(s.drain())); diff != "" {
		s.Errorf("jobs (-want +got)\n%s", diff)
	}
}

func dedupeAsked(s *scene) {
	plain := storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "lane"}}}
	for range 2 {
		if dropped := s.apply(acme, plain).Dropped; len(dropped) > 0 {
			s.Errorf("dropped %v without being asked", dropped)
		}
	}
	if !s.accepts(acme, "1") {
		s.Error("the id of a plain job was remembered")
	}
	if dropped := s.apply(acme, plain).Dropped; len(dropped) > 0 {
		s.Errorf("dropped %v without being asked", dropped)
	}
	if got := len(s.drain()); got != 4 {
		s.Errorf("%d jobs, want 4", got)
	}
}

func dedupeRefused(s *scene) {
	change := event("1", "lane")
	change.Check = []storage.Version{{Key: "absent", Version: 7}}
	s.refused(acme, change, storage.ErrConflict)
	if !s.accepts(acme, "1") {
		s.Error("a refused change left its id behind")
	}
}

func dedupeTenants(s *scene) {
	if !s.accepts("one", "1") || !s.accepts("two", "1") {
		s.Error("an id of one tenant was taken for another's")
	}
	if s.accepts("one", "1") || s.accepts("two", "1") {
		s.Error("an id was accepted twice")
	}
	if got := len(s.drain()); got != 2 {
		s.Errorf("%d jobs, want 2", got)
	}
}
