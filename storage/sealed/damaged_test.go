package sealed_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// worn is a store that cannot read a document and a job any more.
type worn struct{ storage.Store }

const wornKey, wornJob = "doc/001", "worn"

func (w worn) Unwrap() storage.Store { return w.Store }

func (w worn) Get(ctx context.Context, tenant string, keys ...string) ([]storage.Doc, error) {
	docs, err := w.Store.Get(ctx, tenant, keys...)
	return wears(docs), err
}

func (w worn) List(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	docs, more, err := w.Store.List(ctx, tenant, prefix, after, limit)
	return wears(docs), more, err
}

func wears(docs []storage.Doc) []storage.Doc {
	for i, d := range docs {
		if d.Key == wornKey && d.Version != 0 {
			docs[i].Body, docs[i].Fault = nil, storage.ErrDamaged
		}
	}
	return docs
}

func (w worn) Claim(ctx context.Context, most int, lease time.Duration) ([]storage.Claim, error) {
	claims, err := w.Store.Claim(ctx, most, lease)
	for i, c := range claims {
		if c.ID == wornJob {
			claims[i].ID, claims[i].Body, claims[i].Fault = "", nil, storage.ErrDamaged
		}
	}
	return claims, err
}

// What the store itself cannot read is its fault, and is neither opened nor
// sealed anew: it would be there again, and empty.
func TestWhatIsDamagedBelowStaysAFault(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sealed", "not sealed yet"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			a := sealed.New(worn{s.inner}, keys(t, fixedKey))
			var writes storage.Store = a
			if name != "sealed" {
				a, writes = sealed.New(worn{s.inner}, keys(t, fixedKey), sealed.AcceptPlain()), s.inner
			}
			s.company(writes, "acme", 3)
			s.apply(writes, "acme", storage.Change{Jobs: []storage.Job{{ID: wornJob, Lane: "L", Body: []byte("x")}, {ID: "whole", Lane: "M", Body: []byte("y")}}})
			s.faulty(a, "acme", wornKey, storage.ErrDamaged)
			claims := s.claim(a)
			if len(claims) != 2 || !slices.ContainsFunc(claims, func(c storage.Claim) bool { return c.Fault == storage.ErrDamaged && c.Lane == "L" }) ||
				!slices.ContainsFunc(claims, func(c storage.Claim) bool { return c.Fault == nil && string(c.Body) == "y" }) {
				t.Errorf("claimed are %+v", claims)
			}
			if done := s.rotate(a, "acme"); done.Resealed != 2 || len(done.Unread) != 1 || done.Unread[0] != wornKey {
				t.Errorf("rotated %+v", done)
			}
			s.faulty(a, "acme", wornKey, storage.ErrDamaged)
			s.holds(a, "acme", "doc/002", "body 2")
		})
	}
}
