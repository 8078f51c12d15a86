package assess

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// ofCompany are the verbs about what the company said of itself, to look at
// and to change at any time.
var ofCompany = map[string]func(*turn) []bot.Effect{
	"company":        (*turn).aboutCompany,
	"company-change": (*turn).changeAbout,
	"company-keep":   (*turn).keepAbout,
}

func (t *turn) aboutCompany() []bot.Effect { return t.about("") }

// about shows it. Note stands on top where something is to be said.
func (t *turn) about(note string) []bot.Effect {
	if t.event.Place.Kind == bot.Shared {
		return bot.Tell("Not here: people of other companies may read this channel", "Type "+t.lib.Command+" assess company in your direct messages with me.")
	}
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	var known []bot.Field
	for _, x := range taps {
		value := x.label(profile)
		if value == "" {
			value = "not said yet"
		}
		known = append(known, bot.Field{Name: x.name, Value: value})
	}
	v := bot.View{Title: "Your company, as I know it"}
	if note != "" {
		v.Blocks = append(v.Blocks, bot.Say(note))
	}
	v.Blocks = append(v.Blocks,
		bot.Block{Fields: &bot.Fields{Items: known}},
		bot.Say("It chooses what I recommend and how I say it. No score depends on it."),
		bot.Row(bot.Button{Label: "Change", Action: bot.Do("assess", "company-change"), Main: true}))
	return bot.Respond(v)
}

// changeAbout opens the form with all of it.
func (t *turn) changeAbout() []bot.Effect {
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	form := bot.Form{Title: "Your company", Submit: "Keep it", Action: bot.Do("assess", "company-keep")}
	for _, x := range taps {
		in := bot.Input{ID: x.verb, Label: x.ask, Value: x.of(profile), Optional: true}
		for _, c := range x.choices {
			in.Options = append(in.Options, bot.Option{Value: c.value, Label: c.label})
		}
		form.Fields = append(form.Fields, in)
	}
	return []bot.Effect{bot.Open{Form: form}}
}

// keepAbout takes what the form says. What was left out stays as it was.
func (t *turn) keepAbout() []bot.Effect {
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	before := profile
	for _, x := range taps {
		if value := t.event.Values[x.verb]; x.offers(value) {
			x.put(&profile, value)
		}
	}
	if profile == before {
		return t.about("Nothing was changed.")
	}
	company.Profiles.Put(t.d, company.ProfileID, profile)
	changed := bot.Audit{Verb: "changed", Object: "what is known of the company"}
	return append([]bot.Effect{changed}, t.about("Kept. Results show it from now on.")...)
}
