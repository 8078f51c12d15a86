package embedded

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// txn is one transaction at one moment. A write that fails is remembered in
// err and undoes the whole transaction, so callers need not look at each.
type txn struct {
	tx     *bbolt.Tx
	now    int64 // in milliseconds
	opened map[bucket]*bbolt.Bucket
	dirty  bool
	err    error
}

// view reads from one consistent state.
func (s *Store) view(do func(*txn) error) error {
	err := s.db.View(func(tx *bbolt.Tx) error { return do(s.at(tx)) })
	return named(err)
}

// transact writes in one transaction. Only the writer goroutine calls it, and
// Open before that begins.
func (s *Store) transact(do func(*txn) error) error {
	tx, err := s.db.Begin(true)
	if err != nil {
		return fmt.Errorf("embedded: begin: %w", named(err))
	}
	t := s.at(tx)
	err = do(t)
	if err == nil {
		err = t.err
	}
	if err != nil || !t.dirty {
		_ = tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("embedded: commit: %w", err)
	}
	return nil
}

func (s *Store) at(tx *bbolt.Tx) *txn {
	return &txn{tx: tx, now: s.clock().UnixMilli(), opened: map[bucket]*bbolt.Bucket{}}
}

func (t *txn) in(b bucket) *bbolt.Bucket {
	if t.opened[b] == nil {
		t.opened[b] = t.tx.Bucket([]byte(b))
	}
	return t.opened[b]
}

func (t *txn) get(b bucket, key []byte) []byte { return t.in(b).Get(key) }

// put writes an entry. An empty value is never nil, or bbolt would answer
// until the end of the transaction as if the entry did not exist.
func (t *txn) put(b bucket, key, value []byte) {
	t.dirty = true
	if value == nil {
		value = []byte{}
	}
	t.note(b, t.in(b).Put(key, value))
}

func (t *txn) delete(b bucket, key []byte) {
	t.dirty = true
	t.note(b, t.in(b).Delete(key))
}

func (t *txn) note(b bucket, err error) {
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("embedded: write %s: %w", b, err)
	}
}

// next is a number that was never returned before, whatever it is for.
func (t *txn) next() int64 {
	t.dirty = true
	n, err := t.in(meta).NextSequence()
	t.note(meta, err)
	return int64(n)
}

// count adds to the number of entries that a bucket keeps as its sequence.
func (t *txn) count(b bucket, change int) {
	n := int64(t.in(b).Sequence()) + int64(change)
	t.note(b, t.in(b).SetSequence(uint64(n)))
}

// first returns at most max keys that begin with prefix, as copies that
// outlive a change of the bucket.
func (t *txn) first(b bucket, prefix []byte, max int) [][]byte {
	var keys [][]byte
	cursor := t.in(b).Cursor()
	for k, _ := cursor.Seek(prefix); len(keys) < max && k != nil && bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// from returns at most max keys from start on.
func (t *txn) from(b bucket, start []byte, max int) [][]byte {
	var keys [][]byte
	cursor := t.in(b).Cursor()
	for k, _ := cursor.Seek(start); len(keys) < max && k != nil; k, _ = cursor.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// past returns at most max keys of an index by time that have come.
func (t *txn) past(b bucket, max int) [][]byte {
	var keys [][]byte
	cursor := t.in(b).Cursor()
	for k, _ := cursor.First(); len(keys) < max && k != nil && decodeTime(k) <= t.now; k, _ = cursor.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

func encodeNumber(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
func decodeNumber(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)) }
