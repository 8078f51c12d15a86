package remind

import (
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
)

// pressed answers the buttons of a reminder's card. A button of an earlier
// cycle changes nothing.
func (r remind) pressed(d *bot.Docs, e bot.Event) []bot.Effect {
	id := e.Action.Arg(0)
	s, ok := company.Schedules.Get(d, id)
	switch {
	case !ok || s.Owner != e.From.ID:
		return say("This reminder is not yours, or not kept any more", "Type "+r.lib.Command+" remind to see yours.")
	case !s.Active():
		return say("This reminder is stopped", "Type "+r.lib.Command+" remind to set a new one.")
	case e.Action.Arg(1) != strconv.Itoa(s.Cycle):
		return say("That was settled already", "Next on "+spelled(next(s), s.Rule.Zone)+".")
	}
	switch e.Action.Verb {
	case "snooze":
		return r.snooze(d, e, id, s)
	case "skip":
		return r.skip(d, id, s)
	case "stop":
		return r.stop(d, id, s)
	}
	return r.list(d, e)
}

// snooze comes back in some days, at the reminder's own time of day.
func (r remind) snooze(d *bot.Docs, e bot.Event, id string, s company.Schedule) []bot.Effect {
	days, err := strconv.Atoi(e.Action.Arg(2))
	if err != nil || days < 1 || days > 60 {
		days = 7
	}
	if !s.Snoozed.IsZero() {
		return say("That was settled already", "Next on "+spelled(next(s), s.Rule.Zone)+".")
	}
	day := local(e.Now, s.Rule.Zone).AddDate(0, 0, days).Format(time.DateOnly)
	rule := schedule.Rule{Once: true, Start: day, At: s.Rule.At, Zone: s.Rule.Zone, Workday: s.Rule.Workday}
	at, ok := rule.Next(e.Now)
	if !ok {
		at = e.Now.AddDate(0, 0, days)
	}
	s.Snoozed = at
	company.Schedules.Put(d, id, s)
	return []bot.Effect{
		bot.Set{Name: id + "/snooze", At: at},
		show(id, s, bot.View{
			Title:  "I'll ask again on " + spelled(at, s.Rule.Zone),
			Blocks: []bot.Block{bot.Row(bot.Press("Start now", bot.Do("assess", "start", s.Pack)), bot.Press("Stop reminding", press("stop", id, s)))},
		}),
	}
}

func (r remind) skip(d *bot.Docs, id string, s company.Schedule) []bot.Effect {
	shown := s
	s.Cycle++ // the buttons of this card have been used
	s.Snoozed = time.Time{}
	company.Schedules.Put(d, id, s)
	return []bot.Effect{
		bot.Set{Name: id + "/snooze"},
		show(id, shown, bot.View{
			Title:  "Skipped this time",
			Blocks: []bot.Block{bot.Say("Next on " + spelled(s.Due, s.Rule.Zone) + ".")},
		}),
	}
}

// stop ends a reminder.
func (r remind) stop(d *bot.Docs, id string, s company.Schedule) []bot.Effect {
	shown := s
	s.Due, s.Snoozed = time.Time{}, time.Time{}
	s.Cycle++
	company.Schedules.Put(d, id, s)
	stopped := bot.View{
		Title:  "I won't remind you any more",
		Blocks: []bot.Block{bot.Say("Type " + r.lib.Command + " remind to have it back.")},
	}
	effects := []bot.Effect{bot.Set{Name: id + "/due"}, bot.Set{Name: id + "/snooze"}, bot.Audit{Verb: "stopped", Object: "reminder of " + s.Pack}}
	if shown.Fired.IsZero() {
		return append(effects, bot.Answer{View: stopped}) // there is no card yet
	}
	return append(effects, show(id, shown, stopped), bot.Answer{View: stopped})
}
