package config

import (
	"fmt"
	"time"

	"secadvisor/bot/schedule"
)

// Reminder is a reminder that each company has from the start.
type Reminder struct {
	Of   string `yaml:"of" env:"OF"`     // as an owner would type it
	When string `yaml:"when" env:"WHEN"` // words, or a cron expression
	Zone string `yaml:"zone" env:"ZONE"` // empty: that of the configuration, or UTC
}

// ZoneOf is where a reminder's clock stands.
func (c Config) ZoneOf(r Reminder) string {
	for _, name := range []string{r.Zone, c.Zone} {
		if name != "" {
			return name
		}
	}
	return "UTC"
}

// checkReminders finds what cannot be a reminder. One date is none: it would
// be a mistake as soon as it is past.
func (c Config) checkReminders(expect func(ok bool, key, want string)) {
	for i, r := range c.Reminders {
		key := fmt.Sprintf("reminders[%d].", i)
		expect(r.Of != "", key+"of", "what to remind of, such as restore test or quick check, or your own words")
		zone := r.Zone == "" || IsZone(r.Zone)
		expect(zone, key+"zone", "the name of a time zone such as Europe/London, or nothing")
		if zone && (c.Zone == "" || IsZone(c.Zone)) {
			rule, err := schedule.Read(r.When, c.ZoneOf(r), time.Now())
			expect(err == nil && !rule.Once, key+"when", "a rhythm in words, such as quarterly or first Monday at 9, or a cron expression, such as 0 9 1 */3 *")
		}
	}
}
