package storagetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
)

// Bench measures what a store costs: events of 1 KB, documents of 2 KB.
func Bench(b *testing.B, o Opener) {
	for _, callers := range []int{1, 32} {
		b.Run(fmt.Sprintf("intake/callers=%d", callers), func(b *testing.B) { each(b, o, callers, intakeOnly) })
		b.Run(fmt.Sprintf("event/callers=%d", callers), func(b *testing.B) { each(b, o, callers, wholeEvent) })
	}
	b.Run("timers=1000000", func(b *testing.B) { benchTimers(b, o) })
}

// each calls do b.N times in all, from so many callers at once, each with a
// tenant of its own.
func each(b *testing.B, o Opener, callers int, do func(ctx context.Context, store storage.Store, tenant, id string) error) {
	store := benchStore(b, o, o.Fresh(b))
	var next atomic.Int64
	done := make(chan error, callers)
	b.ResetTimer()
	for caller := range callers {
		go func() {
			tenant := fmt.Sprint("tenant ", caller)
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := do(b.Context(), store, tenant, fmt.Sprint(n)); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range callers {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

func benchStore(b *testing.B, o Opener, where string) storage.Store {
	b.Helper()
	store, err := o.Open(where, func() time.Duration { return 0 })
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	return store
}

// intakeOnly leaves a lane behind for every event, as if no turn were fast
// enough.
func intakeOnly(ctx context.Context, store storage.Store, tenant, id string) error {
	_, err := intake(ctx, store, tenant, id, "lane "+id)
	return err
}

func intake(ctx context.Context, store storage.Store, tenant, id, lane string) (storage.Claim, error) {
	applied, err := store.Apply(ctx, tenant, storage.Change{
		Jobs: []storage.Job{{ID: id, Lane: lane, Body: make([]byte, 1<<10), Dedupe: true}},
		Take: []string{lane}, Lease: lease,
	})
	if err != nil {
		return storage.Claim{}, err
	}
	if len(applied.Taken) != 1 {
		return storage.Claim{}, fmt.Errorf("intake of %s took %d lanes", id, len(applied.Taken))
	}
	return applied.Taken[0], nil
}

// wholeEvent is an event from intake to the end of its turn.
func wholeEvent(ctx context.Context, store storage.Store, tenant, id string) error {
	claim, err := intake(ctx, store, tenant, id, "lane")
	if err != nil {
		return err
	}
	docs, err := store.Get(ctx, tenant, "run", "profile")
	if err != nil {
		return err
	}
	_, err = store.Apply(ctx, tenant, storage.Change{
		Held: &claim, Done: true,
		Check: []storage.Version{{Key: "profile", Version: docs[1].Version}},
		Put:   []storage.Write{{Key: "run", Version: docs[0].Version, Body: make([]byte, 2<<10)}},
	})
	return err
}

func benchTimers(b *testing.B, o Opener) {
	const tenants, each = 1000, 1000
	where := o.Fresh(b)
	store := benchStore(b, o, where)
	later := time.Now().Add(24 * time.Hour)
	sizes := weigh(b, o, where)
	for tenant := range tenants {
		if err := setTimers(b.Context(), store, fmt.Sprint("tenant ", tenant), each, later.Add(time.Duration(tenant)*time.Minute)); err != nil {
			b.Fatal(err)
		}
	}
	sized := sizes(tenants * each)
	b.Run("idle claim", func(b *testing.B) {
		for b.Loop() {
			if claims, err := store.Claim(b.Context(), 1000, lease); err != nil || len(claims) > 0 {
				b.Fatalf("claimed %d, error %v", len(claims), err)
			}
		}
		sized(b)
	})
	b.Run("claim 1000 due", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if err := setTimers(b.Context(), store, "tenant 500", each, time.Now().Add(-time.Hour)); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if claims, err := store.Claim(b.Context(), 1000, lease); err != nil || len(claims) != each {
				b.Fatalf("claimed %d, error %v", len(claims), err)
			}
		}
	})
	b.Run("fire and set again 1000 due", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if err := setTimers(b.Context(), store, "tenant 500", each, time.Now().Add(-time.Hour)); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if err := fireAll(b.Context(), store, each, later); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(each*b.N)/b.Elapsed().Seconds(), "fires/s")
	})
	b.Run("stats", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Stats(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// weigh looks at what a place takes. Of so many things that were put there
// since, the result reports what each of them takes.
func weigh(b *testing.B, o Opener, where string) (since func(n int) (report func(b *testing.B))) {
	if o.Size == nil {
		return func(int) func(*testing.B) { return func(*testing.B) {} }
	}
	look := func() (memory, disk float64) {
		m, d, err := o.Size(where)
		if err != nil {
			b.Fatal(err)
		}
		return float64(m), float64(d)
	}
	memory, disk := look()
	return func(n int) func(*testing.B) {
		memoryNow, diskNow := look()
		return func(b *testing.B) {
			b.ReportMetric((memoryNow-memory)/float64(n), "B-memory/timer")
			b.ReportMetric((diskNow-disk)/float64(n), "B-disk/timer")
		}
	}
}

// fireAll claims what is due and, with 32 workers, ends each timer's turn by
// setting it for its next time.
func fireAll(ctx context.Context, store storage.Store, due int, next time.Time) error {
	claims, err := store.Claim(ctx, due, lease)
	if err != nil || len(claims) != due {
		return fmt.Errorf("claimed %d of %d: %w", len(claims), due, err)
	}
	work := make(chan storage.Claim)
	failed := make(chan error, 32)
	for range 32 {
		go func() {
			var all error
			for c := range work {
				_, err := store.Apply(ctx, c.Tenant, storage.Change{Held: &c, Done: true, Timers: []storage.Timer{{Name: c.Timer, At: next}}})
				all = errors.Join(all, err)
			}
			failed <- all
		}()
	}
	for _, c := range claims {
		work <- c
	}
	close(work)
	for range 32 {
		err = errors.Join(err, <-failed)
	}
	return err
}

// setTimers sets timers a second apart.
func setTimers(ctx context.Context, store storage.Store, tenant string, n int, from time.Time) error {
	var change storage.Change
	for i := range n {
		change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprint("timer ", i), At: from.Add(time.Duration(i) * time.Second)})
	}
	_, err := store.Apply(ctx, tenant, change)
	return err
}
