package storage

import (
	"context"
	"time"
)

// Keeper is a Store that tells what it keeps of a tenant beside the documents
// themselves, so that all of it can be taken elsewhere. Every store of ours is
// one; a store around another one has Unwrap instead.
type Keeper interface {
	// Ends tells when each of some documents will vanish, in the order of
	// keys; the zero time: never, or it does not exist.
	Ends(ctx context.Context, tenant string, keys ...string) ([]time.Time, error)

	// Waiting lists the timers of a tenant in byte order of names, and counts
	// its lanes that have jobs. A timer that is held is due when its lease ends
	// at the latest.
	Waiting(ctx context.Context, tenant string) (Waiting, error)
}

// Waiting is what a tenant has still to come.
type Waiting struct {
	Timers []Timer
	Lanes  int
}

// As finds what a store can do beside the contract: in the store itself, or in
// the one that it is around.
func As[T any](s Store) (found T, ok bool) {
	for s != nil {
		if found, ok = s.(T); ok {
			return found, true
		}
		around, is := s.(interface{ Unwrap() Store })
		if !is {
			return found, false
		}
		s = around.Unwrap()
	}
	return found, false
}
