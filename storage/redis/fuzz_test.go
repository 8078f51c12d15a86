package redis

import (
	"bytes"
	"encoding/binary"
	"testing"

	"secadvisor/storage"
)

const fuzzed = 4 << 10 // bytes of an input at most: more shows nothing new

// A job that is packed is unpacked as it was, and whatever stands in Redis is
// either a job that would be packed the same or refused.
func FuzzJobs(f *testing.F) {
	f.Add("id", []byte("body"))
	f.Add("", []byte{0, 2, 'i', 'd', 'b'})
	f.Add("x", []byte{0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, id string, body []byte) {
		if len(id) > storage.MaxKey || len(body) > fuzzed {
			return
		}
		packed := packJob(storage.Job{ID: id, Body: body})
		if gotID, got, err := unpackJob(string(packed)); err != nil || gotID != id || !bytes.Equal(got, body) {
			t.Errorf("%q, %q become %q, %q, %v", id, body, gotID, got, err)
		}
		if gotID, got, err := unpackJob(string(body)); err == nil && !bytes.Equal(packJob(storage.Job{ID: gotID, Body: got}), body) {
			t.Errorf("%q is read as %q, %q", body, gotID, got)
		}
	})
}

// A member of the due set belongs to the tenant and the name that it was made
// of, and to no others.
func FuzzMembers(f *testing.F) {
	f.Add("slack.T1", "out/C1")
	f.Add("", "\x00\x01a")
	f.Add("0", "\x80\x00\x00")
	f.Fuzz(func(t *testing.T, tenant, name string) {
		if len(tenant) > storage.MaxKey || len(name) > fuzzed || name == "" { // no lane and no timer has no name
			return
		}
		for _, kind := range []byte{laneKind, timerKind} {
			gotKind, gotTenant, gotName, err := splitMember(string([]byte{kind}) + scope(tenant) + name)
			if err != nil || gotKind != kind || gotTenant != tenant || gotName != name {
				t.Errorf("%c %q %q become %c %q %q, %v", kind, tenant, name, gotKind, gotTenant, gotName, err)
			}
		}
		if kind, tenant, rest, err := splitMember(name); err == nil && string([]byte{kind})+scope(tenant)+rest != name {
			t.Errorf("%q is read as %c %q %q", name, kind, tenant, rest)
		}
	})
}

// Whatever stands under a document's key is a document with that body, or
// damaged; nothing is none.
func FuzzDocuments(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00body"))
	f.Add([]byte("short"))
	f.Add([]byte{})
	f.Add(make([]byte, header+1))
	f.Fuzz(func(t *testing.T, stored []byte) {
		if len(stored) > fuzzed {
			return
		}
		doc := (&Store{}).document("k", string(stored))
		switch {
		case doc.Key != "k":
			t.Errorf("the key is %q", doc.Key)
		case len(stored) == 0:
			if doc.Version != 0 || doc.Fault != nil {
				t.Errorf("nothing is a document: %+v", doc)
			}
		case doc.Fault != nil:
			if doc.Version != damagedVersion || doc.Body != nil || len(stored) >= header && int64(binary.BigEndian.Uint64(stored)) > 0 {
				t.Errorf("%q is damaged: %+v", stored, doc)
			}
		case len(stored) < header || doc.Version <= 0 || uint64(doc.Version) != binary.BigEndian.Uint64(stored) || !bytes.Equal(doc.Body, stored[header:]):
			t.Errorf("%q is read as %+v", stored, doc)
		}
	})
}
