package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
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

// attention is how people want to be left in peace.
func (t *turn) attention() company.Attention {
	a, _ := company.Attentions.Get(t.d, company.AttentionID)
	return a
}

// note remembers the zone of who pressed something, so that nothing reaches
// them at night. Who set the reminder has chosen it there.
func (t *turn) note() {
	who := t.event.From
	if who.ID == "" || who.ID == t.s.Owner || zoneOf(who) != who.Zone {
		return
	}
	a := t.attention()
	if s := a.People[who.ID]; s.Zone != who.Zone {
		s.Zone = who.Zone
		a.Put(who.ID, s)
		company.Attentions.Put(t.d, company.AttentionID, a)
	}
}

// zone is where somebody's clock stands, as far as is known. Who set the
// reminder chose it.
func (t *turn) zone(to bot.Address) string {
	if to.User == t.s.Owner {
		return t.s.Rule.Zone
	}
	if who := t.event.From; who.ID != "" && to == bot.To(who.ID) && zoneOf(who) == who.Zone {
		return who.Zone
	}
	if z := t.attention().People[to.User].Zone; to.User != "" && z != "" {
		return z
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	if z := zoneOf(bot.Person{Zone: roles.People[to.User].Zone}); z != noZone {
		return z
	}
	return t.s.Rule.Zone
}

// zoneHere is where the clock of the one who pressed stands.
func (t *turn) zoneHere() string { return t.zone(bot.To(t.event.From.ID)) }
