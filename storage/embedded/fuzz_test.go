package embedded

import (
	"bytes"
	"testing"

	"secadvisor/storage"
)

const fuzzed = 4 << 10 // bytes of an input at most: more shows nothing new

// What is kept of documents and items is read as it was written, and times sort
// as they are.
func FuzzRecords(f *testing.F) {
	f.Add(int64(7), int64(0), int64(1<<40), []byte("body"), uint32(3))
	f.Add(int64(-1), int64(-1<<63), int64(1<<63-1), []byte{}, uint32(1<<32-1))
	f.Fuzz(func(t *testing.T, a, b, c int64, body []byte, attempts uint32) {
		if len(body) > fuzzed {
			return
		}
		got := decodeRecord(record{version: a, expires: b, body: body}.encode())
		if a > 0 && (got.fault != nil || got.version != a || got.expires != b || !bytes.Equal(got.body, body)) {
			t.Errorf("%d, %d, %q become %+v", a, b, body, got)
		}
		if a <= 0 && got.fault == nil { // no write has such a version
			t.Errorf("version %d is read as %+v", a, got)
		}
		i := item{at: a, since: b, token: c, attempts: int(attempts)}
		if got, ok := decodeItem(i.encode()); !ok || got != i {
			t.Errorf("%+v becomes %+v", i, got)
		}
		if decodeTime(encodeTime(a)) != a || (a < b) != (bytes.Compare(encodeTime(a), encodeTime(b)) < 0) {
			t.Errorf("times %d and %d are read as %d, and sort otherwise", a, b, decodeTime(encodeTime(a)))
		}
	})
}

// Whatever stands in the place of a document, an item or a job, it is read as
// what would be written so, or as damaged.
func FuzzDamaged(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0})
	f.Add(record{version: 7, expires: 9, body: []byte("body")}.encode())
	f.Add(item{at: 1, since: 2, token: 3, attempts: 4}.encode())
	f.Add(encodeJob(storage.Job{ID: "id", Body: []byte("body")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > fuzzed {
			return
		}
		if r := decodeRecord(b); r.fault == nil && !bytes.Equal(r.encode(), b) || r.fault != nil && (len(r.body) > 0 || r.version == 0) {
			t.Errorf("%x is read as the document %+v", b, r)
		}
		if i, ok := decodeItem(b); ok && !bytes.Equal(i.encode(), b) || !ok && i != (item{}) {
			t.Errorf("%x is read as the item %+v", b, i)
		}
		if id, body, fault := decodeJob(b); fault == nil && !bytes.Equal(encodeJob(storage.Job{ID: id, Body: body}), b) || fault != nil && (id != "" || len(body) > 0) {
			t.Errorf("%x is read as the job %q %q", b, id, body)
		}
	})
}

// Keys of one tenant, lane or kind are never those of another.
func FuzzKeys(f *testing.F) {
	f.Add(uint64(1), "out/C1", uint64(2), "out/C1")
	f.Add(uint64(0x6c00), "a", uint64(0x6c00), "ab")
	f.Fuzz(func(t *testing.T, n uint64, name string, m uint64, other string) {
		if len(name) > storage.MaxKey || len(other) > storage.MaxKey {
			return
		}
		one, two := space(encodeNumber(int64(n))), space(encodeNumber(int64(m)))
		for key, kind := range map[string]byte{string(one.lane(name)): laneKind, string(one.timer(name)): timerKind} {
			if s, k, got := splitItem([]byte(key)); s != one || k != kind || got != name {
				t.Errorf("%x %c %q is read as %x %c %q", one, kind, name, s, k, got)
			}
		}
		same := n == m && name == other
		if bytes.HasPrefix(one.laneJobs(name), two.laneJobs(other)) != same {
			t.Errorf("the jobs of %x %q lie among those of %x %q", one, name, two, other)
		}
	})
}
