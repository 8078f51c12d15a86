package who

import (
	"strconv"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

const actNow = "Act now · "

// urgent shows steps to the asker and, because an answer in a channel can
// vanish with the network, keeps them in their direct messages too: one post
// there, edited as they find their case. saved is the id of that post, empty
// for the first card.
func (t *turn) urgent(saved string, card func(saved string) bot.View) []bot.Effect {
	from, direct := t.event.From, t.event.Place.Kind == bot.Direct
	if from.Affiliation != bot.Home && (direct && saved == "" || from.Affiliation == bot.Foreign) {
		return bot.Respond(card(""))
	}
	if direct && saved == "" {
		return append(bot.Respond(card("")), t.askLater()...)
	}
	if saved == "" {
		saved = company.NewID(t.event)
	}
	view := card(saved)
	show := bot.Show{Key: "who/" + saved, To: bot.To(from.ID), View: view}
	if direct {
		return append(t.askLater(), show)
	}
	return append([]bot.Effect{bot.Answer{View: view}, show}, t.askLater()...)
}

// common is for somebody whose case is not known yet: the steps that all
// cases share, and a button for each.
func (t *turn) common(topic content.Topic, saved string) bot.View {
	v := bot.View{
		Tone:   bot.Urgent,
		Title:  actNow + topic.Title,
		Blocks: []bot.Block{bot.Steps(t.fillAll(topic.Steps)...)},
	}
	v.Blocks = append(v.Blocks, t.phones(topic, topic.Steps)...)
	if len(topic.Avoid) > 0 {
		v.Blocks = append(v.Blocks, bot.Small(t.fill(strings.Join(topic.Avoid, " "))))
	}
	v.Blocks = append(v.Blocks, bot.Say("Which is closest?"), row(t.others(topic, "", saved)...))
	return t.withGist(v, topic.Steps)
}

// oneCase shows what to do in one case.
func (t *turn) oneCase(topic content.Topic, id, saved string) []bot.Effect {
	c, ok := topic.Case(id)
	if !ok {
		return t.topic(topic, saved, nil)
	}
	return t.urgent(saved, func(saved string) bot.View { return t.steps(topic, c, saved) })
}

// already answers somebody who has done something already, above the steps.
func (t *turn) already(topic content.Topic, id, which, saved string) []bot.Effect {
	c, _ := topic.Case(id)
	i, err := strconv.Atoi(which)
	if err != nil || i < 0 || i >= len(c.Already) {
		return t.oneCase(topic, id, saved)
	}
	return t.urgent(saved, func(saved string) bot.View {
		v := t.steps(topic, c, saved)
		said := bot.Say(c.Already[i].Said + ": " + t.fill(c.Already[i].Do))
		v.Blocks = append([]bot.Block{said}, v.Blocks...)
		v.Gist = said.Text.Body
		return v
	})
}

func (t *turn) steps(topic content.Topic, c content.Case, saved string) bot.View {
	v := bot.View{Tone: bot.Urgent, Title: actNow + c.Title, Blocks: make([]bot.Block, 0, 12)}
	if c.OtherDevice {
		v.Blocks = append(v.Blocks, bot.Say("Open this on your phone, or photograph it: the first step cuts this computer off."))
	}
	steps := make([]string, 0, len(c.Steps))
	for _, s := range c.Steps {
		if s.Country == "" || s.Country == t.lib.Country {
			steps = append(steps, s.Do)
		}
	}
	v.Blocks = append(v.Blocks, bot.Steps(t.fillAll(steps)...))
	v.Blocks = append(v.Blocks, t.phones(topic, steps)...)
	v.Blocks = append(v.Blocks, bot.Say(t.fill(c.Reassure)))
	for _, r := range c.Reporting {
		if r.Country == t.lib.Country && r.Country != "" {
			v.Blocks = append(v.Blocks, bot.Small(t.fill(r.Text)))
		}
	}
	v.Blocks = append(v.Blocks, row(t.others(topic, c.ID, saved)...))
	already := make([]bot.Button, 0, len(c.Already))
	for i, a := range c.Already {
		already = append(already, bot.Press(a.Said, bot.Do("who", "already", topic.ID, c.ID, strconv.Itoa(i), saved)))
	}
	if len(already) > 0 {
		v.Blocks = append(v.Blocks, bot.Pick("I already did something:", already...))
	}
	return t.withGist(v, steps)
}

// others leads to the other cases, and away from this emergency.
func (t *turn) others(topic content.Topic, except, saved string) []bot.Button {
	buttons := append(make([]bot.Button, 0, len(topic.Cases)+4), t.calledButton(topic, except)...)
	for _, c := range topic.Cases {
		if c.ID != except {
			buttons = append(buttons, bot.Press(c.Button, bot.Do("who", "case", topic.ID, c.ID, saved)))
		}
	}
	buttons = append(buttons, bot.Press("Not this", bot.Do("who", "not", topic.ID)))
	buttons = append(buttons, t.cannotPhone(topic, except)...)
	return append(append(buttons, t.saveContact()...), t.noNumber()...)
}

// phones says whom to phone, and who is next if nobody answers.
func (t *turn) phones(topic content.Topic, steps []string) []bot.Block {
	var all []bot.Block
	if line := t.reach(steps); line != "" {
		all = append(all, bot.Say(line))
	}
	if people := t.line(topic); len(people) > 1 && people[1].Phone != "" {
		all = append(all, bot.Say("No answer? Then "+people[1].Name+", "+people[1].Phone+"."))
	}
	return all
}

// reach says whom to phone where the steps do not, and what to do where no
// number can be shown.
func (t *turn) reach(steps []string) string {
	switch {
	case t.callee().Phone != "" && strings.Contains(strings.Join(steps, " "), "{incident_contact}"):
		return ""
	case t.callee().Phone != "":
		return "Saved to phone in an emergency: " + t.named() + "."
	case t.event.From.Unsure:
		return "I can't tell just now whether you belong to this company, so I show no number: phone or walk to whoever looks after its computers, and ask me once more in a moment."
	case t.event.From.Affiliation == bot.Foreign:
		return "I show this company's numbers to its own people only: phone or walk to your contact there."
	case t.known():
		return "I have no number to show you: walk to " + t.named() + ", or ask anybody here to phone them."
	case t.event.From.Owner():
		return "Nobody is saved to call: phone or walk to " + whoever + ". Save a name and number afterwards, and everybody sees it here."
	}
	return "Nobody is saved to call: phone or walk to " + whoever + ", then the owner."
}

// withGist gives a notification the title and the first step.
func (t *turn) withGist(v bot.View, steps []string) bot.View {
	if len(steps) > 0 {
		v.Gist = v.Title + ": " + t.fill(steps[0])
	}
	return v
}
