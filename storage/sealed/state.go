package sealed

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"secadvisor/storage"
)

// State is how a company is sealed.
type State struct {
	Sealed   bool
	Plain    bool      // it has something, and is not sealed
	Under    string    // the master key; empty: that is not known
	Made     time.Time // the data key that seals
	Older    int       // data keys that are kept beside it
	Partly   bool      // plain bodies may be left
	Rotating bool      // a rotation was begun and is not finished
	Erasing  bool      // its keys were destroyed, the rest is still to do
	Fault    error     // why nothing of it can be read here
}

// State tells how a company is sealed.
func (s *Store) State(ctx context.Context, tenant string) (State, error) {
	docs, err := s.inner.Get(ctx, tenant, ringKey)
	if err != nil {
		return State{}, fmt.Errorf("sealed: key ring: %w", err)
	}
	r := s.readRing(tenant, docs[0])
	switch {
	case r.gone:
		return State{Erasing: true}, nil
	case !r.exists():
		plain, err := s.hasBodies(ctx, tenant)
		return State{Plain: plain}, err
	}
	st := State{Sealed: true, Fault: r.fault, Made: r.data.Made, Partly: r.data.Partly, Rotating: r.data.Older, Older: max(0, len(r.data.Keys)-1)}
	if r.under != [masterID]byte{} {
		st.Under = hex.EncodeToString(r.under[:])
	}
	return st, nil
}

// hasBodies reports whether a company without a ring has anything to seal.
func (s *Store) hasBodies(ctx context.Context, tenant string) (bool, error) {
	docs, _, err := s.inner.List(ctx, tenant, "", "", 1)
	if err != nil || len(docs) > 0 {
		return len(docs) > 0, err
	}
	keeper, ok := storage.As[storage.Keeper](s.inner)
	if !ok {
		return false, nil
	}
	waiting, err := keeper.Waiting(ctx, tenant)
	return waiting.Lanes > 0, err
}
