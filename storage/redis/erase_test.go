package redis

import (
	"errors"
	"fmt"
	"testing"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// begun is a tenant whose erasure was interrupted before its first step.
func begun(t *testing.T) (*Store, *erasure) {
	t.Helper()
	s, err := Open(t.Context(), redistest.Start(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	change := storage.Change{Put: []storage.Write{{Key: "old", Body: []byte("x")}}, Jobs: []storage.Job{{ID: "1", Lane: "lane"}}}
	if _, err := s.Apply(t.Context(), "acme", change); err != nil {
		t.Fatal(err)
	}
	e, err := s.beginErase(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	return s, e
}

// left counts what a tenant has.
func left(t *testing.T, s *Store) string {
	t.Helper()
	docs, _, err := s.List(t.Context(), "acme", "", "", 10)
	stats, statsErr := s.Stats(t.Context())
	if err := errors.Join(err, statsErr); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(len(docs), " documents, ", stats.Items, " items, ", stats.Tenants, " tenants")
}

func TestInstallCompletesAnInterruptedErasure(t *testing.T) {
	s, _ := begun(t)
	if _, err := s.Apply(t.Context(), "acme", storage.Change{}); !errors.Is(err, storage.ErrErased) {
		t.Errorf("apply during the erasure: %v", err)
	}
	if got := left(t, s); got != "1 documents, 1 items, 1 tenants" {
		t.Errorf("an erasure that was interrupted at once left %s", got)
	}
	change := storage.Change{Install: true, Put: []storage.Write{{Key: "new", Body: []byte("x")}}}
	if _, err := s.Apply(t.Context(), "acme", change); err != nil {
		t.Fatal(err)
	}
	if got := left(t, s); got != "1 documents, 0 items, 1 tenants" {
		t.Errorf("after the new installation there are %s", got)
	}
}

// TestSlowErasureSparesTheNewInstallation: another process has completed the
// erasure meanwhile, and the tenant is back.
func TestSlowErasureSparesTheNewInstallation(t *testing.T) {
	s, slow := begun(t)
	if err := s.Erase(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	change := storage.Change{Install: true, Put: []storage.Write{{Key: "new", Body: []byte("x")}}, Jobs: []storage.Job{{ID: "1", Lane: "lane"}}}
	if _, err := s.Apply(t.Context(), "acme", change); err != nil {
		t.Fatal(err)
	}
	if err := slow.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := left(t, s); got != "1 documents, 1 items, 1 tenants" {
		t.Errorf("of the new installation there are left %s", got)
	}
}
