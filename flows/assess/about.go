package assess

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// What the company said of itself, to look at and to change at any time.

// about shows it. Note stands on top where something is to be said.
func (a assess) about(d *bot.Docs, e bot.Event, note string) []bot.Effect {
	if e.Place.Kind == bot.Shared {
		return say("Not here: people of other companies may read this channel", "Type "+a.lib.Command+" assess company in your direct messages with me.")
	}
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	var known []bot.Field
	for _, t := range taps {
		value := t.label(profile)
		if value == "" {
			value = "not said yet"
		}
		known = append(known, bot.Field{Name: t.name, Value: value})
	}
	v := bot.View{Title: "Your company, as I know it"}
	if note != "" {
		v.Blocks = append(v.Blocks, bot.Say(note))
	}
	v.Blocks = append(v.Blocks,
		bot.Block{Fields: &bot.Fields{Items: known}},
		bot.Say("It chooses what I recommend and how I say it. No score depends on it."),
		bot.Row(bot.Button{Label: "Change", Action: bot.Do("assess", "company-change"), Main: true}))
	return []bot.Effect{bot.Answer{View: v}}
}

// changeAbout opens the form with all of it.
func (a assess) changeAbout(d *bot.Docs) []bot.Effect {
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	form := bot.Form{Title: "Your company", Submit: "Keep it", Action: bot.Do("assess", "company-keep")}
	for _, t := range taps {
		in := bot.Input{ID: t.verb, Label: t.ask, Value: t.of(profile), Optional: true}
		for _, c := range t.choices {
			in.Options = append(in.Options, bot.Option{Value: c.value, Label: c.label})
		}
		form.Fields = append(form.Fields, in)
	}
	return []bot.Effect{bot.Open{Form: form}}
}

// keepAbout takes what the form says. What was left out stays as it was.
func (a assess) keepAbout(d *bot.Docs, e bot.Event) []bot.Effect {
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	before := profile
	for _, t := range taps {
		value := e.Values[t.verb]
		if slices.ContainsFunc(t.choices, func(c choice) bool { return c.value == value }) {
			t.put(&profile, value)
		}
	}
	if profile == before {
		return a.about(d, e, "Nothing was changed.")
	}
	company.Profiles.Put(d, company.ProfileID, profile)
	changed := bot.Audit{Verb: "changed", Object: "what is known of the company"}
	return append([]bot.Effect{changed}, a.about(d, e, "Kept. Results show it from now on.")...)
}

// ofCompany are the verbs that are about the company, not about a run.
var ofCompany = map[string]func(assess, *bot.Docs, bot.Event) []bot.Effect{
	"company":        func(a assess, d *bot.Docs, e bot.Event) []bot.Effect { return a.about(d, e, "") },
	"company-change": func(a assess, d *bot.Docs, _ bot.Event) []bot.Effect { return a.changeAbout(d) },
	"company-keep":   assess.keepAbout,
}
