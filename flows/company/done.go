package company

import (
	"time"

	"secadvisor/bot"
)

// RestoreTest is the id of the reminder to test a restore, and RestoreQuestion
// the question whose fix is one.
const (
	RestoreTest     = string(OfRestore)
	RestoreQuestion = "data-restore-test"
)

// TimerLook is what wakes a reminder, after its id, to look whether what it
// waits for has been done.
const TimerLook = "/look"

// TimerDays is what wakes the fix list, to look whom the day of a task is to be
// said to.
const TimerDays = "days"

// Days lets the fix list look at once: somebody can be asked again.
func Days(now time.Time) bot.Effect { return bot.Set{Flow: "fixes", Name: TimerDays, At: now} }

// Done lets reminders look at once whether what they ask has been done, where
// they are waiting for it: their cards are closed before somebody reads them
// again.
func Done(d *bot.Docs, now time.Time, ids ...string) []bot.Effect {
	var effects []bot.Effect
	for _, id := range ids {
		if s, found := Schedules.Get(d, id); found && s.Waits.Open() {
			effects = append(effects, bot.Set{Flow: "remind", Name: id + TimerLook, At: now})
		}
	}
	return effects
}
