package sealed

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"secadvisor/storage"
)

// tries is how often a change is sealed anew because the ring has changed.
const tries = 20

// Apply seals the bodies of a change, and has the version of the ring checked
// with it. The first change with a body makes the company's ring.
func (s *Store) Apply(ctx context.Context, tenant string, c storage.Change) (storage.Applied, error) {
	if err := fits(c); err != nil {
		return storage.Applied{}, err
	}
	r, err := s.ring(ctx, tenant)
	for range tries {
		if err != nil {
			return storage.Applied{}, err
		}
		if r.gone && !c.Install {
			return storage.Applied{}, storage.ErrErased
		}
		if r.gone { // an erasure that was interrupted: it comes first
			if err := s.inner.Erase(ctx, tenant); err != nil {
				return storage.Applied{}, err
			}
			r, err = s.fetch(ctx, tenant)
			continue
		}
		applied, err := s.apply(ctx, tenant, r, c)
		if !errors.Is(err, storage.ErrConflict) {
			return applied, err
		}
		fresh, problem := s.fetch(ctx, tenant)
		if problem != nil || fresh.version == r.version {
			return storage.Applied{}, err // it is one of the caller's documents that has changed
		}
		r = fresh
	}
	return storage.Applied{}, errors.New("sealed: the company's keys change all the time")
}

// fits refuses what would not fit in, or in the way of what is ours.
func fits(c storage.Change) error {
	for _, w := range c.Put {
		if isReserved(w.Key) {
			return errReserved
		}
		if len(w.Body) > storage.MaxBody {
			return fmt.Errorf("sealed: a document of %d bytes; at most %d are allowed", len(w.Body), storage.MaxBody)
		}
	}
	for _, j := range c.Jobs {
		if len(j.Body) > storage.MaxBody {
			return fmt.Errorf("sealed: a job of %d bytes; at most %d are allowed", len(j.Body), storage.MaxBody)
		}
	}
	if slices.ContainsFunc(c.Read, isReserved) || slices.ContainsFunc(c.Check, func(v storage.Version) bool { return isReserved(v.Key) }) {
		return errReserved
	}
	return nil
}

// hasBody reports whether a change has anything to seal.
func hasBody(c storage.Change) bool {
	return len(c.Jobs) > 0 || slices.ContainsFunc(c.Put, func(w storage.Write) bool { return w.Body != nil })
}

// apply does a change with a ring.
func (s *Store) apply(ctx context.Context, tenant string, r ring, c storage.Change) (storage.Applied, error) {
	if r.fault != nil && hasBody(c) {
		return storage.Applied{}, fmt.Errorf("sealed: nothing can be written for this company: %w", r.fault)
	}
	made := !r.exists() && !s.plain && hasBody(c)
	sealed := c
	if made {
		data := ringData{}.withNewKey(s.now())
		body, err := s.sealRing(tenant, data)
		if err != nil {
			return storage.Applied{}, err
		}
		r = ring{under: s.keys.all[0].id, data: data}
		if err := r.take(); err != nil {
			return storage.Applied{}, err
		}
		sealed.Put = append(slices.Clone(c.Put), storage.Write{Key: ringKey, Body: body})
	} else {
		sealed.Check = append(slices.Clone(c.Check), storage.Version{Key: ringKey, Version: r.version})
	}
	r.sealBodies(tenant, &sealed)
	applied, err := s.inner.Apply(ctx, tenant, sealed)
	if err != nil {
		if made || errors.Is(err, storage.ErrErased) {
			s.rings.forget(tenant)
		}
		return storage.Applied{}, err
	}
	if made {
		r.version = applied.Versions[len(c.Put)]
		applied.Versions = applied.Versions[:len(c.Put)]
		s.rings.keep(tenant, r)
	}
	s.openDocs(r, tenant, applied.Read)
	applied.Taken = s.opened(ctx, applied.Taken, map[string]ring{tenant: r})
	return applied, nil
}

// sealBodies seals the bodies of a change, where the company is sealed.
func (r ring) sealBodies(tenant string, c *storage.Change) {
	if r.current.aead == nil {
		return
	}
	c.Put = slices.Clone(c.Put)
	for i, w := range c.Put {
		if w.Body != nil && w.Key != ringKey {
			c.Put[i].Body = r.current.seal(w.Body, documentAt(tenant, w.Key))
		}
	}
	c.Jobs = slices.Clone(c.Jobs)
	for i, j := range c.Jobs {
		c.Jobs[i].Body = r.current.seal(j.Body, jobAt(tenant, j.Lane, j.ID))
	}
}
