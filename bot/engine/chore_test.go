package engine_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/storage"
)

// A chore is done when its timer is due, again after the lease if it fails, and
// not once more; other timers go to their flows.
func TestChoresAreDoneWhenTheyAreDue(t *testing.T) {
	s := newScene(t)
	done, fail := []string{}, true
	var err error
	s.engine, err = engine.New(engine.Config{
		Store: s.store, Flows: []bot.Flow{echo}, Now: s.clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Platform: func(string) (bot.Platform, bool) { return s.wall, true },
		Chores: map[string]func(context.Context, string) error{"sweep/all": func(_ context.Context, tenant string) error {
			if done = append(done, tenant); fail {
				return errors.New("not yet")
			}
			return nil
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.store.Apply(t.Context(), tenant, storage.Change{Timers: []storage.Timer{
		{Name: "sweep/all", At: s.clock.Now().Add(time.Hour)}, {Name: "sweep/other", At: s.clock.Now().Add(time.Hour)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		after time.Duration
		fail  bool
		want  int
	}{{time.Minute, true, 0}, {time.Hour, true, 1}, {10 * time.Second, false, 1}, {time.Minute, false, 2}, {time.Hour, false, 2}} {
		fail = step.fail
		s.wait(step.after)
		if len(done) != step.want {
			t.Errorf("after step %d it was done %d times, want %d", i, len(done), step.want)
		}
	}
}
