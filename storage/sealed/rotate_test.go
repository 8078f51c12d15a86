package sealed_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// company is one with documents of some pages, some of which vanish.
func (s *scene) company(to storage.Store, tenant string, documents int) {
	s.Helper()
	for i := range documents {
		w := storage.Write{Key: fmt.Sprintf("doc/%03d", i), Body: fmt.Appendf(nil, "body %d", i)}
		if i%3 == 0 {
			w.TTL = time.Hour
		}
		s.apply(to, tenant, storage.Change{Put: []storage.Write{w}})
	}
}

// whole expects all documents as they were written, under one data key.
func (s *scene) whole(from storage.Store, tenant string, documents int) {
	s.Helper()
	key := s.under(tenant, "doc/001")
	for i := range documents {
		name := fmt.Sprintf("doc/%03d", i)
		if s.holds(from, tenant, name, fmt.Sprintf("body %d", i)); s.under(tenant, name) != key {
			s.Errorf("%s is under another data key", name)
		}
	}
}

func TestRotateSealsEverythingAnew(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.company(a, "acme", 130)
	s.apply(a, "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "lane", Body: []byte("queued before")}}})
	before := s.under("acme", "doc/001")

	b := s.with(otherKey, fixedKey)
	if done := s.rotate(b, "acme"); done.Resealed != 130 || len(done.Unread) > 0 {
		t.Errorf("rotated %+v", done)
	}
	if s.under("acme", "doc/001") == before {
		t.Error("the data key is the same")
	}
	s.whole(b, "acme", 130)
	if settled, lanes, err := b.Settle(t.Context(), "acme"); settled || lanes != 1 || err != nil {
		t.Errorf("with a job on its way it is settled %v, lanes %d, %v", settled, lanes, err)
	}
	if st := s.state(b, "acme"); st.Older != 1 || st.Under != keys(t, otherKey).Current() || st.Rotating {
		t.Errorf("state %+v", st)
	}
	only := s.with(otherKey)
	claims := s.claim(only)
	if len(claims) != 1 || string(claims[0].Body) != "queued before" {
		t.Fatalf("claimed %+v", claims)
	}
	s.apply(only, "acme", storage.Change{Held: &claims[0], Done: true})
	if settled, _, err := b.Settle(t.Context(), "acme"); !settled || err != nil {
		t.Errorf("settled %v, %v", settled, err)
	}
	if st := s.state(only, "acme"); st.Older != 0 || st.Partly {
		t.Errorf("state %+v", st)
	}
	s.whole(only, "acme", 130)
	s.ahead.Store(int64(time.Hour + time.Minute))
	for i, there := range []bool{false, true, true, false} {
		if d := s.get(only, "acme", fmt.Sprintf("doc/%03d", i)); (d.Version != 0) != there {
			t.Errorf("after its time, document %d is %+v", i, d)
		}
	}
}

func TestRotateGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.company(a, "acme", 130)
	keysMade := map[string]bool{}
	halts := 0
	for ; halts < 20; halts++ {
		s.inner.left = 3 // two steps, then it breaks
		done, err := s.with(fixedKey).Rotate(t.Context(), "acme")
		s.inner.left = 0
		if s.holds(a, "acme", "doc/000", "body 0"); err == nil {
			break
		}
		if !errors.Is(err, errHalted) {
			t.Fatalf("%+v, %v", done, err)
		}
		keysMade[s.under("acme", "doc/000")] = true
	}
	if halts < 2 || len(keysMade) > 1 {
		t.Errorf("it took %d times and %d data keys", halts, len(keysMade))
	}
	s.whole(a, "acme", 130)
	s.rotate(a, "acme")
	if s.under("acme", "doc/000") == "" || keysMade[s.under("acme", "doc/000")] {
		t.Error("the next rotation made no new data key")
	}
}

// A rotation that ends late does not end the one that was begun meanwhile: what
// that one has not sealed yet needs the older keys.
func TestALateRotationEndsNoOther(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.company(a, "acme", 130)
	slow := &stopping{Store: s.inner, at: make(chan struct{}), on: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		_, err := sealed.New(slow, keys(t, fixedKey)).Rotate(t.Context(), "acme")
		ended <- err
	}()
	<-slow.at // it has a new key, and seals nothing yet
	s.rotate(a, "acme")
	s.inner.left = 3 // the next rotation dies early
	_, _ = s.with(fixedKey).Rotate(t.Context(), "acme")
	s.inner.left = 0
	close(slow.on)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if st := s.state(a, "acme"); !st.Rotating {
		t.Errorf("the rotation that was begun counts as finished: %+v", st)
	}
	if settled, _, err := a.Settle(t.Context(), "acme"); settled || err != nil {
		t.Errorf("settled %v, %v", settled, err)
	}
	s.rotate(a, "acme")
	s.whole(a, "acme", 130)
}

// stopping waits at the first list.
type stopping struct {
	storage.Store
	at, on chan struct{}
	once   sync.Once
}

func (s *stopping) Unwrap() storage.Store { return s.Store }

func (s *stopping) List(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	s.once.Do(func() { close(s.at); <-s.on })
	return s.Store.List(ctx, tenant, prefix, after, limit)
}

// A rotation that goes on under another master key has a data key of its own:
// whoever has the old master key may have the other one.
func TestAnInterruptedRotationUnderAnOldMasterKey(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.company(s.with(fixedKey), "acme", 60)
	s.inner.left = 3
	_, err := s.with(fixedKey).Rotate(t.Context(), "acme")
	s.inner.left = 0
	if !errors.Is(err, errHalted) {
		t.Fatal(err)
	}
	exposed := s.under("acme", "doc/000")
	both := s.with(otherKey, fixedKey)
	s.rotate(both, "acme")
	if s.under("acme", "doc/000") == exposed {
		t.Error("what is written from now on is under a key that lay under the old master key")
	}
	s.whole(both, "acme", 60)
}

func TestRewrapChangesTheMasterKeyAlone(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.put(a, "acme", "k", "1")
	before := s.get(s.inner, "acme", "k")
	if err := s.with(otherKey, fixedKey).Rewrap(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if after := s.get(s.inner, "acme", "k"); after.Version != before.Version {
		t.Error("the document was written")
	}
	s.holds(s.with(otherKey), "acme", "k", "1")
	s.faulty(s.with(fixedKey), "acme", "k", sealed.ErrNoKey)
}

func TestWhatNoKeyOpensIsLeftAndNamed(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.company(a, "acme", 3)
	s.put(s.inner, "acme", "doc/001", "planted")
	if done := s.rotate(a, "acme"); done.Resealed != 2 || len(done.Unread) != 1 || done.Unread[0] != "doc/001" {
		t.Errorf("rotated %+v", done)
	}
	s.faulty(a, "acme", "doc/001", sealed.ErrPlain)
}

// Sealing is turned on while servers run: first those without keys, then with
// keys, then everything is sealed.
func TestSealingIsTurnedOnWhileServersRun(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	before := s.with()
	s.company(before, "acme", 70)
	s.apply(before, "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "lane", Body: []byte("plain job")}}})
	during := s.turning(fixedKey)
	s.put(during, "acme", "more", "1")
	s.holds(before, "acme", "more", "1") // nobody is left out
	s.faulty(s.with(fixedKey), "acme", "more", sealed.ErrPlain)

	rotating := s.turning(fixedKey)
	if done := s.rotate(rotating, "acme"); done.Resealed != 71 {
		t.Errorf("sealed %+v", done)
	}
	s.holds(during, "acme", "more", "1")
	if _, err := before.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "plain", Body: []byte("x")}}}); !errors.Is(err, sealed.ErrNoKey) {
		t.Errorf("a server without keys wrote: %v", err)
	}
	if settled, lanes, _ := rotating.Settle(t.Context(), "acme"); settled || lanes != 1 {
		t.Errorf("settled %v, lanes %d", settled, lanes)
	}
	claims := s.claim(during)
	if len(claims) != 1 || string(claims[0].Body) != "plain job" || claims[0].Fault != nil {
		t.Fatalf("claimed %+v", claims)
	}
	s.apply(during, "acme", storage.Change{Held: &claims[0], Done: true})
	if settled, _, err := rotating.Settle(t.Context(), "acme"); !settled || err != nil {
		t.Errorf("settled %v, %v", settled, err)
	}
	s.put(s.inner, "acme", "doc/001", "planted")
	for _, store := range []*sealed.Store{during, s.turning(fixedKey)} { // even with plain accepted, this company is sealed
		s.put(store, "acme", "x"+fmt.Sprint(store == during), "y")
		s.faulty(store, "acme", "doc/001", sealed.ErrPlain)
	}
	s.holds(s.with(fixedKey), "acme", "more", "1")
}
