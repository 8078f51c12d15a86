package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// introduce prepares the companies that the server is for: where nobody is
// an owner it prints a code that makes one.
func (s *server) introduce(ctx context.Context) error {
	for _, b := range s.config.Teams.Bots {
		platform := "Teams"
		if len(s.config.Teams.Bots) > 1 { // each has a code of its own
			platform += " of the organisation " + b.Tenant
		}
		if err := s.prepare(ctx, "teams."+strings.ToLower(b.Tenant), platform); err != nil {
			return err
		}
	}
	switch {
	case s.slack == nil:
		return nil
	case s.config.Slack.Many(): // each company is handed its code when it installs the bot
		fmt.Fprintf(s.out, "\nCompanies install the bot at %s/slack/install\n\n", strings.TrimSuffix(s.config.Slack.Address, "/"))
		return nil
	}
	tenant, err := s.tenant(ctx)
	if err != nil || tenant == "" {
		return err
	}
	return s.prepare(ctx, tenant, "Slack")
}

// prepare offers a code and furnishes. A company that cannot be opened keeps the
// server from no other one.
func (s *server) prepare(ctx context.Context, tenant, platform string) error {
	err := s.offerCode(ctx, tenant, platform)
	if err == nil {
		err = s.furnish(ctx, tenant)
	}
	switch {
	case errors.Is(err, sealed.ErrErasing):
		s.log.Error("an erasure was cut short, so the company cannot use the bot: start secadvisor erase again", "tenant", tenant)
	case errors.Is(err, sealed.ErrChanged), errors.Is(err, sealed.ErrUnknown), errors.Is(err, sealed.ErrPlain):
		s.log.Error("a company cannot be opened: nothing of it works before a backup is put back", "tenant", tenant, "err", err)
	default:
		return err
	}
	return nil
}

// furnish gives a company what the configuration has for each.
func (s *server) furnish(ctx context.Context, tenant string) error {
	if err := s.firstNumber(ctx, tenant); err != nil {
		return err
	}
	return s.standingReminders(ctx, tenant)
}

// met offers a code to a company that nobody knew of before: without
// authentication they are not configured.
func (s *server) met(ctx context.Context, tenant string) {
	if !s.config.Teams.NoAuth {
		return
	}
	if _, known := s.companies.LoadOrStore(tenant, true); known {
		return
	}
	if err := s.offerCode(ctx, tenant, "Teams"); err != nil {
		s.log.Warn("no claim code", "tenant", tenant, "err", err)
	}
}

// offerCode prints a code for a company that has no owner.
func (s *server) offerCode(ctx context.Context, tenant, platform string) error {
	docs, err := s.store.Get(ctx, tenant, bot.RolesDoc.Key(bot.RolesID), company.Codes.Key(company.CodeID))
	if err != nil {
		return fmt.Errorf("read the company's people: %w", err)
	}
	owned, err := installs.HasOwner(docs[0])
	if err != nil {
		return err
	}
	if !s.claim && (owned || len(s.owners(tenant)) > 0) {
		return nil
	}
	code, put, err := installs.ClaimCode(docs[1], time.Now())
	if err != nil {
		return err
	}
	_, err = s.store.Apply(ctx, tenant, storage.Change{Install: true, Put: []storage.Write{put}})
	if errors.Is(err, storage.ErrConflict) {
		return nil // another replica started at the same moment and prints its own
	}
	if err != nil {
		return fmt.Errorf("keep the claim code: %w", err)
	}
	fmt.Fprintf(s.out, "\nWho is the owner? That person types this in %s (it works once, until tomorrow; an earlier one no longer works):\n\n    %s claim %s\n\n", platform, s.config.Command, code)
	return nil
}

// tenant is the company that Slack says the token is for. Slack is asked
// until it answers; an error means that asking again cannot help.
func (s *server) tenant(ctx context.Context) (string, error) {
	for wait := time.Second; ; wait = min(2*wait, 30*time.Second) {
		tenant, err := s.slack.Tenant(ctx)
		if err == nil || bot.OutcomeOf(err).Permanent {
			return tenant, err
		}
		s.log.Warn("Slack did not answer, I ask again", "err", err)
		select {
		case <-ctx.Done():
			return "", nil
		case <-time.After(wait):
		}
	}
}
