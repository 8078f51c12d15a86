package engine

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// broken is a store in which nothing can be claimed, and the log that tells of it.
type broken struct {
	storage.Store
	mu     sync.Mutex
	claims int
	why    string
	log    bytes.Buffer
}

func (b *broken) Claim(context.Context, int, time.Duration) ([]storage.Claim, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.claims++
	return nil, fmt.Errorf("from port %d: %s", 40000+b.claims, b.why)
}

func (b *broken) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.log.Write(line)
}

// What stays wrong is logged at once and then once a minute, and what is wrong
// besides at once as well.
func TestWhatStaysWrongIsLoggedOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &broken{why: "damaged"}
		g, err := New(Config{
			Store: store, Log: slog.New(slog.NewTextHandler(store, nil)),
			Flows:    []bot.Flow{{Name: "f", Fallback: true, Step: func(*bot.Docs, bot.Event) []bot.Effect { return nil }}},
			Platform: func(string) (bot.Platform, bool) { return nil, false },
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- g.Run(ctx) }()
		after := func(d time.Duration, why string, damaged, away int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			store.mu.Lock()
			defer store.mu.Unlock()
			if d, a := strings.Count(store.log.String(), "damaged"), strings.Count(store.log.String(), "away"); d != damaged || a != away {
				t.Errorf("after %d polls it was logged %d and %d times, want %d and %d", store.claims, d, a, damaged, away)
			}
			store.why = why
		}
		after(0, "damaged", 1, 0)
		after(59*time.Second, "damaged", 1, 0)
		after(2*time.Second, "away", 2, 0)
		after(time.Second, "damaged", 2, 1)
		after(time.Second, "damaged", 2, 1)
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if store.claims < 200 {
			t.Errorf("only %d polls", store.claims)
		}
	})
}
