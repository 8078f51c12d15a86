// Package sealed is a store around another one that encrypts the bodies of
// documents and jobs: whoever gets the file, the server's disk or a backup, and
// not the master key, reads no answer, note, name or number in it.
//
// Each company has data keys of its own. They lie in a document of the company,
// the key ring, which is sealed under a master key that the store never sees:
//
//	ring      magic, id of the master key, nonce, ciphertext of the data keys
//	body      magic, id of the data key, nonce, ciphertext
//
// All of it is AES-256-GCM with random 96-bit nonces, which is safe for 2^32
// bodies under one data key: a company that writes every second for 136 years.
// Under a master key there are only rings, one more each time that keys change.
// What is sealed is bound to its place, the tenant and the document's key or the
// job's lane and id, so that nothing can be put in the place of something else.
//
// Keys of documents, lanes, ids, timers and times are not sealed: the store
// sorts and compares them. They hold ids of people and channels, and nothing
// that anybody typed.
//
// Every Apply checks the version of the ring. A process that has an older one in
// memory, because the company was erased, installed anew or given new keys by
// another, therefore writes nothing with it: it reads the ring and does the same
// change again. In the usual case the ring costs no round trip.
package sealed

import (
	"context"
	"log/slog"
	"time"

	"secadvisor/storage"
)

var _ storage.Store = (*Store)(nil)

// Store is a storage.Store that seals what it hands to another one.
type Store struct {
	inner storage.Store
	keys  Keys
	plain bool
	now   func() time.Time
	log   *slog.Logger
	rings rings
}

// Option changes how a Store works.
type Option func(*Store)

// AcceptPlain leaves companies that are not sealed as they are, until Rotate
// seals them, and reads their plain bodies. Without it every company is sealed
// from its first document on, and a plain body is one that somebody forged.
func AcceptPlain() Option { return func(s *Store) { s.plain = true } }

// Log says where warnings go; without it nowhere.
func Log(log *slog.Logger) Option { return func(s *Store) { s.log = log } }

// Clock is the store's clock; without it the machine's.
func Clock(now func() time.Time) Option { return func(s *Store) { s.now = now } }

// New puts a seal around a store. Without keys it seals nothing, but neither
// writes anything plain into a company that somebody else has sealed.
func New(inner storage.Store, keys Keys, opts ...Option) *Store {
	s := &Store{inner: inner, keys: keys, plain: keys.none(), now: time.Now, log: slog.New(slog.DiscardHandler)}
	for _, o := range opts {
		o(s)
	}
	return s
}

// Unwrap is the store around which this one is.
func (s *Store) Unwrap() storage.Store { return s.inner }

// Extend holds a claim for longer.
func (s *Store) Extend(ctx context.Context, c storage.Claim, lease time.Duration) (storage.Claim, error) {
	return s.inner.Extend(ctx, c, lease)
}

// Tenants lists companies.
func (s *Store) Tenants(ctx context.Context, after string, limit int) ([]string, bool, error) {
	return s.inner.Tenants(ctx, after, limit)
}

// Stats looks at the whole store.
func (s *Store) Stats(ctx context.Context) (storage.Stats, error) { return s.inner.Stats(ctx) }

// Close closes the store inside.
func (s *Store) Close() error { return s.inner.Close() }
