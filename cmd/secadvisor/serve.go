package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/front"
	"secadvisor/cmd/secadvisor/version"
)

type serveCommand struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	Claim  bool   `help:"Print a claim code even if somebody is an owner already."`

	TeamsNoAuth bool          `help:"For local Teams clients only: take every request as true. Refuses an address that others reach, and a configured bot."`
	Ahead       time.Duration `hidden:"" help:"For tests with --teams-no-auth: how much the clock is ahead."`
}

// Run serves until it is told to stop.
func (s serveCommand) Run(ctx context.Context) error {
	c, err := config.Load(s.Config)
	if err != nil {
		return err
	}
	if c.Metrics == "" {
		runtime.MemProfileRate = 0 // nobody can ask for profiles, so none is kept
	}
	if strange, err := c.Unread(s.Config); err == nil && strange != nil {
		c.Logger().Warn("nothing reads some variables: look whether a letter is wrong", "names", strings.Join(strange, ", "))
	}
	c.Teams.NoAuth = s.TeamsNoAuth
	clock := &engine.Clock{}
	if s.Ahead != 0 {
		if !s.TeamsNoAuth {
			return errors.New("--ahead is for tests with --teams-no-auth")
		}
		clock.Move(time.Now().Add(s.Ahead))
	}
	server, err := newServer(ctx, c, clock, c.Logger())
	if err != nil {
		if s.Config == "" && config.Forgotten() {
			err = fmt.Errorf("%w\n%s", err, config.NameIt)
		}
		return err
	}
	server.out, server.claim = os.Stdout, s.Claim
	if s.TeamsNoAuth {
		fmt.Fprintln(os.Stderr, "NOBODY IS AUTHENTICATED on Teams' address: this is for trying local clients, never for a company.")
	}
	return server.run(ctx)
}

// run serves until ctx ends. Then it takes no more events, and finishes or
// hands back what it holds, within ten seconds.
func (s *server) run(ctx context.Context) error {
	defer s.store.Close()
	work, stopWork := context.WithCancel(context.Background())
	defer stopWork()
	var parts sync.WaitGroup
	parts.Go(func() {
		if err := s.engine.Run(work); err != nil {
			s.log.Error("engine", "err", err)
		}
	})
	parts.Go(func() { s.keepSettling(work, surveyEvery) })
	parts.Go(func() { s.clearDisk(work) })
	served := make(chan error, 4)
	if s.config.Metrics != "" {
		serve, err := s.metrics.Serve(ctx, s.config.Metrics)
		if err != nil {
			return fmt.Errorf("metrics: %w\n%s", err, front.Mend("metrics", err))
		}
		go func() {
			if err := serve(); err != nil {
				served <- err
			}
		}()
	}
	go func() { served <- s.listen.Serve() }()
	if s.slack != nil {
		go func() { served <- s.slack.Run(ctx) }()
	}
	go func() {
		if err := s.introduce(ctx); err != nil {
			served <- err
		}
	}()
	s.log.Info("serving", "listen", s.listen.Addr().String(), "slack", s.slack != nil, "teams", s.teams != nil, "version", version.This().String())

	var fault error
	select {
	case <-ctx.Done():
	case fault = <-served:
		if errors.Is(fault, http.ErrServerClosed) {
			fault = nil
		}
	}
	s.log.Info("stopping")
	last, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := s.listen.Shutdown(last); err != nil {
		s.log.Warn("requests were cut off", "err", err)
	}
	stopWork()
	parts.Wait()
	return fault
}
