package main

import (
	"context"
	"os"

	"secadvisor/bot/engine"
)

type serveCommand struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	Claim  bool   `help:"Print a claim code even if somebody is an owner already."`

	TeamsNoAuth bool `help:"For local Teams clients only: take every request as true. Refuses an address that others reach, and a configured bot."`
}

// Run serves until it is told to stop.
func (s serveCommand) Run(ctx context.Context) error {
	c, err := loadConfig(s.Config)
	if err != nil {
		return err
	}
	c.Teams.NoAuth = s.TeamsNoAuth
	server, err := newServer(ctx, c, &engine.Clock{}, c.logger())
	if err != nil {
		return err
	}
	server.out, server.claim = os.Stdout, s.Claim
	return server.run(ctx)
}
