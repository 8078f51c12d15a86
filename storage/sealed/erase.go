package sealed

import (
	"context"
	"errors"
	"fmt"

	"secadvisor/storage"
)

// Erase destroys the company's keys before anything else, in a step of its own:
// from then on nobody can read what is left, whatever happens to the rest of the
// erasure. A mark stays in their place until that is done, so that nothing is
// written meanwhile.
func (s *Store) Erase(ctx context.Context, tenant string) error {
	defer s.rings.forget(tenant)
	if err := s.destroy(ctx, tenant); err != nil {
		return fmt.Errorf("sealed: destroy the keys: %w", err)
	}
	return s.inner.Erase(ctx, tenant)
}

func (s *Store) destroy(ctx context.Context, tenant string) error {
	for {
		docs, err := s.inner.Get(ctx, tenant, ringKey)
		if err != nil || docs[0].Version == 0 || string(docs[0].Body) == goneMagic {
			return err
		}
		_, err = s.inner.Apply(ctx, tenant, storage.Change{Put: []storage.Write{{Key: ringKey, Version: docs[0].Version, Body: []byte(goneMagic)}}})
		switch {
		case errors.Is(err, storage.ErrErased): // somebody else is at it
			return nil
		case errors.Is(err, storage.ErrDamaged): // they go with the rest
			return nil
		case !errors.Is(err, storage.ErrConflict):
			return err
		}
	}
}
