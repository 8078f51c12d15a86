package main

import (
	"context"
	"errors"
	"fmt"

	"secadvisor/bot/engine"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/remind"
	"secadvisor/storage"
)

// standingReminders sets the reminders of the configuration, each once: what
// an owner changed or stopped stays so.
func (s *server) standingReminders(ctx context.Context, tenant string) error {
	for _, r := range s.config.Reminders {
		rule, err := schedule.Read(r.When, s.config.ZoneOf(r), s.engine.Now())
		if err != nil {
			return fmt.Errorf("reminder of %s: %w", r.Of, err)
		}
		id, kept, timer, ok := remind.Standing(s.lib, r.Of, rule, s.lib.Host(), s.engine.Now())
		if !ok {
			continue
		}
		docs, err := s.store.Get(ctx, tenant, company.Schedules.Key(id))
		if err != nil {
			return fmt.Errorf("read a reminder: %w", err)
		}
		if docs[0].Version != 0 {
			continue
		}
		body, err := company.Schedules.Encode(kept)
		if err != nil {
			return fmt.Errorf("keep a reminder: %w", err)
		}
		_, err = s.store.Apply(ctx, tenant, storage.Change{
			Put:    []storage.Write{{Key: docs[0].Key, Body: body}},
			Timers: []storage.Timer{{Name: "remind/" + timer.Name, At: engine.Spread(tenant, "remind", timer)}},
		})
		if err != nil && !errors.Is(err, storage.ErrConflict) && !errors.Is(err, storage.ErrErased) { // another replica was first, or the company is gone
			return fmt.Errorf("keep a reminder: %w", err)
		}
	}
	return nil
}
