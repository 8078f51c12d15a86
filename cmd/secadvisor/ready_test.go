package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"secadvisor/storage"
)

// asked is a store that takes a while to look at itself, and counts how often
// it is asked to.
type asked struct {
	storage.Store
	times atomic.Int32
	says  storage.Stats
	fault error
}

func (a *asked) Stats(ctx context.Context) (storage.Stats, error) {
	a.times.Add(1)
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
		return storage.Stats{}, ctx.Err()
	}
	return a.says, a.fault
}

// Whoever floods /readyz asks the store no more often than a probe does, and
// nobody who gives up makes it say that it is not ready.
func TestReadinessIsFoundOutOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &asked{}
		s := &server{store: store, log: slog.New(slog.DiscardHandler)}
		flood := func(want int, says string) {
			t.Helper()
			gone, cancel := context.WithCancel(t.Context())
			cancel()
			var all sync.WaitGroup
			for i := range 200 {
				all.Go(func() {
					ctx := t.Context()
					if i%2 == 0 {
						ctx = gone
					}
					w := httptest.NewRecorder()
					s.readyz(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/readyz", nil))
					if w.Code != want || !strings.Contains(w.Body.String(), says) {
						t.Errorf("%d %q, want %d %q", w.Code, w.Body, want, says)
					}
				})
			}
			all.Wait()
		}
		flood(http.StatusOK, "ready")
		flood(http.StatusOK, "ready")
		if n := store.times.Load(); n != 1 {
			t.Errorf("the store is asked %d times in a second", n)
		}
		time.Sleep(readyFor)
		store.says = storage.Stats{Overdue: tooLate + time.Minute}
		flood(http.StatusServiceUnavailable, "something has been due for 3m0s")
		time.Sleep(readyFor)
		store.fault = errors.New("tiger")
		flood(http.StatusServiceUnavailable, "the storage cannot be reached")
		if n := store.times.Load(); n != 3 {
			t.Errorf("the store is asked %d times in three seconds", n)
		}
	})
}
