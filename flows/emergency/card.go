package emergency

import (
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// card is for whoever decides, in the order in which things matter.
func (t *turn) card() bot.View {
	v := bot.View{
		Tone:   bot.Urgent,
		Title:  "Emergency card",
		Gist:   "Emergency card. " + t.lines()[0],
		Blocks: []bot.Block{bot.Say(t.bank()), bot.Steps(t.lines()...)},
	}
	for _, line := range changes(t.contacts, t.event.Now) {
		v.Blocks = append(v.Blocks, bot.Small(line))
	}
	buttons := []bot.Button{bot.Press("First steps for what happened", bot.Do("menu", "urgent"))}
	if t.event.From.Owner() {
		buttons = append(buttons,
			bot.Press("Change a number", bot.Do("emergency", "numbers")),
			bot.Press("Give it to its people", bot.Do("emergency", "give")))
	}
	v.Blocks = append(v.Blocks, bot.Row(buttons...))
	return v
}

func (t *turn) bank() string {
	if known(t.contacts.Bank) {
		return "Has money left the company? Then the bank is the first call: " + withNote(t.contacts.Bank) + "."
	}
	return "Has money left the company? Then the bank is the first call: the number on a card or statement."
}

// lines are the steps of the card. What nobody saved says where to find it.
func (t *turn) lines() []string {
	c := t.contacts
	say := func(k company.Contact, with, without string) string {
		if known(k) {
			return fmt.Sprintf(with, withNote(k))
		}
		return without
	}
	leader := c.Leader.Name
	if leader == "" {
		leader = "Whoever leads"
	}
	helper := c.Helper
	if !known(helper) && t.lib.Partner.Name != "" {
		helper = company.Contact{Name: t.lib.Partner.Name, Phone: t.lib.Partner.Contact}
	}
	return []string{
		say(c.Leader, "In charge: %s.", "In charge: nobody is saved. Decide now who leads, and say the name aloud."),
		say(c.Incident, "Talk by phone, in one group outside company mail and chat: somebody may be reading there. First call: %s.",
			"Talk by phone, in one group outside company mail and chat: somebody may be reading there. First call: whoever looks after your computers."),
		"Keep a log on paper: the time, what happened, who did what.",
		"For now nobody wipes, restores or announces anything.",
		say(c.Insurer, "Phone the insurer before you hire or pay anybody: %s. Ask whether this call counts as notice.",
			"Phone the insurer before you hire or pay anybody: the number is on the policy. Ask whether this call counts as notice."),
		say(helper, "Phone those who help: %s.", "Phone somebody who handles such incidents. The insurer often has a name."),
		say(c.Adviser, "Phone your adviser: %s. A legal deadline may be running from the moment somebody noticed. "+leader+" decides, with an adviser; this is not legal advice.",
			"Phone a lawyer or data adviser. A legal deadline may be running from the moment somebody noticed. "+leader+" decides, with an adviser; this is not legal advice."),
		say(c.Police, "Tell the police: %s. Keep the reference.", "Tell the police, and keep the reference."),
		say(c.Voice, "One voice to staff, customers and press: %s. Nobody else answers them.", "Name one person who speaks to staff, customers and press. Nobody else answers them."),
		"Thank whoever reported it.",
	}
}

// changes tells which contacts were changed lately, and by whom: a stranger
// who became an owner would put in numbers of their own.
func changes(c company.Contacts, now time.Time) []string {
	var all []string
	for _, k := range kinds {
		change, ok := c.Changed[k.id]
		if !ok || now.Sub(change.At) > company.ChangeShown {
			continue
		}
		all = append(all, fmt.Sprintf("%s: changed %s by %s.", k.word, ago(now.Sub(change.At)), change.By))
	}
	return all
}

// ago is a span as a person says it.
func ago(d time.Duration) string {
	switch days := int(d.Hours() / 24); days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}
