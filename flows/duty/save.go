package duty

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// save gives something to whoever a form names.
func (t *turn) save(id, kind, party string) []bot.Effect {
	s, ok := t.subject(id)
	if _, saved := t.m.Parties[party]; !ok || kind == aSaved && !saved {
		return bot.Respond(t.assign(id))
	}
	p, why := t.filled(kind, party)
	deputy := t.person("deputy", p, why)
	answers := t.person("answers", p, why)
	if kind == aSaved && p.Channel != "" && t.d.Room(p.Channel).Kind != bot.Channel {
		return bot.Respond(t.sharedNow(s, p))
	}
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	old := t.m.Duties[id]
	does := t.m.Enter(p)
	t.m.Parties[does] = p
	d := company.Duty{Does: does, Deputy: t.enter(deputy, old.Deputy, does), Answers: t.enter(answers, old.Answers, does), Since: t.event.Now, By: t.event.From.ID}
	switch {
	case old.Does == does && old.State != company.Declined:
		d.State, d.Since, d.By = old.State, old.Since, old.By
	case p.User == t.event.From.ID:
		d.State = company.Confirmed // whoever takes it for themselves has said yes
	}
	if t.m.Duties == nil {
		t.m.Duties = map[string]company.Duty{}
	}
	t.m.Duties[id] = d
	t.prune(old)
	kept := t.keep()
	return append(t.wakes(), kept, bot.Audit{Verb: "assigned", Object: "duty " + id}, bot.Answer{View: t.saved(s, d)})
}

// enter adds somebody and returns their id. Nobody was named: what a form
// cannot show, because it is no person, stays.
func (t *turn) enter(p company.Party, old, does string) string {
	if p.User != "" {
		return t.m.Enter(p)
	}
	if was, ok := t.m.Parties[old]; ok && outside(was) && old != does {
		return old
	}
	return ""
}

// prune forgets those of a duty whom nothing needs any more.
func (t *turn) prune(d company.Duty) {
	for _, id := range []string{d.Does, d.Deputy, d.Answers} {
		t.m.Prune(id)
	}
}

func (t *turn) sharedNow(s subject, p company.Party) bot.View {
	return bot.View{
		Title: "I did not save that: people of other companies may read " + p.Name + " now",
		Blocks: []bot.Block{
			bot.Say("Or I can no longer look into it. Choose a channel that only people of this company read."),
			bot.Row(bot.Press("Choose somebody else", bot.Do("duty", "assign", s.id))),
		},
	}
}

// saved tells what was saved, who sees it, and what comes next.
func (t *turn) saved(s subject, d company.Duty) bot.View {
	p := t.m.Parties[d.Does]
	next := prose.Sentence(seenBy(p.Shown)) + ". "
	buttons := []bot.Button{{Label: "Assign another", Action: bot.Do("duty", "assign"), Main: true}}
	switch {
	case d.Fresh(t.event.Now):
	case outside(p):
		next += "It shows as assumed: nobody has confirmed. Did they say yes to you? Then mark it here."
		buttons = append(buttons, bot.Press("They told me yes", bot.Do("duty", "told", s.id)))
	case t.m.Introduced.IsZero():
		next += "It shows as assumed: nobody has confirmed. Nobody is asked before you introduce it."
	case d.State == company.Asked:
		next += "They have been asked and have not answered yet."
	default:
		next += "I ask " + p.Name + " in ten minutes, together with what you assign until then."
	}
	if t.m.Introduced.IsZero() {
		buttons = append(buttons, bot.Press("Introduce it to IT", bot.Do("duty", "introduce")))
	}
	return bot.View{
		Title:  "Saved: " + s.title,
		Gist:   "Saved: " + s.title + ". " + t.who(d) + ".",
		Blocks: []bot.Block{bot.Say(t.who(d) + " · " + state(d, t.event.Now)), bot.Say(next), bot.Row(append(buttons, bot.Press("The map", bot.Do("duty", "map")))...)},
	}
}
