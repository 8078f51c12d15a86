package main

import (
	"context"
	"fmt"

	"secadvisor/bot/engine"
	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/installs"
	app "secadvisor/deploy/slack"
)

// host lets many companies install the bot in Slack.
func (s *server) host(clock *engine.Clock) error {
	if s.slack == nil || !s.config.Slack.Many() {
		return nil
	}
	manifest, err := app.Read()
	if err != nil {
		return err
	}
	pace, err := s.config.HTTP.Pace(slack.InstallsPerSecond, slack.InstallsAtOnce)
	if err != nil {
		return err
	}
	s.slack.Host(hosted{installs.In(s.store, clock.Now), s}, manifest.Scopes, pace.Allow, clock.Now)
	return nil
}

// hosted is a registry that gives a new company what the configuration has for
// it.
type hosted struct {
	installs.Registry
	server *server
}

func (h hosted) Install(ctx context.Context, k slack.Kept) (code string, err error) {
	if code, err = h.Registry.Install(ctx, k); err != nil {
		return "", err
	}
	if err := h.server.furnish(ctx, k.Tenant()); err != nil {
		h.server.log.Warn("the emergency number or the reminders of the configuration were not saved", "tenant", k.Tenant(), "err", err)
	}
	return code, nil
}

// chores are what companies' timers ask of the server.
func (s *server) chores() map[string]func(context.Context, string) error {
	if s.slack == nil || !s.config.Slack.Many() {
		return nil
	}
	return map[string]func(context.Context, string) error{installs.RenewTimer: s.slack.Renew, installs.EraseTimer: s.eraseGone}
}

// eraseGone erases everything of a company that took the bot out long ago.
func (s *server) eraseGone(ctx context.Context, tenant string) error {
	now, err := s.slack.Left(ctx, tenant)
	if err != nil || !now {
		return err
	}
	if err := s.store.Erase(ctx, tenant); err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	s.slack.Forget(tenant)
	s.log.Warn("everything of a company was erased", "tenant", tenant)
	select {
	case s.erased <- struct{}{}:
	default: // it is known already
	}
	return nil
}
