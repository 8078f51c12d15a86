package sealed

import (
	"testing"

	"secadvisor/storage"
)

// Whatever stands in the store: nothing panics, and nothing is opened that was
// not sealed there.
func FuzzStored(f *testing.F) {
	keys, err := ParseKeys(NewKey())
	if err != nil {
		f.Fatal(err)
	}
	s := New(nil, keys)
	data := ringData{}.withNewKey(s.now())
	whole, err := s.sealRing("acme", data)
	if err != nil {
		f.Fatal(err)
	}
	r := s.readRing("acme", storage.Doc{Key: ringKey, Version: 1, Body: whole})
	body := r.current.seal([]byte("text"), documentAt("acme", "k"))
	f.Add(whole, body)
	f.Add(whole[:9], body[:13])
	f.Add([]byte(goneMagic), []byte(bodyMagic))
	f.Fuzz(func(t *testing.T, ringBody, stored []byte) {
		got := s.readRing("acme", storage.Doc{Key: ringKey, Version: 1, Body: ringBody})
		if got.usable() && string(ringBody) != string(whole) {
			t.Errorf("a ring that nobody made: %q", ringBody)
		}
		for _, ring := range []ring{r, got, {}} {
			if _, err := ring.open(stored, documentAt("acme", "k"), false); err == nil && string(stored) != string(body) {
				t.Errorf("a body that nobody sealed: %q", stored)
			}
		}
	})
}
