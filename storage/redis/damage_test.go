package redis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// street is a store with two companies in one partition.
type street struct {
	*Store
	t               *testing.T
	client          *goredis.Client
	prefix          string
	acme, neighbour string
	part            *partition
	scope           string // acme's
}

var companies = []storage.Change{
	{
		Put:    []storage.Write{{Key: "a", Body: []byte("one")}, {Key: "b", Body: []byte("two")}, {Key: "c", Body: []byte("three"), TTL: time.Hour}},
		Jobs:   []storage.Job{{ID: "1", Lane: "L", Body: []byte("x"), Dedupe: true}, {ID: "2", Lane: "L", Body: []byte("y")}, {ID: "3", Lane: "M", Body: []byte("z")}},
		Timers: []storage.Timer{{Name: "T", At: time.UnixMilli(1)}, {Name: "U", At: time.UnixMilli(4e12)}},
	},
	{
		Put:    []storage.Write{{Key: "a", Body: []byte("theirs")}},
		Jobs:   []storage.Job{{ID: "1", Lane: "L", Body: []byte("their job")}},
		Timers: []storage.Timer{{Name: "T", At: time.UnixMilli(1)}},
	},
}

func newStreet(t *testing.T, server *redistest.Server, prefix string) *street {
	t.Helper()
	store, err := Open(t.Context(), server.URL()+"?prefix="+prefix)
	if err != nil {
		t.Fatal(err)
	}
	client := server.Client()
	t.Cleanup(func() { client.Close(); store.Close() })
	s := &street{Store: store, t: t, client: client, prefix: prefix, acme: "acme", part: store.part("acme"), scope: scope("acme")}
	for n := 0; s.neighbour == ""; n++ {
		if name := fmt.Sprint("neighbour", n); store.part(name) == s.part {
			s.neighbour = name
		}
	}
	s.must(s.acme, companies[0])
	s.must(s.neighbour, companies[1])
	return s
}

func (s *street) must(tenant string, c storage.Change) storage.Applied {
	s.t.Helper()
	done, err := s.Apply(s.t.Context(), tenant, c)
	if err != nil {
		s.t.Fatal(err)
	}
	return done
}

func (s *street) get(key string) storage.Doc {
	s.t.Helper()
	docs, err := s.Get(s.t.Context(), s.acme, key)
	if err != nil {
		s.t.Fatal(err)
	}
	return docs[0]
}

func (s *street) claims() (acme, neighbour []storage.Claim) {
	s.t.Helper()
	all, err := s.Claim(s.t.Context(), 100, time.Minute)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range all {
		if c.Tenant == s.neighbour {
			neighbour = append(neighbour, c)
		} else {
			acme = append(acme, c)
		}
	}
	return acme, neighbour
}

// all is what stands under all keys, but for the counter and what waits.
func (s *street) all() map[string]string {
	s.t.Helper()
	ctx, found := s.t.Context(), map[string]string{}
	keys := s.client.Scan(ctx, 0, s.prefix+"{*", 1000).Iterator()
	for keys.Next(ctx) {
		if key := keys.Val(); key != s.part.version {
			found[key] = s.client.Dump(ctx, key).Val()
		}
	}
	return found
}

// do is a command of whoever damages things.
func (s *street) do(words ...any) {
	s.t.Helper()
	if err := s.client.Do(s.t.Context(), words...).Err(); err != nil {
		s.t.Fatal(words, err)
	}
}

// strange puts something of another kind in the place of a key.
func (s *street) strange(key string) {
	s.t.Helper()
	s.do("del", key)
	if kindOf(key) == "list" {
		s.do("set", key, "private")
	} else {
		s.do("rpush", key, "private")
	}
}

// neighbourLives checks that the other company notices nothing.
func (s *street) neighbourLives() {
	s.t.Helper()
	_, got := s.claims()
	if len(got) != 2 || got[0].Fault != nil || got[1].Fault != nil {
		s.t.Errorf("the neighbour's work is %+v", got)
	}
	for _, c := range got {
		s.must(s.neighbour, storage.Change{Held: &c, Done: true, Put: []storage.Write{{Key: "done/" + c.Lane + c.Timer, Body: []byte("x"), TTL: time.Hour}}})
	}
	if _, err := s.Stats(s.t.Context()); err != nil {
		s.t.Error(err)
	}
	if all, _, err := s.Tenants(s.t.Context(), "", 10); err != nil || !slices.Contains(all, s.neighbour) || !slices.Contains(all, s.acme) {
		s.t.Errorf("the companies are %q, %v", all, err)
	}
}

// erases checks that a company can be erased whatever became of it.
func (s *street) erases() {
	s.t.Helper()
	if err := s.Erase(s.t.Context(), s.acme); err != nil {
		s.t.Error(err)
	}
	for key := range s.all() {
		if strings.Contains(key, s.scope) {
			s.t.Errorf("%q is left", key)
		}
	}
	if _, err := s.Apply(s.t.Context(), s.acme, storage.Change{Install: true, Put: []storage.Write{{Key: "a", Body: []byte("anew")}}}); err != nil {
		s.t.Error(err)
	}
}

func TestADamagedDocumentIsAFaultOfItsOwn(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	values := map[string]string{"no version": strings.Repeat("\x00", 20), "no version that was ever given": "\x80" + strings.Repeat("\x00", 20)}
	for n := 1; n < header; n++ {
		values[fmt.Sprint(n, " bytes")] = "\x00\x00\x00\x00\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00"[:n]
	}
	n := 0
	for name, value := range values {
		n++
		s := newStreet(t, server, fmt.Sprint("doc", n, ":"))
		s.do("set", s.part.doc+s.scope+"a", value)
		s.do("set", s.part.doc+s.scope+"c", value)
		got := s.get("a")
		if !errors.Is(got.Fault, storage.ErrDamaged) || got.Version != damagedVersion || got.Body != nil {
			t.Fatalf("%s: %+v", name, got)
		}
		page, _, err := s.List(t.Context(), s.acme, "", "", 10)
		if err != nil || len(page) != 3 || page[0].Fault == nil || page[1].Fault != nil || page[2].Fault == nil {
			t.Fatalf("%s: listed is %+v, %v", name, page, err)
		}
		if _, err := s.Ends(t.Context(), s.acme, "a", "b", "c"); err != nil {
			t.Error(err)
		}
		if _, err := s.Apply(t.Context(), s.acme, storage.Change{Put: []storage.Write{{Key: "a", Body: []byte("x")}}}); !errors.Is(err, storage.ErrConflict) {
			t.Errorf("%s: what is damaged is taken for nothing: %v", name, err)
		}
		if _, err := s.Apply(t.Context(), s.acme, storage.Change{Check: []storage.Version{{Key: "a"}}}); !errors.Is(err, storage.ErrConflict) {
			t.Errorf("%s: what is damaged is not there: %v", name, err)
		}
		s.must(s.acme, storage.Change{Check: []storage.Version{{Key: "c", Version: got.Version}}, Put: []storage.Write{{Key: "a", Version: got.Version, Body: []byte("anew")}}})
		if got = s.get("a"); string(got.Body) != "anew" || got.Version <= 0 {
			t.Errorf("%s: what was written anew is %+v", name, got)
		}
		s.neighbourLives()
		s.erases()
	}
}

// A value of no length is no document, for whoever reads and whoever writes: the
// two would wait for each other.
func TestAnEmptyValueIsNoDocument(t *testing.T) {
	t.Parallel()
	s := newStreet(t, redistest.Start(t), "empty:")
	s.do("set", s.part.doc+s.scope+"a", "")
	if got := s.get("a"); got.Version != 0 || got.Fault != nil {
		t.Fatalf("%+v", got)
	}
	s.must(s.acme, storage.Change{Check: []storage.Version{{Key: "a"}}})
	s.must(s.acme, storage.Change{Put: []storage.Write{{Key: "a", Body: []byte("anew")}}})
	if got := s.get("a"); string(got.Body) != "anew" {
		t.Errorf("%+v", got)
	}
	s.erases()
}

// What holds something of another kind is named, and left as it is; and no
// change is half done.
func TestAKeyOfAnotherKind(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	newDoc := storage.Change{Put: []storage.Write{{Key: "b2", Body: []byte("x")}, {Key: "d", Body: []byte("x"), TTL: time.Hour}}}
	job := storage.Change{Put: []storage.Write{{Key: "b2", Body: []byte("x")}}, Jobs: []storage.Job{{ID: "9", Lane: "L", Body: []byte("x"), Dedupe: true}}, Timers: []storage.Timer{{Name: "W", At: time.UnixMilli(1)}}}
	tests := map[string]struct {
		key    func(s *street) string
		change storage.Change
		alone  bool // it is acme's alone; else its partition's
	}{
		"document":      {func(s *street) string { return s.part.doc + s.scope + "a" }, storage.Change{Put: []storage.Write{{Key: "b2", Body: []byte("x")}, {Key: "a", Body: []byte("x")}}}, true},
		"index":         {func(s *street) string { return s.part.index + s.scope }, newDoc, true},
		"ends":          {func(s *street) string { return s.part.ends + s.scope }, newDoc, true},
		"ends, no more": {func(s *street) string { return s.part.ends + s.scope }, storage.Change{Put: []storage.Write{{Key: "b2", Body: []byte("x")}, {Key: "c", Body: []byte("x")}}}, true},
		"seen":          {func(s *street) string { return s.part.seen + s.scope }, job, true},
		"lane":          {func(s *street) string { return s.part.job + s.scope + "L" }, job, true},
		"lane, at once": {func(s *street) string { return s.part.job + s.scope + "L" }, storage.Change{Once: &storage.Once{ID: "e", Lane: "L"}, Put: newDoc.Put}, true},
		"lane, taken":   {func(s *street) string { return s.part.job + s.scope + "L" }, storage.Change{Put: newDoc.Put, Take: []string{"L"}, Lease: time.Minute}, true},
		"due":           {func(s *street) string { return s.part.due }, job, false},
		"held":          {func(s *street) string { return s.part.held }, job, false},
		"version":       {func(s *street) string { return s.part.version }, job, false},
		"tenants":       {func(s *street) string { return s.part.tenants }, job, false},
	}
	for name, test := range tests {
		s := newStreet(t, server, "kind-"+strings.ReplaceAll(strings.ReplaceAll(name, " ", ""), ",", "")+":")
		key := test.key(s)
		s.strange(key)
		for i, w := range test.change.Put {
			test.change.Put[i].Version = s.get(w.Key).Version
		}
		before := s.all()
		_, err := s.Apply(t.Context(), s.acme, test.change)
		if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprintf("%q", key)) || strings.Contains(err.Error(), "private") {
			t.Errorf("%s: %v", name, err)
		}
		if after := s.all(); !maps.Equal(before, after) {
			t.Errorf("%s: half of a change is done", name)
		}
		_, _, err = s.List(t.Context(), s.acme, "", "", 10)
		if (err != nil) != (name == "index") || err != nil && !strings.Contains(err.Error(), fmt.Sprintf("%q", key)) {
			t.Errorf("%s: list: %v", name, err)
		}
		if _, err := s.Stats(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "due" {
			_, waiting := s.Waiting(t.Context(), s.acme)
			_, claim := s.Claim(t.Context(), 10, time.Minute)
			for _, err := range []error{waiting, claim} {
				if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprintf("%q", key)) {
					t.Errorf("what waits: %v", err)
				}
			}
		}
		if test.alone {
			s.neighbourLives()
		}
		if held := s.client.Dump(t.Context(), key).Val(); held != before[key] && key != s.part.version {
			t.Errorf("%s: it was written over", name)
		}
		if test.alone {
			s.erases()
		}
	}
}

func TestNamesOfAnotherKindHideNobody(t *testing.T) {
	t.Parallel()
	s := newStreet(t, redistest.Start(t), "names:")
	s.strange(s.part.names)
	s.neighbourLives()
	s.must(s.acme, storage.Change{Put: []storage.Write{{Key: "d", Body: []byte("x")}}})
	for n := 0; ; n++ {
		third := fmt.Sprint("third", n)
		if s.Store.part(third) != s.part {
			continue
		}
		before := s.all()
		if _, err := s.Apply(t.Context(), third, companies[0]); !errors.Is(err, storage.ErrDamaged) || !maps.Equal(before, s.all()) {
			t.Errorf("a company whose name nobody would find: %v", err)
		}
		return
	}
}

// What is listed in an index and is of another kind is a fault, and no document
// that came to its end.
func TestADocumentOfAnotherKindIsListed(t *testing.T) {
	t.Parallel()
	s := newStreet(t, redistest.Start(t), "listed:")
	s.do("del", s.part.doc+s.scope+"b")
	s.do("rpush", s.part.doc+s.scope+"b", "private")
	page, _, err := s.List(t.Context(), s.acme, "", "", 10)
	if err != nil || len(page) != 3 || !errors.Is(page[1].Fault, storage.ErrDamaged) || strings.Contains(page[1].Fault.Error(), "private") {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestADamagedJobIsAFaultOfItsOwn(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for n, value := range []string{"", "\x00", "\x00\x05id", "\xff\xff\xff\xff"} {
		s := newStreet(t, server, fmt.Sprint("job", n, ":"))
		s.do("lset", s.part.job+s.scope+"L", 0, value)
		got, _ := s.claims()
		at := slices.IndexFunc(got, func(c storage.Claim) bool { return c.Lane == "L" })
		if at < 0 || !errors.Is(got[at].Fault, storage.ErrDamaged) || got[at].Body != nil || len(got) != 3 {
			t.Fatalf("%q: %+v", value, got)
		}
		s.must(s.acme, storage.Change{Held: &got[at], Done: true})
		if next, _ := s.claims(); len(next) != 1 || next[0].ID != "2" || next[0].Fault != nil {
			t.Errorf("%q: then %+v", value, next)
		}
	}
}

// A lane of which something was lost is worked on as far as it can be.
func TestALaneThatIsHalfThere(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	t.Run("due without jobs", func(t *testing.T) {
		s := newStreet(t, server, "nojobs:")
		s.do("del", s.part.job+s.scope+"L")
		got, _ := s.claims()
		at := slices.IndexFunc(got, func(c storage.Claim) bool { return c.Lane == "L" })
		if at < 0 || got[at].Fault == nil {
			t.Fatalf("%+v", got)
		}
		s.must(s.acme, storage.Change{Held: &got[at], Done: true})
		if w, err := s.Waiting(t.Context(), s.acme); err != nil || w.Lanes != 1 {
			t.Errorf("%+v, %v", w, err)
		}
	})
	t.Run("no list", func(t *testing.T) {
		s := newStreet(t, server, "nolist:")
		key := s.part.job + s.scope + "L"
		s.strange(key)
		got, _ := s.claims()
		at := slices.IndexFunc(got, func(c storage.Claim) bool { return c.Lane == "L" })
		if at < 0 || got[at].Fault == nil || len(got) != 3 {
			t.Fatalf("%+v", got)
		}
		before := s.all()
		_, err := s.Apply(t.Context(), s.acme, storage.Change{Held: &got[at], Done: true, Put: []storage.Write{{Key: "dead", Body: []byte("x")}}})
		if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprintf("%q", key)) || !maps.Equal(before, s.all()) {
			t.Errorf("what is no list is ended: %v", err)
		}
		for _, c := range got {
			if c.Lane != "L" {
				s.must(s.acme, storage.Change{Held: &c, Done: true})
			}
		}
		s.erases()
	})
	t.Run("jobs that are not due", func(t *testing.T) {
		s := newStreet(t, server, "notdue:")
		s.do("zrem", s.part.due, "L"+s.scope+"L")
		s.must(s.acme, storage.Change{Jobs: []storage.Job{{ID: "4", Lane: "L"}}})
		for _, want := range []string{"1", "2", "4"} {
			got, _ := s.claims()
			at := slices.IndexFunc(got, func(c storage.Claim) bool { return c.Lane == "L" })
			if at < 0 || got[at].ID != want {
				t.Fatalf("claimed are %+v, want %s", got, want)
			}
			s.must(s.acme, storage.Change{Held: &got[at], Done: true})
		}
	})
	t.Run("who holds it", func(t *testing.T) {
		for n := range 13 {
			s := newStreet(t, server, fmt.Sprint("held", n, ":"))
			got, _ := s.claims()
			s.do("hset", s.part.held, "L"+s.scope+"L", strings.Repeat("\x01", n))
			s.do("zadd", s.part.due, 1, "L"+s.scope+"L")
			again, _ := s.claims()
			if len(again) != 1 || again[0].ID != "1" || n < 12 && again[0].Attempts != 1 {
				t.Fatalf("%d bytes: %+v after %+v", n, again, got)
			}
			s.must(s.acme, storage.Change{Held: &again[0], Done: true})
		}
	})
	t.Run("when", func(t *testing.T) {
		for n, score := range []string{"-inf", "inf", "-1.5", "0.5", "1e300", "-1e300"} {
			s := newStreet(t, server, fmt.Sprint("when", n, ":"))
			s.do("zadd", s.part.due, score, "T"+s.scope+"T")
			s.do("zadd", s.part.due, score, "L"+s.scope+"L")
			if w, err := s.Waiting(t.Context(), s.acme); err != nil || len(w.Timers) != 2 || w.Timers[0].At.Year() < 1970 || w.Timers[0].At.Year() > 9999 {
				t.Errorf("%s: %+v, %v", score, w, err)
			}
			s.neighbourLives()
			s.must(s.acme, storage.Change{Timers: []storage.Timer{{Name: "T", At: time.UnixMilli(1)}}})
			if got, _ := s.claims(); len(got) == 0 || got[len(got)-1].Timer != "T" {
				t.Errorf("%s: the timer that was set again is not among %+v", score, got)
			}
		}
	})
	t.Run("entries of nobody", func(t *testing.T) {
		s := newStreet(t, server, "nobody:")
		for n, member := range []string{"", "L", "L\x00", "L\x00\x04acm", "L\xff\xffacme", "L" + s.scope, "X" + s.scope + "T", "\x00\x00\x00\x00"} {
			s.do("zadd", s.part.due, n, member)
		}
		s.neighbourLives()
	})
}

// Whether a company is there or was erased is never guessed.
func TestAStateThatCannotBeReadErasesNothing(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for n, state := range []string{"", "liv", "erase", "erasing", "\x00"} {
		s := newStreet(t, server, fmt.Sprint("state", n, ":"))
		s.do("hset", s.part.tenants, s.acme, state)
		before := s.all()
		for _, c := range []storage.Change{{}, {Install: true}, companies[0]} {
			if _, err := s.Apply(t.Context(), s.acme, c); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("%q: %v", state, err)
			}
		}
		if after := s.all(); !maps.Equal(before, after) {
			t.Errorf("%q: something was written", state)
		}
		s.neighbourLives()
		s.erases()
	}
}

func TestADamagedCounterGoesOnWithTheClock(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for n, value := range []string{"", "abc", "-5", "1e400", "99999999999999999999", "\x00"} {
		s := newStreet(t, server, fmt.Sprint("version", n, ":"))
		before := s.get("a").Version
		s.do("set", s.part.version, value)
		first := s.must(s.acme, storage.Change{Put: []storage.Write{{Key: "a", Version: before, Body: []byte("x")}}}).Versions[0]
		second := s.must(s.acme, storage.Change{Put: []storage.Write{{Key: "a", Version: first, Body: []byte("y")}}}).Versions[0]
		if first <= before || second <= first {
			t.Errorf("%q: versions are %d, %d, %d", value, before, first, second)
		}
		s.neighbourLives()
	}
}

// Whatever becomes of one key of a company: changes are whole or not done, the
// neighbour lives, and the company can be erased.
func TestAnyDamage(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for seed := range uint64(120) {
		s := newStreet(t, server, fmt.Sprint("any", seed, ":"))
		random := rand.New(rand.NewPCG(seed, 1))
		var keys []string
		for key := range s.all() {
			if strings.Contains(key, s.scope) {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		key := keys[random.IntN(len(keys))]
		how := damage(s, random, key)
		for range 12 {
			before := s.all()
			if _, err := s.Apply(t.Context(), s.acme, anything(random)); err != nil && !maps.Equal(before, s.all()) {
				t.Errorf("%d, %s: a change was half done: %v", seed, how, err)
			}
		}
		_, _, _ = s.List(t.Context(), s.acme, "", "", 10)
		s.neighbourLives()
		s.erases()
		if t.Failed() {
			t.Fatalf("%d: %s of %q", seed, how, key)
		}
	}
}

// Whatever becomes of one key between a claim and its end: the end is whole or
// not done.
func TestDamageBetweenAClaimAndItsEnd(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	refused := 0
	for seed := range uint64(100) {
		s := newStreet(t, server, fmt.Sprint("claimed", seed, ":"))
		random := rand.New(rand.NewPCG(seed, 2))
		acme, _ := s.claims()
		keys := slices.Sorted(maps.Keys(s.all()))
		key := keys[random.IntN(len(keys))]
		how := "another kind"
		if seed%3 == 0 {
			how = damage(s, random, key)
		} else {
			s.strange(key)
		}
		for range 6 {
			before := s.all()
			_, err := s.Apply(t.Context(), s.acme, s.ending(random, &acme[random.IntN(len(acme))]))
			if err != nil && !maps.Equal(before, s.all()) {
				t.Fatalf("%d: %s of %q: half of an end is done: %v", seed, how, key, err)
			}
			if errors.Is(err, storage.ErrDamaged) {
				refused++
			}
		}
	}
	if refused < 50 {
		t.Errorf("only %d changes met what was damaged", refused)
	}
}

// ending is a change that ends a claim, or hands it back, as far as the
// documents can be read.
func (s *street) ending(random *rand.Rand, held *storage.Claim) storage.Change {
	c := anything(random)
	c.Once, c.Held = nil, held
	if c.Done = random.IntN(3) > 0; !c.Done {
		c.Release = &storage.Release{Uncounted: random.IntN(2) == 0}
	}
	for i, w := range c.Put {
		c.Put[i].Version = s.get(w.Key).Version
	}
	for i, v := range c.Check {
		c.Check[i].Version = s.get(v.Key).Version
	}
	return c
}

// Timers alone are claimed without a look at who holds them.
func TestAClaimIsWholeOrNotMade(t *testing.T) {
	t.Parallel()
	s := newStreet(t, redistest.Start(t), "hold:")
	for _, lane := range []string{s.scope + "L", s.scope + "M", scope(s.neighbour) + "L"} {
		s.do("zrem", s.part.due, "L"+lane)
	}
	s.strange(s.part.held)
	before := s.all()
	if got, err := s.Claim(t.Context(), 10, time.Minute); !errors.Is(err, storage.ErrDamaged) || len(got) > 0 {
		t.Errorf("claimed is %+v, %v", got, err)
	}
	if !maps.Equal(before, s.all()) {
		t.Error("half of a claim is made")
	}
}

// Whoever finds work elsewhere is told of what is damaged, and not each time.
func TestWhatCannotBeClaimedIsLoggedNowAndThen(t *testing.T) {
	t.Parallel()
	s := newStreet(t, redistest.Start(t), "partly:")
	var log strings.Builder
	Log(slog.New(slog.NewTextHandler(&log, nil)))(s.Store)
	s.strange(s.part.due)
	other := "other"
	for n := 0; s.Store.part(other) == s.part; n++ {
		other = fmt.Sprint("other", n)
	}
	for n := range 5 {
		s.must(other, storage.Change{Jobs: []storage.Job{{ID: "1", Lane: fmt.Sprint(n)}}})
		if got, err := s.Claim(t.Context(), 10, time.Minute); err != nil || len(got) != 1 {
			t.Fatalf("claimed is %+v, %v", got, err)
		}
	}
	if n := strings.Count(log.String(), s.part.due); n != 1 {
		t.Errorf("it is logged %d times: %s", n, log.String())
	}
}

// An erasure that cannot end has not ended in part either.
func TestAnErasureEndsAsAWhole(t *testing.T) {
	t.Parallel()
	s := newStreet(t, redistest.Start(t), "end:")
	e, err := s.beginErase(t.Context(), s.acme)
	if err != nil {
		t.Fatal(err)
	}
	s.strange(s.part.names)
	before := s.all()
	if err := e.end(t.Context()); !errors.Is(err, storage.ErrDamaged) || !maps.Equal(before, s.all()) {
		t.Errorf("half of an end: %v", err)
	}
	s.do("del", s.part.names)
	s.erases()
}

// A step of an erasure that meets what is damaged removes nothing: what leads to
// the rest would be gone, and the rest stay for ever.
func TestAStepOfAnErasureIsWholeOrNotDone(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for _, which := range []string{"due", "held", "index"} {
		s := newStreet(t, server, "step-"+which+":")
		e, err := s.beginErase(t.Context(), s.acme)
		if err != nil {
			t.Fatal(err)
		}
		s.strange(map[string]string{"due": s.part.due, "held": s.part.held, "index": s.part.index + s.scope}[which])
		before := s.all()
		if which == "index" {
			err = e.some(t.Context(), s.part.index+s.scope, "index", []string{"a"}, []string{s.part.doc + s.scope + "a"})
		} else {
			err = e.itemsFound(t.Context(), []string{"L" + s.scope + "L", "1", "T" + s.scope + "T", "1"})
		}
		if !errors.Is(err, storage.ErrDamaged) || !maps.Equal(before, s.all()) {
			t.Errorf("%s: half a step: %v", which, err)
		}
	}
}

// damage does something to a key, and says what.
func damage(s *street, random *rand.Rand, key string) string {
	ctx := context.Background()
	garbage := string([]byte{byte(random.IntN(256)), byte(random.IntN(256)), byte(random.IntN(3))})
	switch random.IntN(4) {
	case 0:
		s.do("del", key)
		return "loss"
	case 1:
		s.strange(key)
		return "another kind"
	}
	switch kindOf(key) {
	case "string":
		s.do("set", key, garbage+s.client.Get(ctx, key).Val()[random.IntN(3):])
	case "list":
		s.do("lset", key, 0, garbage)
	case "zset":
		s.do("zadd", key, "inf", garbage)
		if first := s.client.ZRange(ctx, key, 0, 0).Val()[0]; random.IntN(2) == 0 {
			s.do("zrem", key, first)
		}
	}
	return "garbage"
}

// anything is a change that makes sense where nothing is damaged.
func anything(random *rand.Rand) (c storage.Change) {
	for _, key := range []string{"a", "b", "c", "d"} {
		version := []int64{0, damagedVersion}[random.IntN(2)]
		switch random.IntN(4) {
		case 0:
			c.Put = append(c.Put, storage.Write{Key: key, Version: version, Body: []byte("new"), TTL: time.Duration(random.IntN(2)) * time.Hour})
		case 1:
			c.Check = append(c.Check, storage.Version{Key: key, Version: version})
		case 2:
			c.Read = append(c.Read, key)
		}
	}
	lane := []string{"L", "M", "N"}[random.IntN(3)]
	switch random.IntN(3) {
	case 0:
		c.Jobs = []storage.Job{{ID: fmt.Sprint(random.IntN(4)), Lane: lane, Dedupe: random.IntN(2) == 0}}
		c.Take, c.Lease = []string{lane}, time.Minute
	case 1:
		c.Once = &storage.Once{ID: fmt.Sprint(random.IntN(4)), Lane: lane}
	}
	if random.IntN(2) == 0 {
		c.Timers = []storage.Timer{{Name: "V", At: time.UnixMilli(1)}}
	}
	return c
}
