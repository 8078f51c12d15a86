package remind

import (
	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/content"
)

// form asks for a rhythm, a time and a zone.
func (r remind) form(e bot.Event, p content.Pack) []bot.Effect {
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Remind me",
		Intro: p.Title + ", in your direct messages.",
		Fields: []bot.Input{
			{ID: "rhythm", Label: "How often?", Value: "quarterly", Options: []bot.Option{
				{Value: "weekly", Label: "Every week"}, {Value: "every 2 weeks", Label: "Every two weeks"},
				{Value: "monthly", Label: "Every month"}, {Value: "every 2 months", Label: "Every two months"},
				{Value: "quarterly", Label: "Every quarter"}, {Value: "every 6 months", Label: "Every half year"},
				{Value: "yearly", Label: "Every year"},
			}},
			{ID: "time", Label: "At what time?", Hint: "For example 9:00 or 16:30", Value: "09:00", Max: 8},
			{ID: "zone", Label: "In which time zone?", Hint: "For example Europe/Berlin", Value: zoneOf(e.From), Max: 60},
		},
		Submit: "Set it",
		Action: bot.Do("remind", "fill", p.ID),
	}}}
}

// filled sets what the form says, or tells which field cannot be.
func (r remind) filled(d *bot.Docs, e bot.Event) []bot.Effect {
	why := map[string]string{}
	if _, err := schedule.Parse(e.Values["rhythm"], "UTC", e.Now); err != nil {
		why["rhythm"] = "Please choose one."
	}
	if _, err := schedule.Parse("weekly at "+e.Values["time"], "UTC", e.Now); err != nil {
		why["time"] = "Please write the time like 9:00 or 16:30."
	}
	if _, err := schedule.Parse("weekly", e.Values["zone"], e.Now); err != nil {
		why["zone"] = sentence(err)
	}
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	rule, err := schedule.Parse(e.Values["rhythm"]+" at "+e.Values["time"], e.Values["zone"], e.Now)
	if err != nil {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"rhythm": sentence(err)}}}
	}
	return r.start(d, e, r.pack(e.Action.Arg(0)), rule)
}
