package sealed

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"secadvisor/storage"
)

// Reserved begins the keys of documents that are this package's own. Nobody
// else reads, lists or writes them.
const (
	reserved = "sealed/"
	ringKey  = reserved + "keys"
)

func isReserved(key string) bool { return strings.HasPrefix(key, reserved) }

// ring is the data keys of a company, as far as they can be read here.
type ring struct {
	version int64 // of its document; 0: the company has none
	under   [masterID]byte
	gone    bool  // it was destroyed: the company is being erased
	fault   error // why it cannot be used; then nothing below is known
	data    ringData
	keys    map[keyID]dataKey
	current dataKey
}

// ringData is what a ring says.
type ringData struct {
	Current string            `json:"current"` // the data key that seals
	Keys    map[string][]byte `json:"keys"`    // those that may still be needed
	Made    time.Time         `json:"made"`    // the current one
	Partly  bool              `json:"partly"`  // plain bodies may be left
	Older   bool              `json:"older"`   // documents may be left that the current key did not seal
}

func (r ring) exists() bool { return r.version != 0 }

// usable reports whether the company's bodies can be sealed and opened.
func (r ring) usable() bool { return r.exists() && !r.gone && r.fault == nil }

// withNewKey is what the ring says with another data key to seal with.
func (d ringData) withNewKey(now time.Time) ringData {
	id, key := make([]byte, len(keyID{})), make([]byte, keySize)
	_, _ = rand.Read(id) // it never fails
	_, _ = rand.Read(key)
	keys := map[string][]byte{hex.EncodeToString(id): key}
	for id, key := range d.Keys {
		keys[id] = key
	}
	d.Current, d.Keys, d.Made = hex.EncodeToString(id), keys, now.UTC()
	return d
}

// sealRing is the document of a ring, under the current master key.
func (s *Store) sealRing(tenant string, d ringData) ([]byte, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("sealed: key ring: %w", err)
	}
	m := s.keys.all[0]
	b := append([]byte(ringMagic), m.id[:]...)
	return m.seal.Seal(b, nil, text, place(ringPlace, tenant)), nil
}

// readRing reads the document of a ring.
func (s *Store) readRing(tenant string, d storage.Doc) ring {
	r := ring{version: d.Version}
	if d.Version == 0 {
		return r
	}
	if string(d.Body) == goneMagic {
		r.gone = true
		return r
	}
	r.under, r.data, r.fault = s.openRing(tenant, d.Body)
	if r.fault == nil {
		r.fault = r.take()
	}
	return r
}

func (s *Store) openRing(tenant string, body []byte) (under [masterID]byte, d ringData, err error) {
	rest, ok := bytes.CutPrefix(body, []byte(ringMagic))
	if !ok || len(rest) < masterID {
		return under, d, fmt.Errorf("key ring: %w", ErrChanged)
	}
	under = [masterID]byte(rest[:masterID])
	m, known := s.keys.find(under)
	if !known {
		return under, d, fmt.Errorf("%w: %x", ErrNoKey, under)
	}
	text, err := m.seal.Open(nil, nil, rest[masterID:], place(ringPlace, tenant))
	if err != nil {
		return under, d, fmt.Errorf("key ring: %w", ErrChanged)
	}
	if err := json.Unmarshal(text, &d); err != nil { // its words would quote what is in it
		return under, d, fmt.Errorf("key ring: %w", ErrChanged)
	}
	return under, d, nil
}

// take makes the keys ready.
func (r *ring) take() error {
	r.keys = map[keyID]dataKey{}
	for name, key := range r.data.Keys {
		id, err := hex.DecodeString(name)
		if err != nil || len(id) != len(keyID{}) || len(key) != keySize {
			return fmt.Errorf("key ring: %w", ErrChanged)
		}
		k := dataKey{keyID(id), aead(key)}
		r.keys[k.id] = k
		if name == r.data.Current {
			r.current = k
		}
	}
	if r.current.aead == nil {
		return fmt.Errorf("key ring: %w", ErrChanged)
	}
	return nil
}

// rings remembers those that were read.
type rings struct {
	mu  sync.RWMutex
	all map[string]ring
}

func (c *rings) get(tenant string) (ring, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	r, ok := c.all[tenant]
	return r, ok
}

// keep remembers a ring that can be used, or that there is none.
func (c *rings) keep(tenant string, r ring) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case r.exists() && !r.usable():
		delete(c.all, tenant)
	case c.all == nil:
		c.all = map[string]ring{tenant: r}
	default:
		c.all[tenant] = r
	}
}

func (c *rings) forget(tenant string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.all, tenant)
}

// ring is a company's, from memory where it can be.
func (s *Store) ring(ctx context.Context, tenant string) (ring, error) {
	if r, ok := s.rings.get(tenant); ok {
		return r, nil
	}
	return s.fetch(ctx, tenant)
}

// fetch reads a company's ring, and remembers it.
func (s *Store) fetch(ctx context.Context, tenant string) (ring, error) {
	docs, err := s.inner.Get(ctx, tenant, ringKey)
	if err != nil {
		return ring{}, fmt.Errorf("sealed: key ring: %w", err)
	}
	r := s.readRing(tenant, docs[0])
	s.rings.keep(tenant, r)
	return r, nil
}
