package storagetest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
)

// acme is the tenant of every case that needs only one.
const acme = "acme"

// lease is longer than any case runs, so that it ends only when a case moves
// the clock.
const lease = 30 * time.Second

// patience is how long a case waits for what a sound store does in moments.
const patience = 10 * time.Second

// scene is one case at work: a store of its own, opened twice where that can
// be, and a clock to move.
type scene struct {
	*testing.T
	opener Opener
	where  string
	ahead  atomic.Int64 // what the stores add to the true time, in nanoseconds
	frozen atomic.Bool  // ahead is the time itself

	store storage.Store
	other storage.Store // as a second process has it; the same where that cannot be
}

func newScene(t *testing.T, o Opener) *scene {
	s := &scene{T: t, opener: o, where: o.Fresh(t)}
	s.open()
	t.Cleanup(s.close)
	return s
}

func (s *scene) open() {
	s.Helper()
	s.store = s.handle()
	s.other = s.store
	if s.opener.Shared {
		s.other = s.handle()
	}
}

func (s *scene) handle() storage.Store {
	s.Helper()
	store, err := s.opener.Open(s.where, s.offset)
	if err != nil {
		s.Fatalf("open: %v", err)
	}
	return store
}

// close closes what is open; twice does no harm.
func (s *scene) close() {
	for _, store := range s.handles() {
		if err := store.Close(); err != nil {
			s.Errorf("close: %v", err)
		}
	}
	s.store, s.other = nil, nil
}

// handles are the different stores that are open.
func (s *scene) handles() []storage.Store {
	switch {
	case s.store == nil:
		return nil
	case s.store == s.other:
		return []storage.Store{s.store}
	default:
		return []storage.Store{s.store, s.other}
	}
}

func (s *scene) restart() {
	s.Helper()
	s.close()
	s.open()
}

func (s *scene) offset() time.Duration {
	if s.frozen.Load() {
		return time.Until(time.Unix(0, s.ahead.Load()))
	}
	return time.Duration(s.ahead.Load())
}

// freeze stops the clock, until it is moved and at the new time again.
func (s *scene) freeze() {
	s.ahead.Store(s.now().UnixNano())
	s.frozen.Store(true)
}

// move moves the clock of the stores, forwards or backwards.
func (s *scene) move(d time.Duration) { s.ahead.Add(int64(d)) }

// now is what the stores take the time to be.
func (s *scene) now() time.Time { return time.Now().Add(s.offset()) }

// apply does what must succeed.
func (s *scene) apply(tenant string, c storage.Change) storage.Applied {
	s.Helper()
	applied, err := s.store.Apply(s.Context(), tenant, c)
	if err != nil {
		s.Fatalf("apply to %q: %v", tenant, err)
	}
	return applied
}

// refused does what must end in the error want.
func (s *scene) refused(tenant string, c storage.Change, want error) {
	s.Helper()
	if _, err := s.store.Apply(s.Context(), tenant, c); !errors.Is(err, want) {
		s.Fatalf("apply to %q: error %v, want %v", tenant, err, want)
	}
}

// claim takes everything that is due.
func (s *scene) claim() []storage.Claim {
	s.Helper()
	claims, err := s.store.Claim(s.Context(), 1000, lease)
	if err != nil {
		s.Fatalf("claim: %v", err)
	}
	return claims
}

func (s *scene) claimOne() storage.Claim {
	s.Helper()
	claims := s.claim()
	if len(claims) != 1 {
		s.Fatalf("claimed %d items, want 1: %+v", len(claims), claims)
	}
	return claims[0]
}

func (s *scene) claimNone() {
	s.Helper()
	if claims := s.claim(); len(claims) != 0 {
		s.Fatalf("claimed %+v, want nothing", claims)
	}
}

// finish reports a claim as done.
func (s *scene) finish(c storage.Claim) {
	s.Helper()
	s.apply(c.Tenant, storage.Change{Held: &c, Done: true})
}

// drain claims and finishes until nothing is due, and returns the claims.
func (s *scene) drain() []storage.Claim {
	s.Helper()
	var all []storage.Claim
	for claims := s.claim(); len(claims) > 0; claims = s.claim() {
		if len(all) > 1000 {
			s.Fatalf("what is finished comes again: %+v", claims[0])
		}
		for _, c := range claims {
			s.finish(c)
		}
		all = append(all, claims...)
	}
	return all
}

func (s *scene) get(tenant, key string) storage.Doc {
	s.Helper()
	docs, err := s.store.Get(s.Context(), tenant, key)
	if err != nil {
		s.Fatalf("get %q of %q: %v", key, tenant, err)
	}
	if len(docs) != 1 || docs[0].Key != key {
		s.Fatalf("get %q of %q: got %+v", key, tenant, docs)
	}
	return docs[0]
}

// holds expects a document's body; "" expects that there is no document.
func (s *scene) holds(tenant, key, body string) {
	s.Helper()
	doc := s.get(tenant, key)
	if exists := doc.Version != 0; exists != (body != "") || string(doc.Body) != body {
		s.Fatalf("document %q of %q: version %d, body %.60q, want body %.60q", key, tenant, doc.Version, doc.Body, body)
	}
}

// set writes a document at whatever version it is and returns its new one.
func (s *scene) set(tenant, key, body string) int64 {
	s.Helper()
	was := s.get(tenant, key).Version
	return s.apply(tenant, storage.Change{Put: []storage.Write{write(key, was, body)}}).Versions[0]
}

func (s *scene) stats() storage.Stats {
	s.Helper()
	stats, err := s.store.Stats(s.Context())
	if err != nil {
		s.Fatalf("stats: %v", err)
	}
	return stats
}

func write(key string, version int64, body string) storage.Write {
	return storage.Write{Key: key, Version: version, Body: []byte(body)}
}

// jobs are numbered jobs of a lane: "lane 1", "lane 2" and so on.
func jobs(lane string, from, to int) []storage.Job {
	var all []storage.Job
	for i := from; i <= to; i++ {
		id := fmt.Sprintf("%s %d", lane, i)
		all = append(all, storage.Job{ID: id, Lane: lane, Body: []byte("body of " + id)})
	}
	return all
}

func ids(claims []storage.Claim) []string {
	var all []string
	for _, c := range claims {
		all = append(all, c.ID)
	}
	return all
}
