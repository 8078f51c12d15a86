package embedded

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"secadvisor/storage"
)

// TestChangesThatShareATransactionFailAlone hands a batch to the writer as if
// all had been waiting.
func TestChangesThatShareATransactionFailAlone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ended, cancel := context.WithCancel(t.Context())
	changes := []struct {
		ctx  context.Context
		c    storage.Change
		want error
	}{
		{t.Context(), create("a"), nil},
		{t.Context(), storage.Change{Put: []storage.Write{{Key: "b", Body: []byte("x")}, {Key: "c", Version: 7, Body: []byte("x")}}}, storage.ErrConflict},
		{ended, create("d"), context.Canceled},
		{t.Context(), create("e"), nil},
		{t.Context(), create("a"), storage.ErrConflict},
		{t.Context(), storage.Change{Held: &storage.Claim{Tenant: "acme", Lane: "none"}, Put: create("f").Put}, storage.ErrLost},
	}
	var batch []*op
	for _, row := range changes {
		batch = append(batch, &op{ctx: row.ctx, done: make(chan error, 1), do: func(tx *txn) error {
			if err := tx.allows("acme", row.c); err != nil {
				return err
			}
			tx.apply("acme", row.c)
			return nil
		}})
	}
	cancel()
	before := f.transactions()
	f.exclusively(t, func() { f.commit(batch) })
	if got := f.transactions() - before; got != 1 {
		t.Errorf("%d transactions for one batch", got)
	}
	for i, row := range changes {
		if got := <-batch[i].done; !errors.Is(got, row.want) {
			t.Errorf("change %d: %v, want %v", i, got, row.want)
		}
	}
	docs, err := f.Get(t.Context(), "acme", "a", "b", "c", "d", "e", "f")
	if err != nil {
		t.Fatal(err)
	}
	var written string
	for _, d := range docs {
		if d.Version != 0 {
			written += d.Key
		}
	}
	if written != "ae" {
		t.Errorf("written: %q, want a and e", written)
	}
}

// TestEraseIsSeenWithinItsTransaction: a change right behind the erasure, in
// the same transaction, comes too late.
func TestEraseIsSeenWithinItsTransaction(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	erase := &op{ctx: t.Context(), done: make(chan error, 1), do: func(tx *txn) error { tx.bury("acme"); return nil }}
	late := &op{ctx: t.Context(), done: make(chan error, 1), do: func(tx *txn) error { return tx.allows("acme", create("a")) }}
	f.exclusively(t, func() { f.commit([]*op{erase, late}) })
	if err := <-erase.done; err != nil {
		t.Fatal(err)
	}
	if err := <-late.done; !errors.Is(err, storage.ErrErased) {
		t.Errorf("error %v, want %v", err, storage.ErrErased)
	}
}

// TestFailedTransactionFailsAllAndWritesNothing: a write that bbolt refuses
// stands for a full disk.
func TestFailedTransactionFailsAllAndWritesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := &op{ctx: t.Context(), done: make(chan error, 1), do: func(tx *txn) error { tx.apply("acme", create("a")); return nil }}
	bad := &op{ctx: t.Context(), done: make(chan error, 1), do: func(tx *txn) error { tx.put(docs, nil, []byte("x")); return nil }}
	f.exclusively(t, func() { f.commit([]*op{good, bad}) })
	for what, o := range map[string]*op{"good": good, "bad": bad} {
		if err := <-o.done; err == nil {
			t.Errorf("the %s change succeeded in a transaction that did not", what)
		}
	}
	if docs, err := f.Get(t.Context(), "acme", "a"); err != nil || docs[0].Version != 0 {
		t.Errorf("got %+v, %v", docs, err)
	}
	if _, err := f.Apply(t.Context(), "acme", create("a")); err != nil {
		t.Errorf("the store did not recover: %v", err)
	}
}

// TestChangeOfNothingCostsNoTransaction: a repeat of an event, a conflict and
// a look at versions do not wait for the disk.
func TestChangeOfNothingCostsNoTransaction(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	event := storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "lane", Dedupe: true}}}
	if _, err := f.Apply(t.Context(), "acme", event); err != nil {
		t.Fatal(err)
	}
	before := f.transactions()
	for range 3 {
		if applied, err := f.Apply(t.Context(), "acme", event); err != nil || len(applied.Dropped) != 1 {
			t.Fatalf("a repeat: %+v, %v", applied, err)
		}
		if _, err := f.Apply(t.Context(), "acme", storage.Change{Check: []storage.Version{{Key: "k"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.transactions() - before; got != 0 {
		t.Errorf("%d transactions", got)
	}
}

func create(key string) storage.Change {
	return storage.Change{Put: []storage.Write{{Key: key, Body: []byte("x")}}}
}

// exclusively does something in the writer goroutine's place.
func (f *fixture) exclusively(t *testing.T, do func()) {
	t.Helper()
	close(f.closing)
	<-f.ended
	do()
	f.closing, f.ended = make(chan struct{}), make(chan struct{})
	go f.writer()
}

// transactions counts those that were committed.
func (f *fixture) transactions() int {
	var id int
	_ = f.view(func(t *txn) error { id = t.tx.ID(); return nil })
	return id
}

func TestManyCallersShareOneTransaction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		const callers = 64
		hold := make(chan struct{})
		errs := make(chan error, callers+1)
		go func() { errs <- f.write(t.Context(), func(*txn) error { <-hold; return nil }) }()
		synctest.Wait()
		for i := range callers {
			go func() {
				_, err := f.Apply(t.Context(), "acme", create(fmt.Sprint(i)))
				errs <- err
			}()
		}
		synctest.Wait()
		before := f.transactions()
		close(hold)
		for range callers + 1 {
			if err := <-errs; err != nil {
				t.Fatal(err)
			}
		}
		if got := f.transactions() - before; got != 1 {
			t.Errorf("%d callers took %d transactions", callers, got)
		}
	})
}
