package embedded

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

// fill writes n of everything that a tenant can have.
func (f *fixture) fill(t *testing.T, tenant string, n int) {
	t.Helper()
	c := storage.Change{Take: []string{"lane 0"}, Lease: time.Hour}
	for i := range n {
		c.Put = append(c.Put, storage.Write{Key: fmt.Sprint(i), Body: []byte("x"), TTL: time.Hour * time.Duration(i%2)})
		c.Jobs = append(c.Jobs, storage.Job{ID: fmt.Sprint(i), Lane: fmt.Sprint("lane ", i%7), Dedupe: true})
		c.Timers = append(c.Timers, storage.Timer{Name: fmt.Sprint(i), At: time.Now().Add(time.Hour)})
	}
	if _, err := f.Apply(t.Context(), tenant, c); err != nil {
		t.Fatal(err)
	}
}

// touch changes something in another tenant, as everyday work does.
func (f *fixture) touch(t *testing.T, times int) {
	t.Helper()
	for range times {
		for _, at := range []time.Time{time.Now().Add(time.Hour), {}} {
			if _, err := f.Apply(t.Context(), "neighbour", storage.Change{Timers: []storage.Timer{{Name: "t", At: at}}}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEraseLeavesNothingInAnyBucket(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.fill(t, "acme", 2*eraseChunk+1)
	if err := f.Erase(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[bucket]int{}, f.entries(t)); diff != "" {
		t.Errorf("left (-want +got)\n%s", diff)
	}
	f.consistent(t)
}

// TestInterruptedEraseIsFinishedByOtherWork: even if nobody calls Erase again.
func TestInterruptedEraseIsFinishedByOtherWork(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const n = 100
	f.fill(t, "acme", n)
	if err := f.write(t.Context(), func(t *txn) error { t.bury("acme"); return nil }); err != nil {
		t.Fatal(err)
	}
	if left := f.entries(t)[docs]; left == 0 {
		t.Fatal("nothing was left to finish")
	}
	if claims, err := f.Claim(t.Context(), n, time.Hour); err != nil || len(claims) != 0 {
		t.Errorf("claimed %+v of an erased tenant, error %v", claims, err)
	}
	f.touch(t, n)
	if diff := cmp.Diff(map[bucket]int{}, f.entries(t)); diff != "" {
		t.Errorf("left (-want +got)\n%s", diff)
	}
}

func TestEraseStopsWhenItIsTold(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.fill(t, "acme", 4*eraseChunk)
	ctx, cancel := context.WithCancel(t.Context())
	if err := f.write(t.Context(), func(t *txn) error { t.bury("acme"); cancel(); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := f.Erase(ctx, "acme"); err == nil {
		t.Error("erase went on with a context that had ended")
	}
	if err := f.Erase(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[bucket]int{}, f.entries(t)); diff != "" {
		t.Errorf("left (-want +got)\n%s", diff)
	}
}

// TestWhatExpiredIsRemoved: ids after 26 hours, documents after their TTL,
// by other work.
func TestWhatExpiredIsRemoved(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const n = 50
	c := storage.Change{}
	for i := range n {
		c.Put = append(c.Put, storage.Write{Key: fmt.Sprint(i), Body: []byte("x"), TTL: time.Hour})
		c.Jobs = append(c.Jobs, storage.Job{ID: fmt.Sprint(i), Lane: "lane", Dedupe: true})
	}
	if _, err := f.Apply(t.Context(), "acme", c); err != nil {
		t.Fatal(err)
	}
	want := map[bucket]int{docs: n, expiring: n, jobs: n, items: 1, due: 1, seen: n, forgetting: n}
	if diff := cmp.Diff(want, f.entries(t)); diff != "" {
		t.Fatalf("before (-want +got)\n%s", diff)
	}
	f.move(storage.SeenFor + time.Minute)
	f.touch(t, n)
	want = map[bucket]int{jobs: n, items: 1, due: 1}
	if diff := cmp.Diff(want, f.entries(t)); diff != "" {
		t.Errorf("after (-want +got)\n%s", diff)
	}
}
