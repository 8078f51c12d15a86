package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"secadvisor/bot/engine"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/remind"
	"secadvisor/storage"
)

// reminderConfig is a reminder that each company has from the start.
type reminderConfig struct {
	Of   string `yaml:"of" env:"OF"`     // as an owner would type it
	When string `yaml:"when" env:"WHEN"` // words, or a cron expression
	Zone string `yaml:"zone" env:"ZONE"` // empty: that of the configuration, or UTC
}

// zoneOf is where a reminder's clock stands.
func (c config) zoneOf(r reminderConfig) string {
	for _, name := range []string{r.Zone, c.Zone} {
		if name != "" {
			return name
		}
	}
	return "UTC"
}

// checkReminders finds what cannot be a reminder. One date is none: it would
// be a mistake as soon as it is past.
func (c config) checkReminders(expect func(ok bool, key, want string)) {
	for i, r := range c.Reminders {
		key := fmt.Sprintf("reminders[%d].", i)
		expect(r.Of != "", key+"of", "what to remind of, such as restore test or quick check, or your own words")
		zone := r.Zone == "" || isZone(r.Zone)
		expect(zone, key+"zone", "the name of a time zone such as Europe/London, or nothing")
		if zone && (c.Zone == "" || isZone(c.Zone)) {
			rule, err := schedule.Read(r.When, c.zoneOf(r), time.Now())
			expect(err == nil && !rule.Once, key+"when", "a rhythm in words, such as quarterly or first Monday at 9, or a cron expression, such as 0 9 1 */3 *")
		}
	}
}

// standingReminders sets the reminders of the configuration, each once: what
// an owner changed or stopped stays so.
func (s *server) standingReminders(ctx context.Context, tenant string) error {
	for _, r := range s.config.Reminders {
		rule, err := schedule.Read(r.When, s.config.zoneOf(r), s.engine.Now())
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
