package embedded

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
)

// fixture is a store with a clock to move, looked at from the inside.
type fixture struct {
	*Store
	ahead atomic.Int64
}

func (f *fixture) move(d time.Duration) { f.ahead.Add(int64(d)) }

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{}
	store, err := Open(filepath.Join(t.TempDir(), "store.db"), Volatile(), ClockOffset(func() time.Duration { return time.Duration(f.ahead.Load()) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f.Store = store
	return f
}

// entries counts what each of a tenant's buckets holds, over all tenants.
func (f *fixture) entries(t *testing.T) map[bucket]int {
	t.Helper()
	all := map[bucket]int{}
	err := f.view(func(t *txn) error {
		for _, b := range []bucket{graves, docs, expiring, jobs, items, due, held, seen, forgetting} {
			if n := t.in(b).Stats().KeyN; n > 0 {
				all[b] = n
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// consistent checks that every index says what the entries say.
func (f *fixture) consistent(t *testing.T) {
	t.Helper()
	err := f.view(func(tx *txn) error {
		want, lanes, timed := map[string]bool{}, map[string]bool{}, 0
		_ = tx.in(items).ForEach(func(key, v []byte) error {
			i, _ := decodeItem(v)
			want[string(i.index())+string(at(i.at, key))] = true
			if own, kind, name := splitItem(key); kind == laneKind {
				lanes[string(own.laneJobs(name))] = true
				if head, _, _, _ := tx.head(own, name); head == nil {
					t.Errorf("lane %q is empty and kept", name)
				}
			}
			timed++
			return nil
		})
		_ = tx.in(jobs).ForEach(func(key, _ []byte) error {
			if !lanes[string(key[:len(key)-8])] {
				t.Errorf("job %q is in no lane", key)
			}
			return nil
		})
		_ = tx.in(docs).ForEach(func(key, v []byte) error {
			if r := decodeRecord(v); r.expires != 0 {
				want[string(expiring)+string(at(r.expires, key))] = true
			}
			return nil
		})
		_ = tx.in(seen).ForEach(func(key, v []byte) error {
			want[string(forgetting)+string(at(decodeTime(v), key))] = true
			return nil
		})
		for _, b := range []bucket{due, held, expiring, forgetting} {
			_ = tx.in(b).ForEach(func(key, _ []byte) error {
				if !want[string(b)+string(key)] {
					t.Errorf("%s has %q too many", b, key)
				}
				delete(want, string(b)+string(key))
				return nil
			})
		}
		for key := range want {
			t.Errorf("no index has %q", key)
		}
		for b, n := range map[bucket]int{items: timed, tenants: tx.in(tenants).Stats().KeyN} {
			if got := int(tx.in(b).Sequence()); got != n {
				t.Errorf("%s: counted %d, there are %d", b, got, n)
			}
		}
		for err := range tx.tx.Check() {
			t.Errorf("bbolt: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDurationsAreNeverCutShort(t *testing.T) {
	t.Parallel()
	rows := map[time.Duration]int64{0: 0, 1: 1, time.Millisecond: 1, time.Millisecond + 1: 2, 26 * time.Hour: 93_600_000}
	for d, want := range rows {
		if got := milliseconds(d); got != want {
			t.Errorf("%v is %d ms, want %d", d, got, want)
		}
	}
}

// TestIndexesAgreeAfterRandomChanges does whatever comes, time jumps and
// refused changes among it, and looks whether the parts still fit.
func TestIndexesAgreeAfterRandomChanges(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		f := newFixture(t)
		r := rand.New(rand.NewPCG(seed, 0))
		var claims []storage.Claim
		for step := range 600 {
			switch r.IntN(20) {
			case 0:
				f.move(time.Duration(r.IntN(20)-4) * time.Hour)
			case 1:
				_ = f.Erase(t.Context(), name(r, "tenant", 3))
			case 2, 3, 4:
				more, err := f.Claim(t.Context(), r.IntN(5), time.Duration(1+r.IntN(3600))*time.Second)
				if err != nil {
					t.Fatal(err)
				}
				claims = append(claims, more...)
			default:
				c := randomChange(r)
				tenant := name(r, "tenant", 3)
				if len(claims) > 0 && r.IntN(2) == 0 {
					c.Held = &claims[r.IntN(len(claims))]
					tenant = c.Held.Tenant
					if c.Done = r.IntN(2) == 0; !c.Done {
						c.Release = &storage.Release{After: time.Duration(r.IntN(3)) * time.Minute, Uncounted: r.IntN(2) == 0}
					}
				}
				if applied, err := f.Apply(t.Context(), tenant, c); err == nil {
					claims = append(claims, applied.Taken...)
				}
			}
			if step%100 == 99 {
				f.consistent(t)
			}
		}
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

func name(r *rand.Rand, what string, n int) string { return fmt.Sprint(what, " ", r.IntN(n)) }

func randomChange(r *rand.Rand) storage.Change {
	c := storage.Change{Install: r.IntN(2) == 0, Lease: time.Duration(1+r.IntN(100)) * time.Minute}
	if r.IntN(2) == 0 {
		c.Put = []storage.Write{{Key: name(r, "doc", 50), Body: bytes.Repeat([]byte("x"), r.IntN(5000)), TTL: time.Duration(r.IntN(2)*r.IntN(20)) * time.Hour}}
	}
	for range r.IntN(4) {
		c.Jobs = append(c.Jobs, storage.Job{ID: name(r, "job", 200), Lane: name(r, "lane", 8), Dedupe: r.IntN(2) == 0})
		c.Timers = append(c.Timers, storage.Timer{Name: name(r, "timer", 20), At: time.Now().Add(time.Duration(r.IntN(100)-20) * time.Hour)})
	}
	for range r.IntN(3) {
		c.Timers = append(c.Timers, storage.Timer{Name: name(r, "timer", 20)})
		c.Take = append(c.Take, name(r, "lane", 8))
	}
	return c
}
