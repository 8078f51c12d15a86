package duty

import (
	"fmt"
	"maps"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// introduction says why people are asked, what, who sees it, and who they
// are, before anybody is.
func (t *turn) introduction() bot.View {
	if len(t.m.Duties) == 0 {
		return bot.View{
			Title: "Nobody is named yet, so there is nobody to ask",
			Blocks: []bot.Block{
				bot.Say("First say who handles what. Nobody is asked before you press the button here."),
				bot.Row(bot.Button{Label: "Assign", Action: bot.Do("duty", "assign"), Main: true}),
			},
		}
	}
	if !t.m.Introduced.IsZero() {
		return t.introduced()
	}
	v := bot.View{
		Title: "Ask the people you named whether they agree?",
		Blocks: []bot.Block{
			{Fields: &bot.Fields{Items: []bot.Field{
				{Name: "Why", Value: "people know whom to turn to, and nobody is surprised by being named"},
				{Name: "What is asked", Value: "one message each, with their duties: yes or not me. Accepting means: ask me first. It is no guarantee"},
				{Name: "Who sees it", Value: "people here see the name and whether they said yes. A no shows as \"" + needsOwner + "\", without a name"},
				{Name: "Who is asked now", Value: t.toAsk()},
				{Name: "Later", Value: "whoever you assign after this is asked too, and everybody again after a year"},
			}}},
		},
	}
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Button{Label: "Ask them", Action: bot.Do("duty", "introduced"), Main: true},
		bot.Press("Not yet", bot.Do("duty", "map"))))
	return t.withYes(v)
}

// toAsk names the people who would be asked, with how many duties.
func (t *turn) toAsk() string {
	n := map[string]int{}
	for _, d := range t.m.Duties {
		if d.State == company.Assumed && d.Owned() && !outside(t.m.Parties[d.Does]) {
			n[d.Does]++
		}
	}
	var names []string
	for _, id := range t.parties() {
		if n[id] > 0 {
			names = append(names, fmt.Sprintf("%s (%s)", t.m.Parties[id].Name, prose.Count(n[id], "duty", "duties")))
		}
	}
	if len(names) == 0 {
		return "nobody: channels and companies outside are not asked"
	}
	return prose.AndMore(names, 12)
}

// introduced is for an owner who has pressed the button before.
func (t *turn) introduced() bot.View {
	v := bot.View{Title: "You introduced it on " + prose.Day(t.m.Introduced)}
	var silent []string
	for _, id := range t.parties() {
		if slices.ContainsFunc(t.m.Of(id), func(duty string) bool {
			return t.m.Duties[duty].Does == id && t.m.Duties[duty].State == company.Asked
		}) {
			silent = append(silent, t.m.Parties[id].Name)
		}
	}
	if len(silent) > 0 {
		v.Blocks = append(v.Blocks, bot.Say("Asked and not answered yet: "+prose.AndMore(silent, 8)+". They may be busy: a kind word helps more than another message from me."))
	}
	v.Blocks = append(v.Blocks, bot.Say("Whoever you assign now is asked ten minutes later, in one message. After a year everybody is asked again."),
		bot.Row(bot.Press("Assign", bot.Do("duty", "assign")), bot.Press("The map", bot.Do("duty", "map"))))
	return t.withYes(v)
}

// withYes adds the menu by which an owner notes the yes of those who cannot
// press a button here.
func (t *turn) withYes(v bot.View) bot.View {
	var options []bot.Button
	for _, id := range slices.Sorted(maps.Keys(t.m.Duties)) {
		if t.canTell(id) {
			options = append(options, bot.Press(prose.Label(t.m.Parties[t.m.Duties[id].Does].Name+": "+inside(t.title(id))), bot.Do("duty", "told", id)))
		}
	}
	v.Blocks = append(v.Blocks, pick("Channels and companies outside are not asked. Did one tell you yes?", options)...)
	return v
}

// canTell reports whether an owner can note a yes: it is nobody who could
// say so here, and it is not noted yet.
func (t *turn) canTell(id string) bool {
	d := t.m.Duties[id]
	return d.Owned() && outside(t.m.Parties[d.Does]) && !d.Fresh(t.event.Now)
}

// introduce asks everybody who is named. Pressed again it asks nobody twice.
func (t *turn) introduce() []bot.Effect {
	if len(t.m.Duties) == 0 || !t.m.Introduced.IsZero() {
		return bot.Respond(t.introduction())
	}
	t.m.Introduced, t.m.By = t.event.Now, t.event.From.Name
	effects, users := t.askAll()
	var names []string
	for _, user := range users {
		names = append(names, t.m.Parties[t.m.PartyOf(user)].Name)
	}
	said := "Nobody is named who could answer here, so nobody was asked. Whoever you assign from now on is asked."
	if len(names) > 0 {
		said = "I asked " + prose.AndMore(names, mostAsked) + ". The map shows a date for each yes; where somebody says no, you hear that it " + needsOwner + "."
	}
	if t.toAskLater() {
		said += " The others are asked in ten minutes."
	}
	kept := t.keep()
	return append(effects, kept, bot.Audit{Verb: "introduced", Object: "responsibility map"}, bot.Answer{View: t.withYes(bot.View{
		Title:  "Introduced",
		Blocks: []bot.Block{bot.Say(said), bot.Row(bot.Press("The map", bot.Do("duty", "map")), bot.Press("Assign another", bot.Do("duty", "assign")))},
	})})
}

func (t *turn) toAskLater() bool {
	for _, d := range t.m.Duties {
		if t.waits(d) {
			return true
		}
	}
	return false
}

// told notes the yes of a channel or of somebody outside.
func (t *turn) told(id string) []bot.Effect {
	if !t.canTell(id) {
		return bot.Respond(t.assign(id))
	}
	d := t.m.Duties[id]
	d.State, d.Since, d.By = company.Confirmed, t.event.Now, t.event.From.ID
	t.m.Duties[id] = d
	kept := t.keep()
	return append(t.wakes(), kept, bot.Audit{Verb: "confirmed", Object: "duty " + id}, bot.Answer{View: bot.View{
		Title: "Noted: " + t.title(id) + " is confirmed",
		Blocks: []bot.Block{
			bot.Say(t.who(d) + " · " + state(d, t.event.Now) + ". In a year I ask you whether it still is so."),
			bot.Row(bot.Press("Assign another", bot.Do("duty", "assign")), bot.Press("The map", bot.Do("duty", "map"))),
		},
	}})
}
