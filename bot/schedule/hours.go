package schedule

import "time"

// Hours of a working day, between which people are asked something that is
// not urgent, where they are.
const (
	Morning = 8
	Evening = 18
)

// Location is where the clock of a zone stands; UTC where the zone is not
// known.
func Location(zoneName string) *time.Location {
	loc, err := zone(zoneName)
	if err != nil {
		return time.UTC
	}
	return loc
}

// AtWork is the first moment from a time on at which somebody in a zone is at
// work: a weekend moves to the Monday at the same time of day, a night to the
// morning.
func AtWork(at time.Time, zoneName string) time.Time {
	loc := Location(zoneName)
	wall := wallOf(at.In(loc))
	if moved := atWork(wall); !moved.Equal(wall) {
		return instant(moved, loc).UTC()
	}
	return at
}

// Workdays is so many whole working days after a time, for somebody in a
// zone: the first begins at once while they are at work, else when they come.
func Workdays(at time.Time, n int, zoneName string) time.Time {
	loc := Location(zoneName)
	wall := wallOf(at.In(loc))
	if weekend.Has(wall.Weekday()) {
		y, m, d := wall.Date()
		wall = time.Date(y, m, d, Morning, 0, 0, 0, time.UTC)
	}
	wall = atWork(wall)
	for range n {
		wall = working(wall.AddDate(0, 0, 1))
	}
	return instant(wall, loc).UTC()
}

// atWork is AtWork of a clock on the wall.
func atWork(wall time.Time) time.Time {
	y, m, d := wall.Date()
	switch {
	case wall.Hour() >= Evening:
		wall = time.Date(y, m, d+1, Morning, 0, 0, 0, time.UTC)
	case wall.Hour() < Morning:
		wall = time.Date(y, m, d, Morning, 0, 0, 0, time.UTC)
	}
	return working(wall)
}
