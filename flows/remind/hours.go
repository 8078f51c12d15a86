package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
)

// working is the first moment from a time on at which somebody in a zone is
// at work.
func working(at time.Time, zone string) time.Time { return schedule.AtWork(at, zone) }

// workdays is so many working days after a time, from the full hour: timers
// come a little later than they are set for, and that must not add up.
func workdays(at time.Time, n int, zone string) time.Time {
	day := local(at, zone)
	past := time.Duration(day.Minute())*time.Minute + time.Duration(day.Second())*time.Second + time.Duration(day.Nanosecond())
	return schedule.Workdays(at.Add(-past), n, zone)
}

// addDays is the same time of day so many days later, also where the clock
// changes in between.
func addDays(day time.Time, n int) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d+n, day.Hour(), day.Minute(), day.Second(), 0, day.Location())
}

// noZone is what counts where no zone is known.
const noZone = "UTC"

// zoneOf is the time zone of a person's profile, where it is a known one.
func zoneOf(p bot.Person) string { return schedule.Location(p.Zone).String() }

// local is a time in a zone, or in UTC where the zone is not known.
func local(at time.Time, zone string) time.Time { return at.In(schedule.Location(zone)) }
