package storagetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"secadvisor/storage"
)

func documentCases() []scenario {
	return []scenario{
		{"compare-and-swap has one winner", casOneWinner},
		{"create only", createOnly},
		{"stale version conflicts", staleVersion},
		{"deleted document is gone", deleted},
		{"changed document that was only read conflicts", changedCheck},
		{"document that appeared after it was read as missing conflicts", appearedCheck},
		{"TTL without ABA", ttlWithoutABA},
		{"TTL shorter than a millisecond still ends", shortTTL},
		{"TTL is dropped by a later write without one", ttlDropped},
		{"version is never used twice", versionsNeverRepeat},
		{"many documents all or nothing", manyAllOrNothing},
	}
}

// casOneWinner counts up from many goroutines; a second winner loses a count.
func casOneWinner(s *scene) {
	const workers, rounds = 8, 10
	var group sync.WaitGroup
	for i := range workers {
		store := []storage.Store{s.store, s.other}[i%2]
		group.Go(func() {
			for range rounds {
				if err := increment(s.Context(), store, "count"); err != nil {
					s.Errorf("increment: %v", err)
				}
			}
		})
	}
	group.Wait()
	s.holds(acme, "count", strconv.Itoa(workers*rounds))
}

// increment adds one to a decimal document, again until no other is faster.
func increment(ctx context.Context, store storage.Store, key string) error {
	for {
		docs, err := store.Get(ctx, acme, key)
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(string(docs[0].Body))
		_, err = store.Apply(ctx, acme, storage.Change{Put: []storage.Write{write(key, docs[0].Version, strconv.Itoa(n+1))}})
		if !errors.Is(err, storage.ErrConflict) {
			return err
		}
	}
}

func createOnly(s *scene) {
	create := storage.Change{Put: []storage.Write{write("k", 0, "first")}}
	if v := s.apply(acme, create).Versions; len(v) != 1 || v[0] <= 0 || s.get(acme, "k").Version != v[0] {
		s.Fatalf("versions %v of a created document, read back as %d", v, s.get(acme, "k").Version)
	}
	create.Put[0].Body = []byte("second")
	s.refused(acme, create, storage.ErrConflict)
	s.holds(acme, "k", "first")
}

func staleVersion(s *scene) {
	first := s.set(acme, "k", "1")
	second := s.set(acme, "k", "2")
	s.refused(acme, storage.Change{Put: []storage.Write{write("k", first, "3")}}, storage.ErrConflict)
	s.refused(acme, storage.Change{Put: []storage.Write{{Key: "k", Version: first}}}, storage.ErrConflict)
	s.refused(acme, storage.Change{Put: []storage.Write{write("absent", second, "3")}}, storage.ErrConflict)
	s.holds(acme, "k", "2")
	s.holds(acme, "absent", "")
}

func deleted(s *scene) {
	v := s.set(acme, "k", "1")
	applied := s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k", Version: v}, write("l", 0, "1")}})
	if applied.Versions[0] != 0 || applied.Versions[1] == 0 {
		s.Errorf("versions %v after a deletion and a creation", applied.Versions)
	}
	s.holds(acme, "k", "")
	s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k"}}})
}

func changedCheck(s *scene) {
	read := s.set(acme, "read", "1")
	change := storage.Change{
		Check: []storage.Version{{Key: "read", Version: read}},
		Put:   []storage.Write{write("written", 0, "x")},
		Jobs:  jobs("lane", 1, 1),
	}
	s.set(acme, "read", "2")
	s.refused(acme, change, storage.ErrConflict)
	s.holds(acme, "written", "")
	s.claimNone()

	change.Check[0].Version = s.get(acme, "read").Version
	s.apply(acme, change)
	s.holds(acme, "written", "x")
}

func appearedCheck(s *scene) {
	missing := storage.Change{Check: []storage.Version{{Key: "k"}}, Put: []storage.Write{write("written", 0, "x")}}
	v := s.set(acme, "k", "here")
	s.refused(acme, missing, storage.ErrConflict)
	s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k", Version: v}}})
	s.apply(acme, missing)
}

func ttlWithoutABA(s *scene) {
	put := storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("old"), TTL: time.Hour}}}
	old := s.apply(acme, put).Versions[0]
	s.move(59 * time.Minute)
	s.holds(acme, "k", "old")
	s.move(2 * time.Minute)
	s.holds(acme, "k", "")
	s.refused(acme, storage.Change{Check: []storage.Version{{Key: "k", Version: old}}}, storage.ErrConflict)
	s.refused(acme, storage.Change{Put: []storage.Write{write("k", old, "from the dead")}}, storage.ErrConflict)

	if again := s.apply(acme, put).Versions[0]; again == old {
		s.Errorf("version %d was used for two lives of a document", old)
	}
	s.refused(acme, storage.Change{Put: []storage.Write{write("k", old, "from the dead")}}, storage.ErrConflict)
	s.move(30 * time.Minute)
	s.holds(acme, "k", "old")
}

func shortTTL(s *scene) {
	s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("x"), TTL: time.Microsecond}}})
	s.move(time.Second)
	s.holds(acme, "k", "")
}

func ttlDropped(s *scene) {
	s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("1"), TTL: time.Hour}}})
	s.set(acme, "k", "2")
	s.move(2 * time.Hour)
	s.holds(acme, "k", "2")
	for i := range 50 { // a store that clears away what expired gets its chance
		s.set(acme, fmt.Sprint("other ", i), "x")
	}
	s.holds(acme, "k", "2")
}

func versionsNeverRepeat(s *scene) {
	seen := map[int64]bool{}
	life := func() {
		s.Helper()
		for range 3 {
			v := s.set(acme, "k", "same")
			if seen[v] {
				s.Fatalf("version %d was used twice", v)
			}
			seen[v] = true
		}
		s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k", Version: s.get(acme, "k").Version}}})
	}
	life()
	life()
	s.restart()
	life()
	if err := s.store.Erase(s.Context(), acme); err != nil {
		s.Fatalf("erase: %v", err)
	}
	s.apply(acme, storage.Change{Install: true})
	life()
}

// manyAllOrNothing lets one document of 200 be stale, at each end.
func manyAllOrNothing(s *scene) {
	var puts []storage.Write
	for i := range 200 {
		puts = append(puts, write(fmt.Sprintf("k%03d", i), 0, "new"))
	}
	for _, stale := range []string{"k000", "k199"} {
		v := s.set(acme, stale, "stale")
		s.refused(acme, storage.Change{Put: puts, Timers: []storage.Timer{{Name: "t", At: s.now()}}}, storage.ErrConflict)
		docs, _, err := s.store.List(s.Context(), acme, "", "", 300)
		if err != nil || len(docs) != 1 {
			s.Fatalf("%d documents after a refused change (error %v), want the stale one alone", len(docs), err)
		}
		s.apply(acme, storage.Change{Put: []storage.Write{{Key: stale, Version: v}}})
	}
	s.claimNone()
	if v := s.apply(acme, storage.Change{Put: puts}).Versions; len(v) != len(puts) {
		s.Fatalf("%d versions for %d documents", len(v), len(puts))
	}
	s.holds(acme, "k000", "new")
	s.holds(acme, "k199", "new")
}
