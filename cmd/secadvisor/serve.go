package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/config"
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
		return err
	}
	server.out, server.claim = os.Stdout, s.Claim
	if s.TeamsNoAuth {
		fmt.Fprintln(os.Stderr, "NOBODY IS AUTHENTICATED on Teams' address: this is for trying local clients, never for a company.")
	}
	return server.run(ctx)
}
