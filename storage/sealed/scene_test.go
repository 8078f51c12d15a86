package sealed_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/sealed"
)

const otherKey = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="

// scene is a store in a file, and several processes that seal what they put
// there.
type scene struct {
	*testing.T
	inner *counting
	ahead atomic.Int64 // of the clock, in nanoseconds
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{T: t}
	file, err := embedded.Open(filepath.Join(t.TempDir(), "store.db"), embedded.Volatile(), embedded.ClockOffset(s.offset))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	s.inner = &counting{Store: file}
	return s
}

func (s *scene) offset() time.Duration { return time.Duration(s.ahead.Load()) }

// with is another process that has these master keys.
func (s *scene) with(texts ...string) *sealed.Store {
	s.Helper()
	return sealed.New(s.inner, keys(s, texts...), sealed.Clock(func() time.Time { return time.Now().Add(s.offset()) }))
}

// turning is one while sealing is turned on.
func (s *scene) turning(texts ...string) *sealed.Store {
	s.Helper()
	return sealed.New(s.inner, keys(s, texts...), sealed.AcceptPlain())
}

func (s *scene) apply(to storage.Store, tenant string, c storage.Change) storage.Applied {
	s.Helper()
	applied, err := to.Apply(s.Context(), tenant, c)
	if err != nil {
		s.Fatalf("apply to %s: %v", tenant, err)
	}
	return applied
}

// put writes a document at whatever version it is.
func (s *scene) put(to storage.Store, tenant, key, body string) {
	s.Helper()
	docs, err := to.Get(s.Context(), tenant, key)
	if err != nil {
		s.Fatal(err)
	}
	s.apply(to, tenant, storage.Change{Put: []storage.Write{{Key: key, Version: docs[0].Version, Body: []byte(body)}}})
}

func (s *scene) get(from storage.Store, tenant, key string) storage.Doc {
	s.Helper()
	docs, err := from.Get(s.Context(), tenant, key)
	if err != nil {
		s.Fatalf("get %s of %s: %v", key, tenant, err)
	}
	return docs[0]
}

// holds expects a document's body.
func (s *scene) holds(from storage.Store, tenant, key, body string) {
	s.Helper()
	if d := s.get(from, tenant, key); d.Fault != nil || string(d.Body) != body {
		s.Errorf("%s of %s is %q, %v; want %q", key, tenant, d.Body, d.Fault, body)
	}
}

// faulty expects that a document is there and cannot be opened.
func (s *scene) faulty(from storage.Store, tenant, key string, want error) {
	s.Helper()
	if d := s.get(from, tenant, key); d.Version == 0 || d.Body != nil || !errors.Is(d.Fault, want) {
		s.Errorf("%s of %s is %q, version %d, fault %v; want %v", key, tenant, d.Body, d.Version, d.Fault, want)
	}
}

func (s *scene) claim(from storage.Store) []storage.Claim {
	s.Helper()
	claims, err := from.Claim(s.Context(), 100, time.Minute)
	if err != nil {
		s.Fatal(err)
	}
	return claims
}

func (s *scene) rotate(with *sealed.Store, tenant string) sealed.Rotation {
	s.Helper()
	done, err := with.Rotate(s.Context(), tenant)
	if err != nil {
		s.Fatal(err)
	}
	return done
}

func (s *scene) state(of *sealed.Store, tenant string) sealed.State {
	s.Helper()
	st, err := of.State(s.Context(), tenant)
	if err != nil {
		s.Fatal(err)
	}
	return st
}

// keyName is the document that holds a company's data keys.
const keyName = "sealed/keys"

var errHalted = errors.New("the machine went down")

// counting is a store that counts its calls, and may break.
type counting struct {
	storage.Store
	calls      atomic.Int64
	eraseFails bool
	left       int // changes until it breaks; 0: never
}

func (c *counting) Unwrap() storage.Store { return c.Store }

func (c *counting) Get(ctx context.Context, tenant string, keys ...string) ([]storage.Doc, error) {
	c.calls.Add(1)
	return c.Store.Get(ctx, tenant, keys...)
}

func (c *counting) List(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	c.calls.Add(1)
	return c.Store.List(ctx, tenant, prefix, after, limit)
}

func (c *counting) Apply(ctx context.Context, tenant string, change storage.Change) (storage.Applied, error) {
	c.calls.Add(1)
	if c.left == 1 {
		return storage.Applied{}, errHalted
	}
	c.left = max(0, c.left-1)
	return c.Store.Apply(ctx, tenant, change)
}

func (c *counting) Erase(ctx context.Context, tenant string) error {
	if c.eraseFails {
		return errHalted
	}
	return c.Store.Erase(ctx, tenant)
}
