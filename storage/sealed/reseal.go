package sealed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"secadvisor/storage"
)

// reseal seals a page of documents with the current key. If one of them changes
// at that moment, each is done by itself.
func (s *Store) reseal(ctx context.Context, tenant string, page []storage.Doc, done *Rotation) error {
	err := s.resealAll(ctx, tenant, page, done)
	if !errors.Is(err, storage.ErrConflict) {
		return err
	}
	for _, d := range page {
		for try := 0; ; try++ {
			docs, err := s.inner.Get(ctx, tenant, d.Key)
			if err == nil && docs[0].Version != 0 {
				err = s.resealAll(ctx, tenant, docs, done)
			}
			if err == nil {
				break
			}
			if !errors.Is(err, storage.ErrConflict) || try == rotateTries {
				return fmt.Errorf("document %s: %w", d.Key, err)
			}
		}
	}
	return nil
}

// resealAll seals documents anew, all or none. They vanish when they would have.
func (s *Store) resealAll(ctx context.Context, tenant string, docs []storage.Doc, done *Rotation) error {
	r, err := s.fetch(ctx, tenant)
	switch {
	case err != nil:
		return err
	case r.gone:
		return storage.ErrErased
	case !r.usable():
		return errors.Join(ErrUnknown, r.fault)
	}
	change := storage.Change{Check: []storage.Version{{Key: ringKey, Version: r.version}}}
	var keys, unread []string
	for _, d := range docs {
		if id, _, ok := sealedUnder(d.Body); isReserved(d.Key) || ok && id == r.current.id {
			continue
		}
		at := documentAt(tenant, d.Key)
		body, err := r.open(d.Body, at, s.plain)
		if err != nil || d.Fault != nil {
			unread = append(unread, d.Key)
			continue
		}
		keys = append(keys, d.Key)
		change.Put = append(change.Put, storage.Write{Key: d.Key, Version: d.Version, Body: r.current.seal(body, at)})
	}
	if len(keys) > 0 {
		if err := s.keepEnds(ctx, tenant, keys, change.Put); err != nil {
			return err
		}
		if _, err := s.inner.Apply(ctx, tenant, change); err != nil {
			return err
		}
	}
	done.Resealed += len(keys)
	done.Unread = append(done.Unread, unread...)
	return nil
}

// keepEnds gives each write the time that its document has left.
func (s *Store) keepEnds(ctx context.Context, tenant string, keys []string, puts []storage.Write) error {
	keeper, ok := storage.As[storage.Keeper](s.inner)
	if !ok {
		return errors.New("this store does not tell when documents vanish")
	}
	ends, err := keeper.Ends(ctx, tenant, keys...)
	if err != nil {
		return err
	}
	for i, end := range ends {
		if !end.IsZero() {
			puts[i].TTL = max(end.Sub(s.now()), time.Millisecond)
		}
	}
	return nil
}
