package remind

import (
	"cmp"
	"maps"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// mostListed is how many schedules are read: those that are stopped are kept,
// too.
const mostListed = 200

// rows is how many reminders are listed with their own buttons; more are
// chosen from a menu.
const rows = 4

// active reads the schedules that still remind, the next first. What was done
// elsewhere in the meantime is closed in what it returns.
func (t *turn) active() (ids []string, all map[string]company.Schedule, mended []bot.Effect) {
	all = map[string]company.Schedule{}
	for _, id := range company.Schedules.List(t.d, "", mostListed) {
		if !t.load(id) || !t.s.Active() {
			continue
		}
		mended = append(mended, t.mend()...)
		all[id] = t.caughtUp()
		ids = append(ids, id)
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		return cmp.Or(next(all[a]).Compare(next(all[b])), cmp.Compare(a, b))
	})
	return ids, all, mended
}

// all lists the reminders of a company for an owner, with what can be done
// about each.
func (t *turn) all() []bot.Effect {
	ids, all, mended := t.active()
	if len(ids) == 0 {
		return bot.Respond(bot.View{
			Title:  "No reminder is set",
			Blocks: []bot.Block{bot.Say("I can ask you again, so that it doesn't rest on your memory."), t.rhythms(content.QuickCheck, ""), t.others()},
		})
	}
	v := bot.View{Title: prose.Sentence(prose.Count(len(ids), "reminder is", "reminders are")) + " set"}
	var lines []string
	var options []bot.Button
	for _, id := range ids {
		t.id, t.s = id, all[id]
		if len(ids) <= rows {
			v.Blocks = append(v.Blocks, bot.Say(t.line()), bot.Row(
				bot.Press("Change", bot.Do("remind", "form", id)), bot.Press("How it went", bot.Do("remind", "open", id)), bot.Press("Stop reminding", t.act("stop"))))
			continue
		}
		lines = append(lines, t.line())
		options = append(options, bot.Press(prose.Label(t.title(t.s)), bot.Do("remind", "open", id)))
	}
	if len(lines) > 0 {
		v.Blocks = append(v.Blocks, bot.Points(lines...), bot.Pick("Look at one, to change or stop it", options...))
	}
	v.Blocks = append(v.Blocks, t.others(), bot.Row(bot.Press("How did they go?", bot.Do("remind", "status")), bot.Press("Three months on one page", bot.Do("remind", "sheet"))))
	return append(mended, bot.Answer{View: v})
}

// line is one reminder in a list.
func (t *turn) line() string {
	text := t.title(t.s) + ", " + t.s.Rule.String() + ", " + t.toWhom() + "."
	if at := t.comes(); !at.IsZero() {
		text += " Next on " + spelled(at, t.s.Rule.Zone) + "."
	}
	return text + t.standing()
}

// toWhom says who gets it.
func (t *turn) toWhom() string {
	switch {
	case t.s.About == company.OfFixes:
		return "to everybody who owes something"
	case t.s.To.Channel != "":
		return "in " + t.s.Name
	case t.s.To.User == t.event.From.ID:
		return "to you"
	}
	return "to " + t.s.Name
}

// standing says what is waited for, and what went wrong.
func (t *turn) standing() string {
	text := ""
	if t.s.Waits.Open() && t.s.Snoozed.IsZero() && len(t.s.Waits.Asked) > 0 {
		text += " Unanswered since " + t.day(t.s.Waits.Asked[0].At, t.s.Rule.Zone) + "."
	}
	if slices.Contains(t.s.Out, t.s.To.User) {
		text += " " + prose.Sentence(t.s.Name) + " doesn't want to be asked, so it goes to the next."
	}
	switch {
	case !t.s.Paused.IsZero():
		text += " Nothing is sent there any more since " + t.day(t.s.Paused, t.s.Rule.Zone) + ": " + t.s.Failed + "."
	case t.onItsWay():
		text += " It has not arrived yet: there was no answer, so I try again."
	case t.s.Failed != "":
		text += " I couldn't deliver the last one: " + t.s.Failed + "."
	}
	return text
}

// others offers whatever else somebody can be reminded of.
func (t *turn) others() bot.Block {
	var options []bot.Button
	for _, p := range t.lib.Packs {
		options = append(options, bot.Press(prose.Label(p.Title), bot.Do("remind", "offer", p.ID)))
	}
	for _, s := range subjects {
		options = append(options, bot.Press(prose.Label(s.about.Word()), bot.Do("remind", "offer", string(s.about))))
	}
	options = append(options, bot.Press("Something else, in your words", bot.Do("remind", "form", string(company.OfCustom))))
	return bot.Pick("Remind me of", options...)
}

// one is a single reminder, with what can be done about it.
func (t *turn) one() []bot.Effect {
	if !t.load(t.event.Action.Arg(0)) || !t.s.Active() {
		return t.all()
	}
	t.s = t.caughtUp()
	v := bot.View{Title: t.title(t.s), Blocks: []bot.Block{bot.Say(t.line())}}
	if past := t.past(); len(past) > 0 {
		v.Blocks = append(v.Blocks, bot.Head("How it went"), bot.Points(past...))
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("Change", bot.Do("remind", "form", t.id)), bot.Press("Stop reminding", t.act("stop")), bot.Press("All reminders", bot.Do("remind", "list"))))
	return bot.Respond(v)
}

// past are the latest dates, the latest first, with what was written.
func (t *turn) past() []string {
	var lines []string
	for _, o := range slices.Backward(t.s.Past) {
		if o.How == company.WasReplaced || len(lines) == rows {
			continue
		}
		line := "Due on " + t.day(o.Due, t.s.Rule.Zone) + ": " + ending(o, t.day(o.At, t.s.Rule.Zone))
		if o.Note != "" {
			line += ", " + prose.Quoted(o.Name, o.Note)
		}
		lines = append(lines, line)
	}
	return lines
}

// ending says how a date ended, and on which day.
func ending(o company.Outcome, on string) string {
	switch o.How {
	case company.WasDone:
		return "done on " + on
	case company.WasSkipped:
		return "skipped"
	case company.WasNothing:
		return "there was nothing to do"
	case company.WasMissed:
		return "missed: this bot was not running"
	}
	return "not answered"
}

// mine is what somebody is reminded of who is no owner.
func (t *turn) mine() []bot.Effect {
	ids, all, mended := t.active()
	v := bot.View{Title: "What I remind you of"}
	for _, id := range ids {
		t.id, t.s = id, all[id]
		i := t.mineAt()
		out := slices.Contains(t.s.Out, t.event.From.ID)
		if !out && t.s.To.User != t.event.From.ID && (i < 0 || !t.s.Waits.Open() || t.s.Waits.Asked[i].Left) {
			continue
		}
		text := t.title(t.s) + ", " + t.s.Rule.String() + "."
		if out {
			v.Blocks = append(v.Blocks, bot.Say(text+" You don't want to be asked."), bot.Row(bot.Press("Remind me again", t.act("in"))))
			continue
		}
		v.Blocks = append(v.Blocks, bot.Say(text))
		if i >= 0 && t.s.Waits.Open() && t.s.About != company.OfFixes {
			v.Blocks = append(v.Blocks, bot.Row(bot.Press("Done", t.act("done")), bot.Press("In a week", t.act("snooze", "7")), bot.Behind("Don't remind me of this", t.act("out"))))
		}
	}
	if len(v.Blocks) == 0 {
		v = bot.View{Title: "I remind you of nothing", Blocks: []bot.Block{bot.Say("Owners set what people are reminded of. An assessment is an owner's own.")}}
	}
	v.Blocks = append(v.Blocks, t.oftenness()...)
	if away := t.attention().People[t.event.From.ID].Away; away.After(t.now()) {
		v.Blocks = append(v.Blocks, bot.Say("You are away until "+t.day(away, zoneOf(t.event.From))+", so I ask you nothing."), bot.Row(bot.Press("I'm back", bot.Do("remind", "back"))))
	} else {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("I'm away", bot.Do("remind", "away"))))
	}
	return append(mended, bot.Answer{View: v})
}

func sortedKeys[T any](all map[string]T) []string { return slices.Sorted(maps.Keys(all)) }
