package sealed_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// under is the data key of a stored body.
func (s *scene) under(tenant, key string) string {
	return string(s.get(s.inner, tenant, key).Body[4:12])
}

// A process that has the keys of a company from before it was erased or given
// others does not use them.
func TestAnOldKeyInMemoryWritesNothing(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a, b := s.with(fixedKey), s.with(fixedKey)
	s.put(a, "acme", "k", "1")
	first := s.under("acme", "k")
	if err := b.Erase(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "late", Body: []byte("x")}}}); !errors.Is(err, storage.ErrErased) {
		t.Errorf("after the erasure: %v", err)
	}
	a.Get(t.Context(), "acme", "k") // and has the company in memory again
	s.apply(b, "acme", storage.Change{Install: true, Put: []storage.Write{{Key: "k", Body: []byte("2")}}})
	second := s.under("acme", "k")
	s.holds(a, "acme", "k", "2")
	s.rotate(b, "acme")
	s.put(a, "acme", "l", "3")
	s.apply(a, "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "lane", Body: []byte("4")}}})
	third := s.under("acme", "l")
	if first == second || second == third || third != s.under("acme", "k") {
		t.Errorf("sealed under %x, then %x, then %x", first, second, third)
	}
	fresh := s.with(fixedKey)
	s.holds(fresh, "acme", "k", "2")
	s.holds(fresh, "acme", "l", "3")
	if c := s.claim(fresh); len(c) != 1 || string(c[0].Body) != "4" {
		t.Errorf("claimed %+v", c)
	}
}

// A conflict of the caller's own stays one; one of the keys alone is no business
// of the caller.
func TestAConflictIsToldOnlyWhereADocumentHasChanged(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a, b := s.with(fixedKey), s.with(fixedKey)
	s.put(a, "acme", "k", "1")
	at := s.get(a, "acme", "k").Version
	s.rotate(b, "acme")
	change := storage.Change{Put: []storage.Write{{Key: "k", Version: at, Body: []byte("2")}}}
	if _, err := a.Apply(t.Context(), "acme", change); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("the rotation wrote the document, so its version is another: %v", err)
	}
	change.Put[0].Version = s.get(a, "acme", "k").Version
	if err := b.Rewrap(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	s.apply(a, "acme", change)
}

func TestTheKeysInMemoryCostNoRoundTrip(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.apply(a, "acme", storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("1")}}})
	calls := func(do func()) int64 {
		before := s.inner.calls.Load()
		do()
		return s.inner.calls.Load() - before
	}
	for what, do := range map[string]func(){
		"get":   func() { s.holds(a, "acme", "k", "1") },
		"list":  func() { _, _, _ = a.List(t.Context(), "acme", "", "", 5) },
		"apply": func() { s.apply(a, "acme", storage.Change{Put: []storage.Write{{Key: what(), Body: []byte("1")}}}) },
		"first": func() { s.holds(s.with(fixedKey), "acme", "k", "1") }, // the keys come with the documents
	} {
		if n := calls(do); n != 1 {
			t.Errorf("%s took %d calls", what, n)
		}
	}
}

func what() string { return time.Now().String() }

func TestErasingDestroysTheKeysFirst(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.put(a, "acme", "k", "1")
	s.put(a, "other", "k", "1")
	s.inner.eraseFails = true
	if err := a.Erase(t.Context(), "acme"); !errors.Is(err, errHalted) {
		t.Fatal(err)
	}
	for _, store := range []*sealed.Store{a, s.with(fixedKey)} {
		s.faulty(store, "acme", "k", sealed.ErrUnknown)
		if _, err := store.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "l", Body: []byte("x")}}}); !errors.Is(err, storage.ErrErased) {
			t.Errorf("written while it is being erased: %v", err)
		}
	}
	if st := s.state(a, "acme"); !st.Erasing || st.Sealed {
		t.Errorf("state %+v", st)
	}
	s.inner.eraseFails = false
	b := s.with(fixedKey)
	s.apply(b, "acme", storage.Change{Install: true, Put: []storage.Write{{Key: "l", Body: []byte("new")}}}) // completes it
	if d := s.get(b, "acme", "k"); d.Version != 0 {
		t.Errorf("what was erased is there: %+v", d)
	}
	s.holds(b, "acme", "l", "new")
	if err := a.Erase(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if d := s.get(s.inner, "acme", keyName); d.Version != 0 {
		t.Error("the keys are left")
	}
	s.holds(a, "other", "k", "1")
}

func TestAnotherMasterKeyOpensNothing(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.put(a, "acme", "k", "1")
	s.apply(a, "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "lane", Body: []byte("2")}}})
	for name, b := range map[string]*sealed.Store{"another": s.with(otherKey), "none": s.with(), "none, turning": s.turning(otherKey)} {
		s.faulty(b, "acme", "k", sealed.ErrNoKey)
		if _, err := b.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "plain", Body: []byte("x")}}}); !errors.Is(err, sealed.ErrNoKey) {
			t.Errorf("%s: it wrote: %v", name, err)
		}
		if st := s.state(b, "acme"); st.Under != keys(t, fixedKey).Current() || !errors.Is(st.Fault, sealed.ErrNoKey) {
			t.Errorf("%s: state %+v", name, st)
		}
		if c := s.claim(b); len(c) != 0 {
			t.Errorf("%s: claimed %+v", name, c)
		}
		s.ahead.Add(int64(time.Minute))
	}
	s.holds(a, "acme", "k", "1")
	if c := s.claim(a); len(c) != 1 || string(c[0].Body) != "2" || c[0].Attempts != 1 {
		t.Errorf("what others put back came as %+v", c)
	}
}

func TestKeysAreReadAndNeverShown(t *testing.T) {
	t.Parallel()
	for name, texts := range map[string][]string{"short": {"AAAA"}, "no base64": {"!" + fixedKey[1:]}, "twice": {otherKey, otherKey}, "empty": {""}, "second": {fixedKey, "secret-word"}} {
		k, err := sealed.ParseKeys(texts...)
		if err == nil || k.Current() != "" {
			t.Errorf("%s: %v, %v", name, k, err)
			continue
		}
		for _, text := range texts {
			if text != "" && bytes.Contains([]byte(err.Error()), []byte(text)) {
				t.Errorf("%s: the key is shown: %v", name, err)
			}
		}
	}
	made := keys(t, sealed.NewKey(), sealed.NewKey())
	if ids := made.IDs(); len(ids) != 2 || ids[0] == ids[1] || ids[0] != made.Current() || made.String() != ids[0]+", "+ids[1] {
		t.Errorf("ids %v of %v", ids, made)
	}
	if keys(t, "++++++++++++++++++++++++++++++++++++++++++8=").Current() != keys(t, "------------------------------------------8").Current() {
		t.Error("both kinds of base64 are one key")
	}
}
