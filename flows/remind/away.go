package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// How people want to be left in peace. Somebody who is away is asked nothing, and
// nobody is told why. Everybody marks themselves; an owner can mark others.

// mostAway is how far ahead somebody can be away, in days.
const mostAway = 366

func (t *turn) askAway() []bot.Effect {
	form := bot.Form{
		Title:  "Away",
		Intro:  "Reminders pass you over until then, without a word to anybody.",
		Fields: []bot.Input{{ID: "until", Label: "Until when?", Hint: schedule.DayCanBeTyped, Value: "in two weeks", Max: 40}},
		Submit: "Save",
		Action: bot.Do("remind", "away"),
	}
	if t.event.From.Owner() {
		form.Intro = "Reminders pass over whoever is away, without a word to anybody."
		form.Fields = append(form.Fields, bot.Input{ID: "user", Label: "Who?", Hint: "Nobody chosen: you", Pick: bot.PickPerson, Optional: true})
	}
	return []bot.Effect{bot.Open{Form: form}}
}

// away asks until when somebody is away, or takes the form.
func (t *turn) away() []bot.Effect {
	if t.event.Kind == bot.Submit {
		return t.saveAway()
	}
	return t.askAway()
}

// saveAway takes the form.
func (t *turn) saveAway() []bot.Effect {
	until, why := t.until(t.event.Values["until"])
	refused := map[string]string{}
	if why != "" {
		refused["until"] = why
	}
	who, name := t.event.From.ID, "You are"
	if p := t.event.Picked["user"]; t.event.From.Owner() && (p.ID != "" || t.event.Values["user"] != "") {
		if p.ID == "" || p.Affiliation != bot.Home {
			refused["user"] = "Please choose somebody who works here."
		} else if p.ID != who {
			who, name = p.ID, prose.Sentence(named(p.Name))+" is"
		}
	}
	if len(refused) > 0 {
		return []bot.Effect{bot.Refuse{Why: refused}}
	}
	return t.goesAway(who, name, until)
}

// awayUntil takes a day that was typed.
func (t *turn) awayUntil(text string) []bot.Effect {
	until, why := t.until(text)
	if why != "" {
		return bot.Tell("Until when are you away?", why)
	}
	return t.goesAway(t.event.From.ID, "You are", until)
}

func (t *turn) goesAway(who, name string, until time.Time) []bot.Effect {
	a := t.attention()
	s := a.People[who]
	s.Away = until
	a.Put(who, s)
	company.Attentions.Put(t.d, company.AttentionID, a)
	v := bot.View{Title: name + " away until " + t.day(until, zoneOf(t.event.From)), Blocks: []bot.Block{bot.Say("Reminders go to the next one until then.")}}
	if who == t.event.From.ID {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("I'm back", bot.Do("remind", "back"))))
	}
	return append(bot.Respond(v), company.Days(t.now()))
}

// until is the beginning of the day on which somebody is back, where they
// are.
func (t *turn) until(text string) (at time.Time, why string) {
	zone := zoneOf(t.event.From)
	day, err := schedule.ParseDay(text, zone, t.now())
	today, _ := schedule.ParseDay("today", zone, t.now())
	switch {
	case err != nil:
		return at, wrong(err)
	case !day.After(today):
		return at, "Please choose a day from tomorrow on."
	case day.After(today.AddDate(0, 0, mostAway)):
		return at, "That is far away. Please choose a day within a year."
	}
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, local(t.now(), zone).Location()).UTC(), ""
}

// back ends it.
func (t *turn) back() []bot.Effect {
	a := t.attention()
	s := a.People[t.event.From.ID]
	if s.Away.IsZero() {
		return bot.Tell("Welcome back", "You were not marked as away.")
	}
	s.Away = time.Time{}
	a.Put(t.event.From.ID, s)
	company.Attentions.Put(t.d, company.AttentionID, a)
	return append(bot.Tell("Welcome back", "I ask you again from the next reminder on."), company.Days(t.now()))
}
