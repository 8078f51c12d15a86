package remind

import (
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
)

// snooze comes back in some days, at the reminder's own time of day.
func (t *turn) snooze() []bot.Effect {
	days, err := strconv.Atoi(t.event.Action.Arg(2))
	if err != nil || days < 1 || days > mostDays {
		days = 7
	}
	if !t.s.Snoozed.IsZero() {
		return t.settled()
	}
	return t.putOff(addDays(local(t.now(), t.zoneHere()), days))
}

// mostDays is how far something can be put off.
const mostDays = 60

// putOff comes back on a day, to the one who wants it.
func (t *turn) putOff(day time.Time) []bot.Effect {
	clock, err := time.Parse("15:04", t.s.Rule.At)
	if err != nil {
		clock = time.Date(0, 1, 1, 9, 0, 0, 0, time.UTC)
	}
	y, m, d := day.Date()
	zone := t.zoneHere()
	if t.s.Rule.At == "" {
		zone = t.s.Rule.Zone
	}
	at := working(time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, local(t.now(), zone).Location()), zone)
	i := t.mineAt()
	if i < 0 {
		i = t.current()
	}
	for j := range t.s.Waits.Asked {
		t.s.Waits.Asked[j].Back = j == i
	}
	t.s.Snoozed, t.s.Waits.Next = at, time.Time{}
	return t.changed()
}

// anotherDay asks for a day in a form, and takes it.
func (t *turn) anotherDay() []bot.Effect {
	text, sent := t.event.Values["day"], t.event.Kind == bot.Submit
	if !sent {
		return []bot.Effect{bot.Open{Form: bot.Form{
			Title:  "Another day",
			Intro:  t.title(t.s) + ".",
			Fields: []bot.Input{{ID: "day", Label: "When shall I ask again?", Hint: schedule.DayCanBeTyped, Value: "in two weeks", Max: 40}},
			Submit: "Ask me then",
			Action: t.act("day"),
		}}}
	}
	zone := t.zoneHere()
	day, err := schedule.ParseDay(text, zone, t.now())
	today, _ := schedule.ParseDay("today", zone, t.now())
	no := func(why string) []bot.Effect { return []bot.Effect{bot.Refuse{Why: map[string]string{"day": why}}} }
	switch {
	case err != nil:
		return no(wrong(err))
	case !day.After(today):
		return no("Please choose a day from tomorrow on.")
	case day.After(today.AddDate(0, 0, mostDays)):
		return no("That is far away. Please choose a day within two months, or skip this time.")
	case !t.s.Due.IsZero() && !day.Before(t.s.Due.UTC().Truncate(24*time.Hour)):
		return no("By then the next one comes, on " + t.day(t.s.Due, zone) + ". Please choose an earlier day.")
	}
	return t.putOff(day)
}
