package sealed

import (
	"context"
	"errors"
	"fmt"

	"secadvisor/storage"
)

const (
	// rotatePage is how many documents are sealed anew in one change.
	rotatePage = 50

	// rotateTries is how often one document is read again that others write at
	// the same time, before it is left to the next run.
	rotateTries = 50
)

// Rotation is what Rotate came to.
type Rotation struct {
	Resealed int      // documents that were sealed anew
	Unread   []string // keys of documents that no key opens: they were left as they are
}

// Rotate gives a company a new data key, under the current master key, and seals
// all its documents anew, while others work on them: what they write meanwhile is
// sealed with the new key, too. One that was interrupted goes on, unless the master
// key was replaced meanwhile: then what was begun is done with another new key.
// Older data keys stay until Settle finds that no job needs them.
//
// With AcceptPlain it also seals a company that is not sealed yet; without, it
// refuses one with ErrPlain.
func (s *Store) Rotate(ctx context.Context, tenant string) (Rotation, error) {
	var done Rotation
	var to string // the data key under which everything comes
	err := s.changeRing(ctx, tenant, func(r ring) (ringData, error) {
		data := r.data
		switch {
		case !r.exists() && !s.plain:
			return data, ErrPlain
		case !r.exists():
			data = ringData{Partly: true}.withNewKey(s.now())
		case !data.Older || r.under != s.keys.all[0].id: // else one that was interrupted
			data = data.withNewKey(s.now())
		}
		data.Older, to = true, data.Current
		return data, nil
	})
	if err != nil {
		return done, fmt.Errorf("sealed: rotate: %w", err)
	}
	for after, more := "", true; more; {
		var page []storage.Doc
		if page, more, err = s.inner.List(ctx, tenant, "", after, rotatePage); err != nil {
			return done, fmt.Errorf("sealed: rotate: %w", err)
		}
		if len(page) > 0 {
			after = page[len(page)-1].Key
		}
		if err := s.reseal(ctx, tenant, page, &done); err != nil {
			return done, fmt.Errorf("sealed: rotate: %w", err)
		}
	}
	err = s.changeRing(ctx, tenant, func(r ring) (ringData, error) {
		// A newer rotation has only begun: it needs the keys before its own.
		r.data.Older = r.data.Older && r.data.Current != to
		return r.data, nil
	})
	return done, err
}

// Rewrap seals a company's ring under the current master key, and changes
// nothing else.
func (s *Store) Rewrap(ctx context.Context, tenant string) error {
	err := s.changeRing(ctx, tenant, func(r ring) (ringData, error) {
		if !r.exists() {
			return r.data, ErrPlain
		}
		return r.data, nil
	})
	if err != nil {
		return fmt.Errorf("sealed: rewrap: %w", err)
	}
	return nil
}

// Settle drops the older data keys of a company, and takes nothing plain from it
// any more. It can do that at a moment at which no job waits: those that were
// queued before the rotation need them. Lanes is how many have jobs.
func (s *Store) Settle(ctx context.Context, tenant string) (settled bool, lanes int, err error) {
	keeper, ok := storage.As[storage.Keeper](s.inner)
	if !ok {
		return false, 0, errors.New("sealed: this store does not tell what waits")
	}
	r, err := s.fetch(ctx, tenant)
	switch {
	case err != nil:
		return false, 0, err
	case r.gone || !r.exists():
		return true, 0, nil // it was erased
	case r.fault != nil || r.data.Older:
		return false, 0, r.fault
	case len(r.data.Keys) == 1 && !r.data.Partly:
		return true, 0, nil
	}
	waiting, err := keeper.Waiting(ctx, tenant)
	if err != nil || waiting.Lanes > 0 {
		return false, waiting.Lanes, err
	}
	// What was queued since the ring was read is sealed with the current key.
	data := r.data
	data.Partly, data.Keys = false, map[string][]byte{data.Current: data.Keys[data.Current]}
	err = s.putRing(ctx, tenant, r.version, data)
	if errors.Is(err, storage.ErrConflict) {
		return false, 0, nil
	}
	return err == nil, 0, err
}

// changeRing writes a company's ring anew, under the current master key.
func (s *Store) changeRing(ctx context.Context, tenant string, to func(ring) (ringData, error)) error {
	if s.keys.none() {
		return ErrNoKey
	}
	for range tries {
		r, err := s.fetch(ctx, tenant)
		switch {
		case err != nil:
			return err
		case r.gone:
			return storage.ErrErased
		case r.fault != nil:
			return r.fault
		}
		data, err := to(r)
		if err != nil {
			return err
		}
		if err := s.putRing(ctx, tenant, r.version, data); !errors.Is(err, storage.ErrConflict) {
			return err
		}
	}
	return errors.New("the company's keys change all the time")
}

func (s *Store) putRing(ctx context.Context, tenant string, version int64, data ringData) error {
	body, err := s.sealRing(tenant, data)
	if err != nil {
		return err
	}
	s.rings.forget(tenant)
	_, err = s.inner.Apply(ctx, tenant, storage.Change{Put: []storage.Write{{Key: ringKey, Version: version, Body: body}}})
	return err
}
