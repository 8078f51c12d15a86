package fixes

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// task is one task, for owners, with what can be done about it. Note stands
// on top where something is to be said.
func (t *turn) task(id string, f company.Fix, note string) bot.View {
	q := t.lib.Questions[id]
	v := bot.View{Title: prose.Sentence(t.title(id)) + " · " + t.state(f)}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	for _, text := range []string{note, back(f, t.event.Now), q.Why} {
		if text != "" {
			add(bot.Say(text))
		}
	}
	add(bot.Block{Fields: &bot.Fields{Items: t.facts(f)}})
	for _, words := range t.written(f) {
		add(bot.Say(words))
	}
	if steps := t.steps(id); len(steps) > 0 && f.ToDo(t.event.Now) {
		add(bot.Head("How"), bot.Steps(steps...))
	}
	if q.ManagementDecides && f.ToDo(t.event.Now) {
		add(bot.Small("Here the decision is yours first; then others can act."))
	}
	add(bot.Row(t.buttons(id, f)...))
	return v
}

// state is how far a task is, in a few words.
func (t *turn) state(f company.Fix) string {
	switch f.At(t.event.Now) {
	case company.FixPlanned:
		if f.Overdue(t.event.Now) {
			return "planned, overdue"
		}
		return "planned"
	case company.FixDone:
		return "said to be done"
	case company.FixAccepted:
		return "accepted until " + prose.Day(f.Accepted.Until)
	case company.FixClosed:
		return "mended"
	}
	if f.Overdue(t.event.Now) {
		return "open, overdue"
	}
	return "open"
}

func (t *turn) facts(f company.Fix) []bot.Field {
	facts := []bot.Field{{Name: "Who fixes it", Value: content.Side(f.Side).Word()}, {Name: "Who has it", Value: t.who(f)}}
	if usual := t.usual(f.Side); usual != "" && t.nobody(f) {
		facts[1].Value += "; on your map, " + usual
	}
	switch f.At(t.event.Now) {
	case company.FixDone:
		facts = append(facts, bot.Field{Name: "Said to be done", Value: "on " + prose.Day(f.Done.At) + "; the next answer confirms it, or opens it again"})
	case company.FixClosed:
		facts = append(facts, bot.Field{Name: "Mended", Value: "the answer of " + prose.Day(f.Closed) + " no longer shows it"})
	default:
		if p, ok := t.lib.Pack(f.Pack); ok {
			facts = append(facts, bot.Field{Name: "Found by", Value: p.Title + ", answer of " + prose.Day(f.Seen)})
		}
	}
	return facts
}

// written is what people wrote about a task: the latest word of each.
func (t *turn) written(f company.Fix) []string {
	var all []string
	for _, side := range partsOf(f) {
		p := f.Parts[side]
		switch {
		case p.Note == "" || p.Note == f.Done.Note && p.User == f.Done.By:
		case p.Declined != "":
			all = append(all, prose.Quoted(p.Declined, p.Note))
		default:
			all = append(all, prose.Quoted(p.Name, p.Note))
		}
		if p.Unreached != "" {
			all = append(all, "My message to "+p.Name+" did not arrive: "+p.Unreached+".")
		}
	}
	if f.Done.Note != "" {
		all = append(all, prose.Quoted(f.Done.Name+", "+prose.Day(f.Done.At), f.Done.Note))
	}
	if f.At(t.event.Now) == company.FixAccepted {
		all = append(all, prose.Quoted(f.Accepted.Name+", "+prose.Day(f.Accepted.At), f.Accepted.Reason))
	}
	return all
}

func (t *turn) buttons(id string, f company.Fix) []bot.Button {
	do := func(verb string) bot.Action { return bot.Do("fixes", verb, id) }
	list := bot.Press("The list", bot.Do("fixes", "list"))
	switch f.At(t.event.Now) {
	case company.FixDone:
		return []bot.Button{bot.Press("Check again now", bot.Do("assess", "start", f.Pack)), bot.Press("Open again", do("reopen")), list}
	case company.FixAccepted:
		return []bot.Button{bot.Press("Done", do("done")), bot.Press("Accept it longer", do("accept")), bot.Press("Open again", do("reopen")), list}
	case company.FixClosed:
		return []bot.Button{bot.Press("Open again", do("reopen")), list}
	}
	buttons := []bot.Button{{Label: "Give it to somebody", Action: do("give"), Main: t.nobody(f)}}
	if f.State == company.FixPlanned {
		buttons = append(buttons, bot.Press("Not planned any more", do("reopen")))
	} else {
		buttons = append(buttons, bot.Press("Planned", do("plan")))
	}
	buttons = append(buttons, bot.Press("Done", do("done")), bot.Press("Accept the risk", do("accept")), list)
	if !t.nobody(f) {
		buttons = append(buttons, bot.Behind("Take it back", do("take")))
	}
	return buttons
}

// nobody reports whether nobody has any part of it.
func (t *turn) nobody(f company.Fix) bool {
	for _, p := range f.Parts {
		if p.Name != "" {
			return false
		}
	}
	return true
}

// usual is who looks after a side here, by the map of the company; empty:
// nobody is known.
func (t *turn) usual(side string) string {
	m, _ := company.Maps.Get(t.d, company.MapID)
	d, _ := m.Find("group." + side)
	if !d.Owned() {
		return ""
	}
	return strings.TrimSpace(m.Parties[d.Does].Name)
}
