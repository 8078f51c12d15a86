package remind

import (
	"time"

	"secadvisor/bot"
)

// Hours of the day between which people are asked something that is not
// urgent, where they are.
const (
	morning = 8
	evening = 18
)

// working is the first moment from a time on at which somebody in a zone is
// at work: a weekend moves to the Monday, a night to the morning.
func working(at time.Time, zone string) time.Time {
	day := local(at, zone)
	y, m, d := day.Date()
	switch {
	case day.Hour() >= evening:
		day = time.Date(y, m, d+1, morning, 0, 0, 0, day.Location())
	case day.Hour() < morning:
		day = time.Date(y, m, d, morning, 0, 0, 0, day.Location())
	}
	for weekend(day) {
		day = addDays(day, 1)
	}
	if day.Equal(at) {
		return at
	}
	return day.UTC()
}

// workdays is so many working days after a time, in the same hour of the day
// where that is a working hour: timers come a little later than they are set
// for, and that must not add up.
func workdays(at time.Time, n int, zone string) time.Time {
	day := local(at, zone)
	y, m, d := day.Date()
	day = time.Date(y, m, d, day.Hour(), 0, 0, 0, day.Location())
	for n > 0 {
		if day = addDays(day, 1); !weekend(day) {
			n--
		}
	}
	return working(day, zone).UTC()
}

// addDays is the same time of day so many days later, also where the clock
// changes in between.
func addDays(day time.Time, n int) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d+n, day.Hour(), day.Minute(), day.Second(), 0, day.Location())
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

// noZone is what counts where no zone is known.
const noZone = "UTC"

// zoneOf is the time zone of a person's profile, where it is a known one.
func zoneOf(p bot.Person) string {
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" || p.Zone == "Local" {
		return noZone
	}
	return p.Zone
}

// local is a time in a zone, or in UTC where the zone is not known.
func local(at time.Time, zone string) time.Time {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	return at.In(loc)
}
