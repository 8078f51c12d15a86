package remind

import (
	"time"

	"secadvisor/flows/company"
)

// Restored is a schedule of a backup that was put back: what should have come
// between the backup and now has come, so it does not come again. The regular
// date is the next one from now on, what somebody put off is over, and a date
// that was waited for ends as missed. Timers are those of the schedule, by name
// and as they are now; a zero time: none. Changed is false where nothing was
// due meanwhile.
func Restored(id string, s company.Schedule, now time.Time) (after company.Schedule, timers map[string]time.Time, changed bool) {
	past := func(at time.Time) bool { return !at.IsZero() && !at.After(now) }
	if !past(s.Due) && !past(s.Snoozed) && !past(s.Waits.Next) {
		return s, nil, false
	}
	s.End(company.Outcome{How: company.WasMissed, At: now})
	if past(s.Snoozed) {
		s.Snoozed = time.Time{}
	}
	if past(s.Waits.Next) {
		s.Waits.Next = time.Time{}
	}
	if past(s.Due) {
		s.Cycle++
		s.Due, _ = s.Rule.Next(now)
	}
	return s, map[string]time.Time{"remind/" + id + timerDue: s.Due, "remind/" + id + timerSnooze: s.Snoozed, "remind/" + id + timerNext: s.Waits.Next}, true
}
