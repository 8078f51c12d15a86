package emergency

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// give asks before the card is sent to its people.
func (t *turn) give() []bot.Effect {
	names := t.people()
	if len(names) == 0 {
		return bot.Respond(bot.View{
			Title:  "Nobody on the card is here in chat",
			Blocks: []bot.Block{bot.Say("Say who they are with each number, then I can send it to them."), bot.Row(bot.Press("Emergency numbers", bot.Do("emergency", "numbers")))},
		})
	}
	var list []string
	for _, p := range names {
		list = append(list, p.name)
	}
	return bot.Respond(bot.View{
		Title: "Send the card as a file to " + prose.And(prose.Alike(list, company.AnotherOwner, "other owners")) + "?",
		Blocks: []bot.Block{
			bot.Say("They can print it or keep it on a phone: it works when everything here is down. It holds the names and numbers that are saved."),
			bot.Row(bot.Button{Label: "Send it", Action: bot.Do("emergency", "hand-out"), Main: true}, bot.Press("The card", bot.Do("emergency", "card"))),
		},
	})
}

// handOut sends the card to everybody on it and to the owners.
func (t *turn) handOut() []bot.Effect {
	effects := []bot.Effect{bot.Audit{Verb: "shared", Object: "emergency card"}}
	handed := company.Handed{ID: company.NewID(t.event), By: t.event.From.ID}
	for _, p := range t.people() {
		handed.To = append(handed.To, company.Receiver{User: p.user})
		effects = append(effects, bot.Send{Key: cardKey + handed.ID, To: bot.To(p.user), File: bot.Do("emergency", "card"), View: bot.View{
			Title:  "The emergency card of your company",
			Blocks: []bot.Block{bot.Say("From " + t.event.From.Name + ". Print it, or keep it on your phone: it works when everything here is down. Throw the older one away.")},
		}})
	}
	t.contacts.Handed = handed
	company.ContactsOf.Put(t.d, company.ContactsID, t.contacts)
	sent := fmt.Sprintf("Sent to %d people", len(handed.To))
	if len(handed.To) == 1 {
		sent = "Sent to one person"
	}
	return append(effects, bot.Tell(sent, "If it does not reach somebody, I tell you.")...)
}

// person is somebody who gets the card.
type person struct{ user, name string }

// people are those whom the card names and who are here, and the owners, each
// once.
func (t *turn) people() []person {
	var all []person
	add := func(user, name string) {
		if user != "" && !slices.ContainsFunc(all, func(p person) bool { return p.user == user }) {
			all = append(all, person{user, name})
		}
	}
	for _, k := range kinds {
		if !k.onCard {
			continue
		}
		c := *k.of(&t.contacts)
		add(c.User, c.Name)
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	owners := append(t.owners.Of(t.d, t.event), t.event.From.ID) // the terminal's owner stands in no record
	slices.Sort(owners)
	unnamed := company.TheOwner
	for _, owner := range owners {
		if owner == t.event.From.ID {
			add(owner, "you")
			continue
		}
		before := len(all)
		add(owner, cmp.Or(roles.People[owner].Name, unnamed))
		if len(all) > before && all[before].name == unnamed {
			unnamed = company.AnotherOwner
		}
	}
	return all
}

// file makes the card as a text that every device can show.
func (f flow) file(d *bot.Docs, _ bot.Action, now time.Time) (bot.File, error) {
	c, _ := company.ContactsOf.Get(d, company.ContactsID)
	t := &turn{flow: f, d: d, event: bot.Event{Now: now}, contacts: c}
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\r\n") }
	line("EMERGENCY CARD, as of " + prose.Day(now))
	line("")
	line(t.bank())
	line("")
	for i, step := range t.lines() {
		line(fmt.Sprintf("%d. %s", i+1, step))
	}
	if all := changes(c, now); len(all) > 0 {
		line("")
		for _, change := range all {
			line(change)
		}
	}
	return bot.File{Name: "emergency-card.txt", Type: "text/plain; charset=utf-8", Body: []byte(b.String())}, nil
}
