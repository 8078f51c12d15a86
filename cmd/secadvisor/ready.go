package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

const (
	// tooLate is how long something that is due may wait before the server says
	// that it is not ready.
	tooLate = 2 * time.Minute

	readyWithin = 2 * time.Second
	readyFor    = time.Second // so long what was found out is said again
)

// readiness is what was found out last. Anybody may ask: the store and Slack do
// not have to answer each.
type readiness struct {
	flight singleflight.Group // of those who ask at the same time, one finds out
	last   atomic.Pointer[ready]
}

type ready struct {
	status int
	says   string
	until  time.Time
}

// readyz answers whether the store and the platform can be reached, and
// nothing waits for long.
func (s *server) readyz(w http.ResponseWriter, _ *http.Request) {
	found, _, _ := s.ready.flight.Do("", func() (any, error) {
		if last := s.ready.last.Load(); last != nil && time.Now().Before(last.until) {
			return last, nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
		defer cancel()
		now := &ready{}
		now.status, now.says = s.isReady(ctx)
		now.until = time.Now().Add(readyFor)
		s.ready.last.Store(now)
		return now, nil
	})
	is := found.(*ready)
	if is.status != http.StatusOK {
		http.Error(w, is.says, is.status)
		return
	}
	fmt.Fprintln(w, is.says)
}

func (s *server) isReady(ctx context.Context) (status int, says string) {
	stats, err := s.store.Stats(ctx)
	switch {
	case err != nil:
		s.log.Warn("not ready", "err", err)
		return http.StatusServiceUnavailable, "the storage cannot be reached"
	case stats.Overdue > tooLate:
		return http.StatusServiceUnavailable, "something has been due for " + stats.Overdue.Round(time.Second).String()
	}
	if s.slack != nil {
		if err := s.slack.Ready(ctx); err != nil {
			s.log.Warn("not ready", "err", err)
			return http.StatusServiceUnavailable, "Slack cannot be reached"
		}
	}
	return http.StatusOK, "ready"
}
