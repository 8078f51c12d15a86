package sealed

import (
	"bytes"
	"crypto/cipher"
	"encoding/binary"

	"secadvisor/storage"
)

// No text begins like this: the first byte is not UTF-8.
const (
	bodyMagic = "\x8fsb\x01"
	ringMagic = "\x8fsk\x01"
	goneMagic = "\x8fsk\x00" // what stands in the place of a ring that was destroyed
)

// keyID names a data key.
type keyID [8]byte

// dataKey seals and opens the bodies of one company.
type dataKey struct {
	id   keyID
	aead cipher.AEAD
}

// What a body is bound to, apart for documents, jobs and rings.
const (
	documentPlace = 'd'
	jobPlace      = 'j'
	ringPlace     = 'k'
)

// place is where a body belongs: each part behind its length.
func place(kind byte, parts ...string) []byte {
	b := append(make([]byte, 0, 128), kind)
	for _, p := range parts {
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(p))), p...)
	}
	return b
}

func documentAt(tenant, key string) []byte { return place(documentPlace, tenant, key) }

func jobAt(tenant, lane, id string) []byte { return place(jobPlace, tenant, lane, id) }

func (k dataKey) seal(body, at []byte) []byte {
	b := make([]byte, 0, len(bodyMagic)+len(k.id)+len(body)+k.aead.Overhead())
	b = append(append(b, bodyMagic...), k.id[:]...)
	return k.aead.Seal(b, nil, body, at)
}

// sealedUnder is the data key that a stored body names; not ok: it is plain.
func sealedUnder(stored []byte) (id keyID, rest []byte, ok bool) {
	rest, ok = bytes.CutPrefix(stored, []byte(bodyMagic))
	if !ok || len(rest) < len(id) {
		return id, nil, false
	}
	return keyID(rest[:len(id)]), rest[len(id):], true
}

// open reads a stored body. Plain says that plain ones are accepted.
func (r ring) open(stored, at []byte, plain bool) ([]byte, error) {
	id, rest, ok := sealedUnder(stored)
	switch {
	case r.fault != nil:
		return nil, r.fault
	case !ok && plain && (!r.exists() || r.data.Partly):
		return stored, nil
	case !ok:
		return nil, ErrPlain
	case r.gone:
		return nil, ErrErasing
	}
	key, known := r.keys[id]
	if !known {
		return nil, ErrUnknown
	}
	body, err := key.aead.Open(nil, nil, rest, at)
	if err != nil {
		return nil, ErrChanged
	}
	return body, nil
}

// openDocs opens documents where they are, and reports whether all could be that
// the store itself could read.
func (s *Store) openDocs(r ring, tenant string, docs []storage.Doc) bool {
	whole := true
	for i, d := range docs {
		if d.Version == 0 || d.Fault != nil {
			continue
		}
		var err error
		if docs[i].Body, err = r.open(d.Body, documentAt(tenant, d.Key), s.plain); err != nil {
			docs[i].Body, docs[i].Fault, whole = nil, err, false
		}
	}
	return whole
}
