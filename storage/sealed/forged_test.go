package sealed_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// raw is everything that the store inside has of a company.
func (s *scene) raw(tenant string) []byte {
	s.Helper()
	docs, _, err := s.inner.List(s.Context(), tenant, "", "", 100)
	if err != nil {
		s.Fatal(err)
	}
	var all []byte
	for _, d := range docs {
		all = append(all, d.Body...)
	}
	claims, err := s.inner.Claim(s.Context(), 100, 1)
	if err != nil {
		s.Fatal(err)
	}
	for _, c := range claims {
		all = append(all, c.Body...)
	}
	return all
}

func TestBodiesAreSealed(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.apply(a, "acme", storage.Change{
		Put:  []storage.Write{{Key: "k", Body: []byte("no backup since May")}},
		Jobs: []storage.Job{{ID: "1", Lane: "l", Body: []byte("call Robin")}},
	})
	if raw := s.raw("acme"); bytes.Contains(raw, []byte("backup")) || bytes.Contains(raw, []byte("Robin")) || len(raw) < 100 {
		t.Errorf("the store inside has %q", raw)
	}
	s.holds(a, "acme", "k", "no backup since May")
	if docs, more, err := a.List(t.Context(), "acme", "", "", 1); err != nil || more || len(docs) != 1 || docs[0].Key != "k" {
		t.Errorf("listed %v, %v, %v", docs, more, err)
	}
}

// Whoever can write in the store puts one body in the place of another.
func TestSwappedBodiesAreNotOpened(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	for _, tenant := range []string{"acme", "evil"} {
		s.put(a, tenant, "yes", "answer yes")
		s.put(a, tenant, "no", "answer no")
	}
	s.put(s.inner, "acme", "no", string(s.get(s.inner, "acme", "yes").Body))
	s.faulty(a, "acme", "no", sealed.ErrChanged)
	s.put(s.inner, "acme", "yes", string(s.get(s.inner, "evil", "yes").Body))
	s.faulty(a, "acme", "yes", sealed.ErrUnknown)

	// The keys of another company, which they have had themselves installed.
	s.put(s.inner, "acme", keyName, string(s.get(s.inner, "evil", keyName).Body))
	b := s.with(fixedKey)
	s.faulty(b, "acme", "yes", sealed.ErrChanged)
	if _, err := b.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "x", Body: []byte("x")}}}); !errors.Is(err, sealed.ErrChanged) {
		t.Errorf("a foreign ring was written with: %v", err)
	}
}

func TestSwappedJobsAreNotOpenedAndHoldUpNobody(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	body := func(lane string) []byte { return []byte("post to " + lane) }
	for _, lane := range []string{"one", "two"} {
		s.apply(a, "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: lane, Body: body(lane)}}})
	}
	var stolen []byte
	for _, c := range s.claim(s.inner) {
		s.apply(s.inner, "acme", storage.Change{Held: &c, Release: &storage.Release{}})
		if c.Lane == "one" {
			stolen = c.Body
		}
	}
	s.apply(s.inner, "acme", storage.Change{Jobs: []storage.Job{
		{ID: "1", Lane: "boss", Body: stolen}, {ID: "2", Lane: "plain", Body: []byte(`{"post":"pay at once"}`)}, {ID: "1", Lane: "cut", Body: stolen[:20]},
	}})
	s.apply(s.inner, "plain", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "plain", Body: []byte("x")}}})
	got := map[string]error{}
	for _, c := range s.claim(a) {
		if got[c.Tenant+c.Lane] = c.Fault; c.Fault == nil && !bytes.Equal(c.Body, body(c.Lane)) || c.Fault != nil && c.Body != nil {
			t.Errorf("claimed %+v", c)
		}
		s.apply(a, c.Tenant, storage.Change{Held: &c, Done: true})
	}
	want := map[string]error{"acmeone": nil, "acmetwo": nil, "acmeboss": sealed.ErrChanged, "acmeplain": sealed.ErrPlain, "acmecut": sealed.ErrChanged, "plainplain": sealed.ErrPlain}
	for lane, fault := range want {
		if err, there := got[lane]; !there || !errors.Is(err, fault) {
			t.Errorf("%s came with %v, want %v", lane, err, fault)
		}
	}
	if len(got) != len(want) {
		t.Errorf("claimed %v", got)
	}
}

func TestAPlainBodyPassesForNoSealedOne(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.put(a, "acme", "roles", "Alex owns")
	s.put(s.inner, "acme", "roles", "Mallory owns")
	s.faulty(a, "acme", "roles", sealed.ErrPlain)
	s.put(s.inner, "acme", "more", "planted")
	docs, _, err := a.List(t.Context(), "acme", "", "", 10)
	if err != nil || len(docs) != 2 || storage.Unread(docs...) == nil || docs[0].Body != nil || docs[1].Body != nil {
		t.Errorf("listed %v, %v", docs, err)
	}
	// Without the keys it is no company of before, either.
	ring := s.get(s.inner, "acme", keyName)
	s.apply(s.inner, "acme", storage.Change{Put: []storage.Write{{Key: keyName, Version: ring.Version}}})
	for _, store := range []*sealed.Store{a, s.with(fixedKey)} {
		s.faulty(store, "acme", "roles", sealed.ErrPlain)
	}
	if _, err := a.Rotate(t.Context(), "acme"); !errors.Is(err, sealed.ErrPlain) {
		t.Errorf("it is sealed as if it were true: %v", err)
	}
	// A ring from the time when sealing was turned on accepts nothing plain now.
	s.put(s.inner, "acme", keyName, "")
	s.faulty(s.with(fixedKey), "acme", "roles", sealed.ErrChanged)
}

func TestARingOfThePastAcceptsNothingPlain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.put(s.with(), "acme", "k", "from before")
	s.apply(s.with(), "acme", storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "l", Body: []byte("x")}}})
	turning := s.turning(fixedKey)
	s.rotate(turning, "acme")
	past := string(s.get(s.inner, "acme", keyName).Body)
	if !s.state(turning, "acme").Partly {
		t.Fatal("nothing plain is expected any more: the test shows nothing")
	}
	s.put(s.inner, "acme", keyName, past)
	s.put(s.inner, "acme", "k", "planted")
	s.faulty(s.with(fixedKey), "acme", "k", sealed.ErrPlain)
}

func TestADocumentThatIsChangedOrCutIsNotOpened(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.put(a, "acme", "good", "as it was")
	s.put(a, "acme", "k", strings.Repeat("text ", 20))
	whole := s.get(s.inner, "acme", "k").Body
	for i := range whole {
		bad := bytes.Clone(whole)
		bad[i] ^= 1
		s.put(s.inner, "acme", "k", string(bad))
		if d := s.get(a, "acme", "k"); d.Fault == nil || d.Body != nil {
			t.Fatalf("with byte %d changed it is %q", i, d.Body)
		}
		s.put(s.inner, "acme", "k", string(whole[:i]))
		if d := s.get(a, "acme", "k"); d.Fault == nil || d.Body != nil {
			t.Fatalf("cut after %d it is %q", i, d.Body)
		}
	}
	s.holds(a, "acme", "good", "as it was")
}

func TestTheStoresOwnKeysAreNobodyElses(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.with(fixedKey)
	s.put(a, "acme", "k", "x")
	if _, err := a.Get(t.Context(), "acme", "k", keyName); err == nil {
		t.Error("the ring was read")
	}
	for _, c := range []storage.Change{
		{Put: []storage.Write{{Key: keyName, Body: []byte("x")}}}, {Check: []storage.Version{{Key: keyName}}}, {Read: []string{keyName}},
	} {
		if _, err := a.Apply(t.Context(), "acme", c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
	if docs, more, err := a.List(t.Context(), "acme", "sealed", "", 10); err != nil || more || len(docs) != 0 {
		t.Errorf("listed %v, %v, %v", docs, more, err)
	}
}
