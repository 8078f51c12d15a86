package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// nobody is to whom a reminder goes that the configuration sets: it is for no
// owner alone, so all are asked, one after another until somebody answers.
var nobody = bot.Address{}

// Standing is a reminder that the configuration sets for a company: of what
// somebody would type, on a rule. It is kept under the id; the timer tells when
// it comes first.
func Standing(lib *content.Library, of string, rule schedule.Rule, by string, now time.Time) (id string, s company.Schedule, timer bot.Set, ok bool) {
	t := &turn{flow: flow{lib: lib}, event: bot.Event{Now: now}}
	key := t.meant(of)
	if key == "" {
		key = string(company.OfCustom)
	}
	if s, id, ok = t.newOf(key, of); !ok {
		return "", s, timer, false
	}
	s.Rule, s.By, s.To, s.Name = rule, by, nobody, "the owners"
	s.Due, ok = rule.Next(now)
	return id, s, bot.Set{Name: id + timerDue, At: s.Due, Spread: window}, ok
}
