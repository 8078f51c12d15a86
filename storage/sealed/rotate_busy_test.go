package sealed_test

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/sealed"
)

// Several processes count in documents and pass jobs on while another one
// rotates all the time: nothing is lost, nothing cannot be opened.
func TestRotationUnderWrites(t *testing.T) {
	t.Parallel()
	b := &busy{T: t, url: redistest.Start(t).URL()}
	const writers, documents, rotations = 4, 8, 10
	var stop atomic.Bool
	var group sync.WaitGroup
	for w := range writers {
		store := b.open()
		group.Go(func() {
			for n := 0; !stop.Load(); n++ {
				if !b.counts(store, fmt.Sprintf("count/%d", (n+w)%documents), fmt.Sprintf("%d-%d", w, n)) {
					return
				}
				b.takes(store, 4)
			}
		})
	}
	rotator := b.open()
	for b.added.Load() == 0 && !t.Failed() {
		time.Sleep(time.Millisecond)
	}
	for range rotations {
		if _, err := rotator.Rotate(t.Context(), "acme"); err != nil {
			t.Error(err)
		}
		if _, _, err := rotator.Settle(t.Context(), "acme"); err != nil {
			t.Error(err)
		}
	}
	stop.Store(true)
	group.Wait()
	for b.takes(rotator, 100) {
	}
	if sum := b.sum(rotator); sum != b.added.Load() || b.jobs.Load() != b.added.Load() {
		t.Errorf("%d were counted, %d jobs came, %d were written", sum, b.jobs.Load(), b.added.Load())
	}
	if settled, lanes, err := rotator.Settle(t.Context(), "acme"); !settled || err != nil {
		t.Errorf("settled %v, lanes %d, %v", settled, lanes, err)
	}
	t.Logf("%d changes during %d rotations", b.added.Load(), rotations)
}

// busy is a company that several processes work on at once.
type busy struct {
	*testing.T
	url   string
	added atomic.Int64 // changes that were written, each with a job
	jobs  atomic.Int64 // that came
}

// open is a process of its own.
func (b *busy) open() *sealed.Store {
	inner, err := redis.Open(b.Context(), b.url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = inner.Close() })
	return sealed.New(inner, keys(b.T, fixedKey))
}

// counts adds one to a document, with a job of this id, unless another process was
// faster; false: something is wrong.
func (b *busy) counts(store *sealed.Store, key, id string) bool {
	docs, err := store.Get(b.Context(), "acme", key)
	if err == nil {
		err = storage.Unread(docs...)
	}
	if err != nil {
		b.Errorf("get: %v", err)
		return false
	}
	was, _ := strconv.Atoi(string(docs[0].Body))
	_, err = store.Apply(b.Context(), "acme", storage.Change{
		Put:  []storage.Write{{Key: key, Version: docs[0].Version, Body: []byte(strconv.Itoa(was + 1))}},
		Jobs: []storage.Job{{ID: id, Lane: key, Body: []byte(id)}},
	})
	switch {
	case err == nil:
		b.added.Add(1)
	case !errors.Is(err, storage.ErrConflict):
		b.Errorf("apply: %v", err)
		return false
	}
	return true
}

// takes does jobs that are due, at most so many; false: there were none.
func (b *busy) takes(store *sealed.Store, most int) bool {
	claims, err := store.Claim(b.Context(), most, time.Minute)
	if err != nil {
		b.Errorf("claim: %v", err)
	}
	for _, c := range claims {
		if c.Fault != nil || string(c.Body) != c.ID {
			b.Errorf("job %s is %q, %v", c.ID, c.Body, c.Fault)
		}
		if _, err := store.Apply(b.Context(), "acme", storage.Change{Held: &c, Done: true}); err != nil {
			b.Errorf("done: %v", err)
		}
		b.jobs.Add(1)
	}
	return len(claims) > 0
}

// sum is what all documents have counted.
func (b *busy) sum(store *sealed.Store) (sum int64) {
	docs, _, err := store.List(b.Context(), "acme", "", "", 100)
	if err != nil || storage.Unread(docs...) != nil {
		b.Fatal(err, storage.Unread(docs...))
	}
	for _, d := range docs {
		n, _ := strconv.ParseInt(string(d.Body), 10, 64)
		sum += n
	}
	return sum
}
