package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/storage/embedded"
	"secadvisor/storage/sealed"
)

// stage is what one company of the playground runs on: a store, an engine
// and a clock that can be moved.
type stage struct {
	clock  *engine.Clock
	store  *embedded.Store
	engine *engine.Engine
	folder string // of a store that nobody will miss; empty: it is kept
}

// stage opens a company. Where no file is named, nothing of it is kept.
func (c Command) stage(all []bot.Flow, platform bot.Platform, clock *engine.Clock) (s *stage, err error) {
	s = &stage{clock: clock}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	path, options := c.Data, []embedded.Option{embedded.ClockOffset(clock.Offset)}
	if path == "" {
		if s.folder, err = os.MkdirTemp("", "secadvisor-play-"); err != nil {
			return s, fmt.Errorf("a place for the conversation: %w", err)
		}
		path = filepath.Join(s.folder, "play.db")
		options = append(options, embedded.Volatile())
	}
	if s.store, err = embedded.Open(path, options...); err != nil {
		return s, unopened(path, err)
	}
	guarded := sealed.New(s.store, sealed.Keys{})
	if st, err := guarded.State(context.Background(), play.Tenant); err != nil || st.Fault != nil {
		return s, fmt.Errorf("%s cannot be talked to here: %w", path, cmp.Or(err, st.Fault))
	}
	s.engine, err = engine.New(engine.Config{
		Store:    guarded,
		Flows:    all,
		Platform: func(string) (bot.Platform, bool) { return platform, true },
		Command:  c.Command,
		Roles:    play.RoleOf,
		Now:      clock.Now,
		Log:      slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	return s, err
}

// Close ends the company, and removes it where it is not kept.
func (s *stage) Close() (err error) {
	if s.store != nil {
		err = s.store.Close()
	}
	if s.folder != "" {
		err = errors.Join(err, os.RemoveAll(s.folder))
	}
	return err
}
