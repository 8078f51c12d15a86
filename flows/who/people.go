package who

import (
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// records are the documents that answers are made of.
func records(bot.Event) []string {
	return []string{
		company.ContactsOf.Key(company.ContactsID),
		company.Maps.Key(company.MapID),
		company.Taughts.Key(company.TaughtID),
	}
}

// duty is who handles a topic here: the topic's own, then that of its group.
func (t *turn) duty(topic content.Topic) company.Duty {
	d, _ := t.people.Find(company.Levels(topic.ID, string(topic.Side), topic.Urgency == content.Emergency)...)
	return d
}

// reachable is a party and how to reach it, as far as this person may know: a
// guest sees the name alone.
func (t *turn) reachable(p company.Party, urgent bool) string {
	if t.event.From.Affiliation != bot.Home {
		return p.Name
	}
	text := p.Name
	if t.mayReach(p, urgent) {
		if p.Phone != "" {
			text += ", " + p.Phone
		} else if p.Email != "" {
			text += ", " + p.Email
		}
		if p.Hours != "" {
			text += ", " + p.Hours
		}
	}
	return text
}

func (t *turn) mayReach(p company.Party, urgent bool) bool {
	return p.Shown == company.ToStaff || p.Shown == company.InEmergencies && urgent || t.event.From.Owner()
}

// does says who does a duty, and how sure that is.
func (t *turn) does(d company.Duty) string {
	text := t.reachable(t.people.Parties[d.Does], false) + " (" + sure(d, t.event.Now) + ")"
	if p, ok := t.people.Parties[d.Deputy]; ok {
		text += "; when they are away, " + t.reachable(p, false)
	}
	if p, ok := t.people.Parties[d.Answers]; ok {
		text += "; " + p.Name + " answers for it"
	}
	return text
}

func sure(d company.Duty, now time.Time) string {
	if d.Fresh(now) {
		return "confirmed " + prose.ShortDay(d.Since)
	}
	return "assumed: nobody has confirmed"
}

// line lists whom to phone in an emergency, in order: the incident contact,
// the security partner, whoever has the duty, the IT provider, the deputy.
// Foreigners learn nothing; guests learn names; numbers that are for
// emergencies stand in urgent answers only.
func (t *turn) line(topic content.Topic) []company.Contact {
	from := t.event.From.Affiliation
	if from != bot.Home && from != bot.Guest {
		return nil
	}
	var all []company.Contact
	add := func(c company.Contact) {
		if from == bot.Guest {
			c.Phone = ""
		}
		c.Note = ""
		i := slices.IndexFunc(all, func(known company.Contact) bool { return same(known, c) })
		switch {
		case c.Name == "" && c.Phone == "":
		case i < 0:
			all = append(all, c)
		case all[i].Phone == "":
			all[i].Phone = c.Phone
		}
	}
	add(t.contacts.Incident)
	party := func(p company.Party) {
		c := company.Contact{Name: p.Name, User: p.User}
		if t.mayReach(p, topic.Urgency == content.Emergency) {
			c.Phone = p.Phone
		}
		add(c)
	}
	d := t.duty(topic)
	for _, p := range t.whoAre(func(p company.Party) bool { return p.Partner }) {
		party(p)
	}
	if d.Owned() {
		party(t.people.Parties[d.Does])
	}
	for _, p := range t.whoAre(func(p company.Party) bool { return p.Provider }) {
		party(p)
	}
	party(t.people.Parties[d.Deputy])
	return callable(all)
}

// same reports whether two entries are one person: a second number of
// somebody outside stays.
func same(known, c company.Contact) bool {
	if known.User != "" && c.User != "" {
		return known.User == c.User
	}
	return strings.EqualFold(known.Name, c.Name) && (known.Phone == c.Phone || known.Phone == "" || c.Phone == "")
}

// callable moves those who have a number before those who have not.
func callable(all []company.Contact) []company.Contact {
	slices.SortStableFunc(all, func(a, b company.Contact) int {
		switch {
		case a.Phone != "" && b.Phone == "":
			return -1
		case a.Phone == "" && b.Phone != "":
			return 1
		}
		return 0
	})
	return all
}

// whoAre lists the parties of a kind, in order of id.
func (t *turn) whoAre(kind func(company.Party) bool) []company.Party {
	var ids []string
	for id, p := range t.people.Parties {
		if kind(p) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	all := make([]company.Party, len(ids))
	for i, id := range ids {
		all[i] = t.people.Parties[id]
	}
	return all
}
