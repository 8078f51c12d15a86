package fixes

import (
	"fmt"
	"maps"
	"slices"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// askWhom opens the form for giving a task to somebody.
func (t *turn) askWhom(id string, f company.Fix) []bot.Effect {
	if !f.ToDo(t.event.Now) {
		return bot.Respond(t.task(id, f, notNow))
	}
	intro := prose.Sentence(t.title(id)) + "."
	if usual := t.usual(f.Side); usual != "" {
		intro += " On your map: " + usual + "."
	}
	form := bot.Form{Title: "Who takes care of it", Intro: intro, Submit: "Give it", Action: bot.Do("fixes", "give", id)}
	if f.Side == shared {
		form.Fields = append(form.Fields, bot.Input{ID: "part", Label: "Which part?", Value: t.nextPart(f), Options: []bot.Option{
			{Value: string(content.IT), Label: "IT support's part"},
			{Value: string(content.Security), Label: "Security's part"},
			{Value: shared, Label: "All of it"},
		}})
	}
	form.Fields = append(form.Fields,
		bot.Input{ID: "user", Label: "Who takes care of it?", Hint: "They get one message: what is to be done, why, and by when", Pick: bot.PickPerson, Optional: true},
		bot.Input{ID: "outside", Label: "Or somebody outside, such as your IT provider?", Hint: "A name. You tell them yourself; I give you the text", Max: maxName, Optional: true},
		bot.Input{ID: "due", Label: "By when?", Hint: schedule.DayCanBeTyped, Value: t.usualTime(id), Max: 40})
	return []bot.Effect{bot.Open{Form: form}}
}

// notNow stands on a task that is settled, where somebody wanted to change
// it.
const notNow = "It is settled at the moment, so nothing was changed. Open it again first."

// nextPart is the part that has nobody yet.
func (t *turn) nextPart(f company.Fix) string {
	switch {
	case f.Parts[shared].Name != "":
		return shared
	case f.Parts[string(content.IT)].Name != "":
		return string(content.Security)
	}
	return string(content.IT)
}

// usualTime is what a form proposes, by how much work it is.
func (t *turn) usualTime(id string) string {
	switch t.lib.Questions[id].Effort {
	case 3:
		return "in three months"
	case 2:
		return "in a month"
	}
	return "in two weeks"
}

// give gives a part of a task to whoever a form names.
func (t *turn) give(id string, f company.Fix) []bot.Effect {
	if !f.ToDo(t.event.Now) {
		return bot.Respond(t.task(id, f, notNow))
	}
	side, p, why := t.filled(f)
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	was := f.Parts[side]
	same := was.Name != "" && was.User == p.User && (p.User != "" || was.Name == p.Name) && was.Done.IsZero() && was.Unreached == ""
	if same && was.Due.Equal(p.Due) {
		return bot.Respond(t.task(id, f, prose.Sentence(t.called(was))+" had it already, with that day. Nothing was sent twice."))
	}
	var effects []bot.Effect
	if same {
		p.Given, p.By, p.Asker, p.Card, p.Moved = was.Given, was.By, was.Asker, was.Card, t.event.Now
	} else {
		effects = t.displace(id, &f, side)
	}
	f.Parts = with(f.Parts, side, p)
	t.put(id, f)
	if p.Card != "" {
		effects = append(effects, t.show(id, side, f))
	}
	return append(effects, bot.Audit{Verb: "gave", Object: "fix " + id}, bot.Answer{View: t.given(id, side, f, same)})
}

// filled is what a form says: which part, who and by when; and what is not
// right yet, by field.
func (t *turn) filled(f company.Fix) (side string, p company.Part, why map[string]string) {
	v, chosen := t.event.Values, t.event.Picked["user"]
	why = map[string]string{}
	if side = f.Side; f.Side == shared {
		side = v["part"]
		if !slices.Contains([]string{string(content.IT), string(content.Security), shared}, side) {
			why["part"] = "Please choose one."
		}
	}
	p = company.Part{Name: prose.Plain(v["outside"], maxName), Given: t.event.Now, By: t.event.From.ID, Asker: name(t.event.From), Zone: t.event.From.Zone}
	switch picked := v["user"] != "" || chosen.ID != ""; {
	case picked && p.Name != "":
		why["outside"] = "Please choose somebody here or write a name, not both."
	case picked && (chosen.ID == "" || chosen.Affiliation != bot.Home):
		why["user"] = "Please choose somebody who works here, or write the name of somebody outside."
	case picked:
		p.User, p.Name = chosen.ID, named(chosen.Name)
		if p.User != t.event.From.ID {
			p.Card = company.NewID(t.event)
		}
	case p.Name == "":
		why["user"] = "Please choose somebody, or write the name of somebody outside."
	}
	due, wrong := t.day(v["due"], mostAhead)
	if wrong != "" {
		why["due"] = wrong
	}
	p.Due = due
	return side, p, why
}

// displace takes a part from whoever has it, and whatever overlaps with it.
func (t *turn) displace(id string, f *company.Fix, side string) []bot.Effect {
	var effects []bot.Effect
	was := f.Parts
	f.Parts = maps.Clone(was)
	for _, other := range sorted(was) {
		if other != side && side != shared && other != shared {
			continue
		}
		p := was[other]
		delete(f.Parts, other)
		if p.Card != "" && p.Unreached == "" {
			effects = append(effects, bot.Show{Key: key(id, other, p.Card), To: bot.To(p.User), View: t.gone(id)})
		}
	}
	return effects
}

// given tells what happens now.
func (t *turn) given(id, side string, f company.Fix, same bool) bot.View {
	p := f.Parts[side]
	v := bot.View{Title: prose.Sentence(t.called(p)) + " has it: " + t.title(id)}
	if word := partWord(side, f); word != "" {
		v.Title += " (" + word + ")"
	}
	by := "By " + prose.Day(p.Due) + ". "
	switch {
	case p.User == t.event.From.ID:
		v.Title = "You have it: " + t.title(id)
		v.Blocks = append(v.Blocks, bot.Say(by+t.lib.Command+" fixes shows it."))
	case p.User == "":
		v.Blocks = append(v.Blocks, bot.Say(by+"I wrote to nobody: copy this and send it. On that day I tell you to ask them."), bot.Copy(t.letter(id, p)))
	case same:
		v.Blocks = append(v.Blocks, bot.Say(by+"Their message shows the new day."))
	default:
		v.Blocks = append(v.Blocks, bot.Say(by+"I've sent them one message: what is to be done and why. I ask once more when the day comes. You hear when they say it is done, need another day, or can't."))
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("The list", bot.Do("fixes", "list")), bot.Press("Look at it", bot.Do("fixes", "open", id))))
	return v
}

// letter is a task as a text to send.
func (t *turn) letter(id string, p company.Part) string {
	text := "Could you take care of this by " + prose.Day(p.Due) + ", please?\n" + prose.Sentence(t.title(id))
	for i, step := range t.steps(id) {
		text += fmt.Sprintf("\n%d. %s", i+1, step)
	}
	return text + "\nPlease tell me when it is done and how you saw it, or what is in the way."
}

// takeBack takes a task from everybody who has it.
func (t *turn) takeBack(id string, f company.Fix) []bot.Effect {
	if !f.ToDo(t.event.Now) || t.nobody(f) {
		return bot.Respond(t.task(id, f, ""))
	}
	effects := t.displace(id, &f, shared)
	t.put(id, f)
	return append(effects, bot.Audit{Verb: "took back", Object: "fix " + id}, bot.Answer{View: t.task(id, f, "Nobody has it now.")})
}
