package embedded

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// format is the layout below. A program refuses a file of another one.
const format = "1"

// bucket is one of the file's ordered maps. Everything of a tenant is under
// its space, a number that is never used twice; so an erasure needs only to
// cut the tenant off from its space, and may take its time to remove it.
type bucket string

const (
	meta       bucket = "meta"       // "format", "erased"; its sequence counts versions, tokens, spaces and jobs
	tenants    bucket = "tenants"    // name -> space; its sequence is how many there are
	spaces     bucket = "spaces"     // space -> name
	tombstones bucket = "tombstones" // name of an erased tenant -> nothing
	graves     bucket = "graves"     // space that is being removed -> nothing

	docs     bucket = "docs"     // space key -> document
	expiring bucket = "expiring" // time space key -> nothing, for each document with a TTL

	jobs  bucket = "jobs"  // space lane number -> job
	items bucket = "items" // space kind name -> item: a lane with jobs, or a timer; its sequence is how many there are
	due   bucket = "due"   // time space kind name -> nothing: items by when they can be claimed
	held  bucket = "held"  // the same for claimed items, by when the lease ends

	seen       bucket = "seen"       // space id -> time until which it is remembered
	forgetting bucket = "forgetting" // time space id -> nothing
)

func (t *txn) makeBuckets() error {
	all := []bucket{meta, tenants, spaces, tombstones, graves, docs, expiring, jobs, items, due, held, seen, forgetting}
	first, _ := t.tx.Cursor().First()
	if first != nil && t.tx.Bucket([]byte(meta)) == nil {
		return errors.New("it is another program's file")
	}
	for _, b := range all {
		if _, err := t.tx.CreateBucketIfNotExists([]byte(b)); err != nil {
			return err
		}
	}
	if first == nil {
		t.put(meta, []byte("format"), []byte(format))
	} else if found := t.get(meta, []byte("format")); string(found) != format {
		return fmt.Errorf("it has the format %q, this program reads %q", found, format)
	}
	return nil
}

// space is a number of 8 bytes, as it stands in keys.
type space string

func (s space) key(name string) []byte { return []byte(string(s) + name) }

const (
	laneKind  = 'l'
	timerKind = 't'
)

func (s space) lane(name string) []byte  { return s.key(string(laneKind) + name) }
func (s space) timer(name string) []byte { return s.key(string(timerKind) + name) }

// laneJobs begins the key of each job in a lane. It tells the length first,
// or one lane's name could begin another's.
func (s space) laneJobs(lane string) []byte {
	key := binary.BigEndian.AppendUint16([]byte(s), uint16(len(lane)))
	return append(key, lane...)
}

// splitItem takes an item's key apart.
func splitItem(key []byte) (s space, kind byte, name string) {
	return space(key[:8]), key[8], string(key[9:])
}

// at puts a time before a key: how the indexes by time are ordered.
func at(ms int64, key []byte) []byte {
	return append(encodeTime(ms), key...)
}

// encodeTime keeps the order of times before 1970 too.
func encodeTime(ms int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(ms)^1<<63)
}

func decodeTime(key []byte) int64 {
	return int64(binary.BigEndian.Uint64(key) ^ 1<<63)
}

// milliseconds of a duration, rounded up: what is short is not nothing.
func milliseconds(d time.Duration) int64 {
	return int64((d + time.Millisecond - 1) / time.Millisecond)
}

func join(a, b []byte) []byte { return bytes.Join([][]byte{a, b}, nil) }
