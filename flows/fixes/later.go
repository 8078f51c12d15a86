package fixes

import (
	"cmp"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// mostLater is how many months ahead somebody may move their own task; the
// owner can go further.
const mostLater = 3

func (t *turn) laterForm(id string, a bot.Action) bot.Form {
	return bot.Form{
		Title: "Another day",
		Intro: prose.Sentence(t.title(id)) + ". The owner reads the new day.",
		Fields: []bot.Input{
			{ID: "due", Label: "By when?", Hint: schedule.DayCanBeTyped, Value: "in two weeks", Max: 40},
			{ID: "note", Label: "What is it waiting for?", Hint: "For example: the new disk comes on Friday", Lines: true, Max: maxNote, Optional: true},
		},
		Submit: "Set the new day",
		Action: a,
	}
}

// later moves a part to a day that whoever has it chose, and tells the owner.
func (t *turn) later(id, side string, f company.Fix) []bot.Effect {
	due, wrong := t.day(t.event.Values["due"], mostLater)
	if wrong != "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"due": wrong}}}
	}
	p := f.Parts[side]
	was := p.Due
	if due.Equal(was) {
		return bot.Respond(t.card(id, side, f))
	}
	p.Due, p.Zone, p.Moved, p.Told, p.Unreached = due, cmp.Or(t.event.From.Zone, p.Zone), t.event.Now, time.Time{}, ""
	p.Name, p.Note = name(t.event.From), prose.Plain(t.event.Values["note"], maxNote)
	f.Parts = with(f.Parts, side, p)
	t.put(id, f)
	effects := t.tellOwners(id, side, p.By, t.moved(id, side, f, was))
	if p.Card != "" {
		effects = append(effects, t.show(id, side, f))
	}
	effects = append(effects, bot.Audit{Verb: "moved the day of", Object: "fix " + id})
	if t.event.From.Owner() {
		return append(effects, bot.Answer{View: t.task(id, f, "Noted: by "+prose.Day(due)+".")})
	}
	then := "The owner reads the new day."
	if !t.spared(p.User) {
		then += " I ask once when it comes."
	}
	return append(effects, bot.Tell("Noted: by "+prose.Day(due), then)...)
}

// moved tells an owner that somebody chose another day.
func (t *turn) moved(id, side string, f company.Fix, was time.Time) bot.View {
	p := f.Parts[side]
	v := bot.View{Title: p.Name + " needs until " + prose.Day(p.Due) + ": " + t.title(id)}
	v.Gist = v.Title
	if p.Note != "" {
		v.Blocks = append(v.Blocks, bot.Say(prose.Quoted(p.Name, p.Note)))
	}
	text := "It had no day before."
	if !was.IsZero() {
		text = "It was to be done by " + prose.Day(was) + "."
	}
	v.Blocks = append(v.Blocks, bot.Say(text+" There is nothing to do for you if the new day is all right."), t.lookAtIt(id))
	return v
}
