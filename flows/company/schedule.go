package company

import (
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
)

// Schedule is a reminder that comes again and again.
type Schedule struct {
	Rule    schedule.Rule `json:"rule"`
	Pack    string        `json:"pack"`  // the assessment that it asks for
	Owner   string        `json:"owner"` // who set it, and gets it
	Due     time.Time     `json:"due"`   // the next regular date; zero: stopped
	Snoozed time.Time     `json:"snoozed,omitzero"`
	Cycle   int           `json:"cycle"`            // counts the dates that came; older cards are late
	Fired   time.Time     `json:"fired,omitzero"`   // the last one
	Failed  string        `json:"failed,omitempty"` // why the last one did not arrive
}

// Active reports whether it still reminds.
func (s Schedule) Active() bool { return !s.Due.IsZero() }

// Schedules holds each schedule under its id.
var Schedules = bot.Doc[Schedule]{Prefix: "schedule", Version: 1}

// ScheduleID is the id of a person's reminder of an assessment: one each, so
// that setting it twice changes it.
func ScheduleID(pack, person string) string { return pack + "." + person }
