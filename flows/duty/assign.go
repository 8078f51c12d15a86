package duty

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// assign is where an owner chooses what to give, or to whom.
func (t *turn) assign(id string) bot.View {
	if s, ok := t.subject(id); ok {
		return t.card(s)
	}
	return t.choose()
}

// choose offers the groups first: few answers reach every topic.
func (t *turn) choose() bot.View {
	v := bot.View{
		Title:  "What do you want to assign?",
		Blocks: []bot.Block{bot.Say("Start with the groups: four answers reach every topic. A topic that has somebody of its own goes to them instead.")},
	}
	var some []bot.Button
	for _, g := range groups {
		some = append(some, bot.Press(g.title, bot.Do("duty", "assign", g.id)))
	}
	some[0].Main = true
	var single []bot.Button
	all := t.coverage()
	for _, s := range sides {
		if len(of(all, s.side)) > 0 {
			single = append(single, bot.Press("One of the "+s.duties, bot.Do("duty", "topics", string(s.side))))
		}
	}
	v.Blocks = append(v.Blocks, bot.Row(some...), bot.Row(append(single, bot.Press("The map", bot.Do("duty", "map")))...))
	return v
}

// topics offers the topics of a side, those without an owner first.
func (t *turn) topics(side content.Side) bot.View {
	all := of(t.coverage(), side)
	if len(all) == 0 {
		return t.choose()
	}
	duties, _ := dutiesOf(side)
	v := bot.View{Title: "Which of the " + duties + "?"}
	var options []bot.Button
	for _, c := range all {
		has := needsOwner
		if c.duty.Owned() {
			has = t.m.Parties[c.duty.Does].Name
		}
		options = append(options, bot.Press(prose.Label(c.title+" · "+has), bot.Do("duty", "assign", c.id)))
	}
	v.Blocks = append(pick("Those without an owner come first.", options), bot.Row(bot.Press("Groups", bot.Do("duty", "assign")), bot.Press("The map", bot.Do("duty", "map"))))
	return v
}

// find looks for the topic that an owner typed.
func (t *turn) find(text string) bot.View {
	wanted := plain(text)
	var found []subject
	for _, s := range append(groups[:], t.all()...) {
		if s.id == text || plain(s.title) == wanted || plain(s.id) == wanted {
			return t.assign(s.id)
		}
		if mentions(plain(s.title)+" "+plain(s.id), wanted) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return t.assign(found[0].id)
	}
	v := t.choose()
	if len(found) == 0 {
		v.Title = "I have no topic of that name. Which do you want to assign?"
		return v
	}
	v = bot.View{Title: "Which do you mean?"}
	var options []bot.Button
	for _, s := range found {
		options = append(options, bot.Press(prose.Label(s.title), bot.Do("duty", "assign", s.id)))
	}
	v.Blocks = append(pick("Several topics have these words.", options), bot.Row(bot.Press("Back", bot.Do("duty", "assign"))))
	return v
}

// plain is a text as words in lower case, without a plural s.
func plain(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" -.,:;?!'\"", r) })
	for i, w := range words {
		if len(w) > 3 {
			words[i] = strings.TrimSuffix(w, "s")
		}
	}
	return strings.Join(words, " ")
}

// mentions reports whether a text has every one of the words, of which there
// is at least one.
func mentions(text, words string) bool {
	has := strings.Fields(text)
	for w := range strings.FieldsSeq(words) {
		if !slices.Contains(has, w) {
			return false
		}
	}
	return words != ""
}

// card says who has something now, and gives it to somebody.
func (t *turn) card(s subject) bot.View {
	v := bot.View{Title: "Who handles it: " + s.title, Blocks: []bot.Block{bot.Say(t.whoNow(s))}}
	buttons := []bot.Button{
		{Label: "A person here", Action: bot.Do("duty", "who", s.id, aPerson), Main: true},
		bot.Press("A channel here", bot.Do("duty", "who", s.id, aChannel)),
		bot.Press("A company outside", bot.Do("duty", "who", s.id, aCompany)),
	}
	if d, ok := t.m.Duties[s.id]; ok {
		if t.canTell(s.id) {
			buttons = append(buttons, bot.Press("They told me yes", bot.Do("duty", "told", s.id)))
		}
		take := "Take it away"
		if !d.Owned() {
			take = "Forget this"
		}
		buttons = append(buttons, bot.Press(take, bot.Do("duty", "clear", s.id)))
	}
	if len(buttons) < 5 {
		buttons = append(buttons, bot.Press("Back", bot.Do("duty", "assign")))
	}
	v.Blocks = append(v.Blocks, bot.Row(buttons...))
	var saved []bot.Button
	for _, id := range t.parties() {
		saved = append(saved, bot.Press(prose.Label(named(t.m.Parties[id])), bot.Do("duty", "who", s.id, aSaved, id)))
	}
	return bot.View{Title: v.Title, Gist: v.Title + ". " + t.whoNow(s), Blocks: append(v.Blocks, pick("Somebody who is saved already, also to change a detail:", saved)...)}
}

// parties lists who is saved, in order of name.
func (t *turn) parties() []string {
	var ids []string
	for id := range t.m.Parties {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return strings.Compare(strings.ToLower(t.m.Parties[a].Name)+a, strings.ToLower(t.m.Parties[b].Name)+b)
	})
	return ids
}

// clear takes something from whoever has it.
func (t *turn) clear(id string) []bot.Effect {
	s, ok := t.subject(id)
	d, had := t.m.Duties[id]
	if !ok || !had {
		return bot.Respond(t.assign(id))
	}
	delete(t.m.Duties, id)
	t.prune(d)
	kept := t.keep()
	return []bot.Effect{
		kept,
		bot.Audit{Verb: "cleared", Object: "duty " + id},
		bot.Answer{View: bot.View{
			Title: "Taken off the map: " + s.title,
			Blocks: []bot.Block{
				bot.Say(t.whoNow(s)),
				bot.Row(bot.Press("Give it to somebody", bot.Do("duty", "assign", id)), bot.Press("The map", bot.Do("duty", "map"))),
			},
		}},
	}
}
