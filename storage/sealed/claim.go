package sealed

import (
	"context"
	"errors"
	"time"

	"secadvisor/storage"
)

// putOff is how long a job waits that cannot be opened here and now, but may be
// elsewhere or later.
const putOff = 5 * time.Second

// Claim opens each job with its own company's keys. One that will never be
// opened comes with its Fault, and is in nobody's way; one whose key cannot be
// had at this moment goes back.
func (s *Store) Claim(ctx context.Context, most int, lease time.Duration) ([]storage.Claim, error) {
	claims, err := s.inner.Claim(ctx, most, lease)
	if err != nil {
		return nil, err
	}
	return s.opened(ctx, claims, map[string]ring{}), nil
}

// opened are the claims that somebody can work on. Fresh are rings that are
// known to be as they are in the store.
func (s *Store) opened(ctx context.Context, claims []storage.Claim, fresh map[string]ring) []storage.Claim {
	kept := claims[:0]
	for _, c := range claims {
		if c.Timer != "" || c.Fault != nil { // the store's own
			kept = append(kept, c)
			continue
		}
		body, err := s.openJob(ctx, c, fresh)
		switch {
		case err == nil:
			c.Body = body
		case errors.Is(err, ErrPlain), errors.Is(err, ErrChanged), errors.Is(err, ErrUnknown):
			c.Body, c.Fault = nil, err
		default:
			s.putBack(c, err)
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

func (s *Store) openJob(ctx context.Context, c storage.Claim, fresh map[string]ring) ([]byte, error) {
	at := jobAt(c.Tenant, c.Lane, c.ID)
	r, known := fresh[c.Tenant]
	if !known {
		if remembered, ok := s.rings.get(c.Tenant); ok {
			if body, err := remembered.open(c.Body, at, s.plain); err == nil {
				return body, nil
			}
		}
		var err error
		if r, err = s.fetch(ctx, c.Tenant); err != nil {
			return nil, err
		}
		fresh[c.Tenant] = r
	}
	return r.open(c.Body, at, s.plain)
}

// putBack lets somebody else have a job. It does not count as an attempt.
func (s *Store) putBack(c storage.Claim, why error) {
	ctx, cancel := context.WithTimeout(context.Background(), putOff)
	defer cancel()
	_, err := s.inner.Apply(ctx, c.Tenant, storage.Change{Held: &c, Release: &storage.Release{After: putOff, Uncounted: true}})
	s.log.Warn("a job cannot be opened at this moment", "tenant", c.Tenant, "err", errors.Join(why, err))
}
