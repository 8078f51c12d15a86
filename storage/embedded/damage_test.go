package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"secadvisor/storage"
)

const acme = "acme"

func (f *fixture) change(t *testing.T, c storage.Change) {
	t.Helper()
	if _, err := f.Apply(t.Context(), acme, c); err != nil {
		t.Fatal(err)
	}
}

// damage leaves n bytes of what a bucket has under a name.
func (f *fixture) damage(t *testing.T, b bucket, key func(own space) []byte, n int) {
	t.Helper()
	err := f.write(t.Context(), func(x *txn) error {
		own, _ := x.space(acme)
		whole := x.get(b, key(own))
		if len(whole) < n {
			return fmt.Errorf("%s has %d bytes there", b, len(whole))
		}
		x.put(b, key(own), bytes.Clone(whole[:n]))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (f *fixture) claims(t *testing.T) []storage.Claim {
	t.Helper()
	all, err := f.Claim(t.Context(), 10, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (f *fixture) ends(t *testing.T, c storage.Claim) {
	t.Helper()
	f.change(t, storage.Change{Held: &c, Done: true})
}

func TestADamagedDocumentIsAFaultOfItsOwn(t *testing.T) {
	t.Parallel()
	for n := range 16 {
		f := newFixture(t)
		f.change(t, storage.Change{Put: []storage.Write{
			{Key: "a", Body: []byte("one"), TTL: time.Hour}, {Key: "b", Body: []byte("two")}, {Key: "c", Body: []byte("three"), TTL: 2 * time.Hour},
		}})
		f.damage(t, docs, func(own space) []byte { return own.key("a") }, n)
		f.damage(t, docs, func(own space) []byte { return own.key("c") }, n)
		got, err := f.Get(t.Context(), acme, "a", "b")
		if err != nil || !errors.Is(got[0].Fault, storage.ErrDamaged) || got[0].Version == 0 || got[0].Body != nil || string(got[1].Body) != "two" || got[1].Fault != nil {
			t.Fatalf("%d bytes: %+v, %v", n, got, err)
		}
		page, _, err := f.List(t.Context(), acme, "", "", 10)
		if err != nil || len(page) != 3 || page[0].Fault == nil || page[1].Fault != nil {
			t.Fatalf("%d bytes are listed as %+v, %v", n, page, err)
		}
		if _, err := f.Ends(t.Context(), acme, "a", "b"); err != nil {
			t.Error(err)
		}
		if _, err := f.Apply(t.Context(), acme, storage.Change{Put: []storage.Write{{Key: "a", Body: []byte("x")}}}); !errors.Is(err, storage.ErrConflict) {
			t.Errorf("what is damaged is taken for nothing: %v", err)
		}
		f.change(t, storage.Change{Put: []storage.Write{{Key: "a", Version: got[0].Version, Body: []byte("anew")}}})
		f.move(90 * time.Minute)
		f.change(t, storage.Change{Put: []storage.Write{{Key: "d", Body: []byte("sweeps")}}})
		if got, err = f.Get(t.Context(), acme, "a"); err != nil || string(got[0].Body) != "anew" {
			t.Errorf("%d bytes: what was written anew is %+v, %v", n, got, err)
		}
		f.move(time.Hour)
		f.change(t, storage.Change{Put: []storage.Write{{Key: "e", Body: []byte("sweeps")}}})
		if got, err = f.Get(t.Context(), acme, "c"); err != nil || got[0].Version != 0 {
			t.Errorf("%d bytes outlive their time: %+v, %v", n, got, err)
		}
		f.consistent(t)
	}
}

// What is kept of a lane or a timer beside its name can be made anew.
func TestADamagedLaneOrTimerIsClaimedInItsTime(t *testing.T) {
	t.Parallel()
	for n := range 28 {
		f := newFixture(t)
		f.change(t, storage.Change{
			Jobs:   []storage.Job{{ID: "1", Lane: "L", Body: []byte("one")}, {ID: "2", Lane: "L", Body: []byte("two")}, {ID: "3", Lane: "M", Body: []byte("three")}},
			Timers: []storage.Timer{{Name: "T", At: time.Now().Add(time.Hour)}, {Name: "U", At: time.Now().Add(2 * time.Hour)}},
		})
		f.damage(t, items, func(own space) []byte { return own.lane("L") }, n)
		f.damage(t, items, func(own space) []byte { return own.timer("T") }, n)
		f.damage(t, items, func(own space) []byte { return own.timer("U") }, n)
		if w, err := f.Waiting(t.Context(), acme); err != nil || len(w.Timers) != 2 || w.Lanes != 2 {
			t.Fatalf("%+v, %v", w, err)
		}
		got := f.claims(t)
		if len(got) != 2 || got[0].ID != "1" || string(got[0].Body) != "one" || got[1].ID != "3" {
			t.Fatalf("%d bytes: claimed are %+v", n, got)
		}
		f.damage(t, items, func(own space) []byte { return own.lane("L") }, n) // while it is held
		if _, err := f.Apply(t.Context(), acme, storage.Change{Held: &got[0], Done: true}); !errors.Is(err, storage.ErrLost) {
			t.Errorf("a claim that nobody can know of: %v", err)
		}
		f.ends(t, got[1])
		f.change(t, storage.Change{Timers: []storage.Timer{{Name: "U", At: time.Now().Add(3 * time.Hour)}}, Jobs: []storage.Job{{ID: "4", Lane: "L"}}})
		f.move(90 * time.Minute)
		for _, want := range []string{"1", "2", "4"} {
			timer := false
			for _, c := range f.claims(t) {
				if timer = timer || c.Timer == "T"; c.Timer == "" && c.ID != want || c.Timer == "U" {
					t.Errorf("%d bytes: claimed is %+v, want %s", n, c, want)
				}
				f.ends(t, c)
			}
			if timer != (want == "1") {
				t.Errorf("%d bytes: with %s the timer is claimed: %v", n, want, timer)
			}
		}
		f.move(time.Hour) // when the timer was to be first
		if again := f.claims(t); len(again) != 0 {
			t.Errorf("%d bytes: claimed once more are %+v", n, again)
		}
		f.move(time.Hour)
		if last := f.claims(t); len(last) != 1 || last[0].Timer != "U" {
			t.Errorf("%d bytes: claimed in the end are %+v", n, last)
		} else {
			f.ends(t, last[0])
		}
		f.consistent(t)
		if err := f.Erase(t.Context(), acme); err != nil {
			t.Error(err)
		}
		f.consistent(t)
	}
}

func TestADamagedJobIsAFaultOfItsOwn(t *testing.T) {
	t.Parallel()
	for n := range 5 {
		f := newFixture(t)
		f.change(t, storage.Change{Jobs: []storage.Job{{ID: "one", Lane: "L", Body: []byte("x")}, {ID: "two", Lane: "L", Body: []byte("y")}}})
		f.damage(t, jobs, func(own space) []byte {
			var first []byte
			_ = f.view(func(x *txn) error { first = x.first(jobs, own.laneJobs("L"), 1)[0]; return nil })
			return first
		}, n)
		got := f.claims(t)
		if len(got) != 1 || !errors.Is(got[0].Fault, storage.ErrDamaged) || got[0].Body != nil {
			t.Fatalf("%d bytes: %+v", n, got)
		}
		f.ends(t, got[0])
		if got = f.claims(t); len(got) != 1 || got[0].ID != "two" || got[0].Fault != nil {
			t.Fatalf("%d bytes: then %+v", n, got)
		}
	}
}

func TestADamagedIDIsForgotten(t *testing.T) {
	t.Parallel()
	for n := range 8 {
		f := newFixture(t)
		once := storage.Change{Once: &storage.Once{ID: "event", Lane: "L"}, Put: []storage.Write{{Key: "a", Body: []byte("x")}}}
		f.change(t, once)
		f.damage(t, seen, func(own space) []byte { return own.key("event") }, n)
		f.move(time.Hour)
		once.Put = nil
		f.change(t, once)
		f.move(storage.SeenFor - time.Minute) // the first would be forgotten by now
		f.change(t, storage.Change{Put: []storage.Write{{Key: "b", Body: []byte("sweeps")}}})
		if _, err := f.Apply(t.Context(), acme, once); !errors.Is(err, storage.ErrSeen) {
			t.Errorf("%d bytes: the id is forgotten with the one that was damaged: %v", n, err)
		}
		f.move(2 * time.Hour)
		f.change(t, storage.Change{Put: []storage.Write{{Key: "c", Body: []byte("sweeps")}}})
		f.consistent(t)
	}
}

// A file with a damaged item is opened, and what was held in it is due.
func TestADamagedFileIsOpened(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	open := func() *fixture {
		store, err := Open(path, Volatile())
		if err != nil {
			t.Fatal(err)
		}
		return &fixture{Store: store}
	}
	f := open()
	f.change(t, storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "L"}, {ID: "2", Lane: "M"}}, Timers: []storage.Timer{{Name: "T", At: time.Now()}}})
	if got := f.claims(t); len(got) != 3 {
		t.Fatalf("%+v", got)
	}
	f.damage(t, items, func(own space) []byte { return own.lane("L") }, 3)
	f.damage(t, items, func(own space) []byte { return own.timer("T") }, 27)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = open()
	defer f.Close()
	if got := f.claims(t); len(got) != 3 {
		t.Errorf("claimed are %+v", got)
	}
	f.consistent(t)
}
