package embedded

import (
	"bytes"
	"context"
	"slices"

	"secadvisor/storage"
)

// Get reads all keys from one consistent state.
func (s *Store) Get(ctx context.Context, tenant string, keys ...string) ([]storage.Doc, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := nameFits("tenant", tenant); err != nil {
		return nil, err
	}
	found := make([]storage.Doc, len(keys))
	err := s.view(func(t *txn) error {
		own, _ := t.space(tenant)
		for i, key := range keys {
			r := t.document(own, key)
			found[i] = r.doc(key)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// List reads a page from one consistent state.
func (s *Store) List(ctx context.Context, tenant, prefix, after string, limit int) (page []storage.Doc, more bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	if err := listFits(tenant, limit); err != nil {
		return nil, false, err
	}
	err = s.view(func(t *txn) error {
		own, ok := t.space(tenant)
		if !ok {
			return nil
		}
		page, more = t.list(own, prefix, after, limit)
		return nil
	})
	return page, more, err
}

func (t *txn) list(own space, prefix, after string, limit int) (page []storage.Doc, more bool) {
	start := own.key(prefix)
	if after != "" {
		start = slices.MaxFunc([][]byte{start, own.key(after + "\x00")}, bytes.Compare)
	}
	cursor := t.in(docs).Cursor()
	for k, v := cursor.Seek(start); k != nil && bytes.HasPrefix(k, own.key(prefix)); k, v = cursor.Next() {
		r := decodeRecord(v)
		if r.expired(t.now) {
			continue
		}
		if len(page) == limit {
			return page, true
		}
		page = append(page, r.doc(string(k[len(own):])))
	}
	return page, false
}

// record is a document as it is kept: version, end of its life (0: none),
// body.
type record struct {
	version int64
	expires int64
	body    []byte
	fault   error // why there is no body
}

// doc is a copy, as it is handed out.
func (r record) doc(key string) storage.Doc {
	return storage.Doc{Key: key, Version: r.version, Body: bytes.Clone(r.body), Fault: r.fault}
}

func (r record) expired(now int64) bool { return r.expires != 0 && r.expires <= now }

func (r record) encode() []byte {
	return bytes.Join([][]byte{encodeNumber(r.version), encodeNumber(r.expires), r.body}, nil)
}

func decodeRecord(b []byte) record {
	if len(b) < 16 || decodeNumber(b) <= 0 {
		return record{version: damagedVersion, fault: storage.ErrDamaged}
	}
	return record{version: decodeNumber(b), expires: decodeNumber(b[8:]), body: b[16:]}
}

// document is the zero record where there is none, or none any more.
func (t *txn) document(own space, key string) record {
	b := t.get(docs, own.key(key))
	if b == nil {
		return record{}
	}
	if r := decodeRecord(b); !r.expired(t.now) {
		return r
	}
	return record{}
}

// putDocument writes a document and returns its version.
func (t *txn) putDocument(own space, w storage.Write) int64 {
	t.dropDocument(own.key(w.Key))
	r := record{version: t.next(), body: w.Body}
	if w.TTL != 0 {
		r.expires = t.now + milliseconds(w.TTL)
		t.put(expiring, at(r.expires, own.key(w.Key)), nil)
	}
	t.put(docs, own.key(w.Key), r.encode())
	return r.version
}

// expire removes the document of an entry of the index. One that was written
// anew over a damaged one, whose entry nobody could find, is not its document.
func (t *txn) expire(entry []byte) {
	t.delete(expiring, entry)
	key := entry[8:]
	b := t.get(docs, key)
	if b == nil {
		return
	}
	if r := decodeRecord(b); r.fault != nil || r.expires == decodeTime(entry) {
		t.delete(docs, key)
	}
}

// dropDocument removes a document, expired or not, if there is one.
func (t *txn) dropDocument(key []byte) {
	b := t.get(docs, key)
	if b == nil {
		return
	}
	if r := decodeRecord(b); r.expires != 0 {
		t.delete(expiring, at(r.expires, key))
	}
	t.delete(docs, key)
}
