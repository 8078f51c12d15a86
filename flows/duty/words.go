package duty

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

const needsOwner = "needs an owner"

// state says what is known of a duty.
func state(d company.Duty, now time.Time) string {
	switch {
	case !d.Owned():
		return needsOwner
	case d.Fresh(now):
		return "confirmed " + prose.ShortDay(d.Since)
	case d.State == company.Asked:
		return "assumed: nobody has confirmed (asked " + prose.ShortDay(d.Since) + ")"
	}
	return "assumed: nobody has confirmed"
}

// who names those of a duty, for an owner.
func (t *turn) who(d company.Duty) string {
	text := named(t.m.Parties[d.Does])
	if p, ok := t.m.Parties[d.Deputy]; ok {
		text += "; deputy " + named(p)
	}
	if p, ok := t.m.Parties[d.Answers]; ok {
		text += "; " + p.Name + " answers for it"
	}
	return text
}

// named is a party as it stands in a sentence.
func named(p company.Party) string {
	switch {
	case p.Name == "":
		return "somebody whose name is not saved"
	case p.Phone != "":
		return p.Name + ", " + p.Phone
	case p.User == "" && p.Email != "":
		return p.Name + ", " + p.Email
	}
	return p.Name
}

// seenBy says who may see how to reach a party.
func seenBy(s company.Shown) string {
	switch s {
	case company.InEmergencies:
		return "people here see how to reach them in emergencies only"
	case company.ToOwners:
		return "only the owners see how to reach them"
	}
	return "everybody here sees how to reach them"
}

// apart joins titles, which have commas of their own, the first most of them.
func apart(titles []string, most int) string {
	if len(titles) > most+1 {
		titles = append(slices.Clone(titles[:most]), fmt.Sprintf("and %d more", len(titles)-most))
	}
	return strings.Join(titles, " · ")
}

// mostOptions a menu holds; Slack takes 100.
const mostOptions = 90

// pick makes menus of any number of options.
func pick(prompt string, options []bot.Button) []bot.Block {
	var all []bot.Block
	for len(options) > 0 {
		n := min(len(options), mostOptions)
		all = append(all, bot.Pick(prompt, options[:n]...))
		options, prompt = options[n:], "More:"
	}
	return all
}
