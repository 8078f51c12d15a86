package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// broken is a store in which nothing can be claimed.
type broken struct {
	storage.Store
	claims int
	why    error
}

func (b *broken) Claim(context.Context, int, time.Duration) ([]storage.Claim, error) {
	b.claims++
	return nil, fmt.Errorf("from port %d: %w", 40000+b.claims, b.why)
}

// What stays wrong is logged at once and then once a minute, and what is wrong
// besides at once as well.
func TestWhatStaysWrongIsLoggedOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		store := &broken{why: errors.New("damaged")}
		g, err := New(Config{
			Store: store, Log: slog.New(slog.NewTextHandler(&log, nil)), Flows: []bot.Flow{{Name: "f", Fallback: true, Step: func(*bot.Docs, bot.Event) []bot.Effect { return nil }}},
			Platform: func(string) (bot.Platform, bool) { return nil, false },
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- g.Run(ctx) }()
		after := func(d time.Duration, damaged, away int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if d, a := strings.Count(log.String(), "damaged"), strings.Count(log.String(), "away"); d != damaged || a != away {
				t.Errorf("after %d polls it was logged %d and %d times, want %d and %d", store.claims, d, a, damaged, away)
			}
		}
		after(0, 1, 0)
		after(59*time.Second, 1, 0)
		after(2*time.Second, 2, 0)
		store.why = errors.New("away")
		after(time.Second, 2, 1)
		store.why = errors.New("damaged")
		after(time.Second, 2, 1)
		if store.claims < 200 {
			t.Errorf("only %d polls", store.claims)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
