package sealed

import (
	"context"
	"errors"
	"slices"
	"strings"

	"secadvisor/storage"
)

var errReserved = errors.New("sealed: keys that begin with " + reserved + " are the store's own")

// Get opens what it reads. Where the company's ring is not in memory, it comes
// with the documents.
func (s *Store) Get(ctx context.Context, tenant string, keys ...string) ([]storage.Doc, error) {
	if slices.ContainsFunc(keys, isReserved) {
		return nil, errReserved
	}
	r, remembered := s.rings.get(tenant)
	if remembered || len(keys) == 0 {
		docs, err := s.inner.Get(ctx, tenant, keys...)
		if err != nil {
			return nil, err
		}
		return s.openWith(ctx, r, tenant, docs)
	}
	docs, err := s.inner.Get(ctx, tenant, append(slices.Clone(keys), ringKey)...)
	if err != nil {
		return nil, err
	}
	r = s.readRing(tenant, docs[len(keys)])
	s.rings.keep(tenant, r)
	docs = docs[:len(keys)]
	s.openDocs(r, tenant, docs)
	return docs, nil
}

// openWith opens documents with a ring from memory. If that one does not do,
// they are read once more, together with the ring as it is now: the company may
// have been given new keys, or have been installed anew.
func (s *Store) openWith(ctx context.Context, r ring, tenant string, docs []storage.Doc) ([]storage.Doc, error) {
	var own []int // what the store itself cannot read: a list may see that, and Get not
	for i, d := range docs {
		if d.Fault != nil {
			own = append(own, i)
		}
	}
	if s.openDocs(r, tenant, docs) {
		return docs, nil
	}
	keys := make([]string, len(docs))
	for i, d := range docs {
		keys[i] = d.Key
	}
	s.rings.forget(tenant)
	again, err := s.Get(ctx, tenant, keys...)
	if err != nil {
		return nil, err
	}
	for _, i := range own {
		again[i] = docs[i]
	}
	return again, nil
}

// List opens what it lists.
func (s *Store) List(ctx context.Context, tenant, prefix, after string, limit int) ([]storage.Doc, bool, error) {
	r, err := s.ring(ctx, tenant)
	if err != nil {
		return nil, false, err
	}
	most := limit
	if limit > 0 && strings.HasPrefix(ringKey, prefix) && after < ringKey {
		most++ // the ring may be among them
	}
	docs, more, err := s.inner.List(ctx, tenant, prefix, after, most)
	if err != nil {
		return nil, false, err
	}
	docs = slices.DeleteFunc(docs, func(d storage.Doc) bool { return isReserved(d.Key) })
	if len(docs) > limit {
		docs, more = docs[:limit], true
	}
	docs, err = s.openWith(ctx, r, tenant, docs)
	return slices.DeleteFunc(docs, func(d storage.Doc) bool { return d.Version == 0 }), more, err
}
