package handoff

import (
	"cmp"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// Target is a person or a channel that a note goes to; with neither it is
// somebody outside, who is phoned or written to.
type Target struct {
	Name    string `json:"name"`
	User    string `json:"user,omitempty"`
	Channel string `json:"channel,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
}

func (x Target) outside() bool { return x.User == "" && x.Channel == "" }

func (x Target) address() bot.Address { return bot.Address{User: x.User, Channel: x.Channel} }

// targets lists who can get a note about a topic, in the order in which they
// are asked: whoever has the duty, the deputy, the owners. What is urgent
// begins with the incident contact and goes to people alone.
func (t *turn) targets(n Note) []Target {
	m, _ := company.Maps.Get(t.d, company.MapID)
	contacts, _ := company.ContactsOf.Get(t.d, company.ContactsID)
	var all []Target
	add := func(x Target) {
		known := slices.ContainsFunc(all, func(y Target) bool {
			return x.User != "" && x.User == y.User || x.Channel != "" && x.Channel == y.Channel
		})
		if x.Name == "" || known || x.User == t.event.From.ID || n.Urgent && x.Channel != "" {
			return
		}
		all = append(all, x)
	}
	if i := contacts.Incident; n.Urgent && n.Topic != noAnswer {
		add(Target{Name: i.Name, User: i.User, Phone: i.Phone})
	}
	d, _ := m.Find(t.duties(n)...)
	if d.Owned() {
		add(t.target(m.Parties[d.Does], n))
	}
	add(t.target(m.Parties[d.Deputy], n))
	unnamed := company.TheOwner
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	for _, id := range t.owners.Of(t.d, t.event) {
		before := len(all)
		add(Target{Name: cmp.Or(roles.People[id].Name, unnamed), User: id})
		if len(all) > before && all[before].Name == unnamed {
			unnamed = company.AnotherOwner
		}
	}
	return all
}

// target is a party, with its number as far as the asker may see it.
func (t *turn) target(p company.Party, n Note) Target {
	x := Target{Name: p.Name, User: p.User, Channel: p.Channel}
	if p.Shown == company.ToStaff || p.Shown == company.InEmergencies && n.Urgent || t.event.From.Owner() {
		x.Phone, x.Email = p.Phone, p.Email
	}
	return x
}

// duties are the ids under which somebody may have a topic, the closest first.
func (t *turn) duties(n Note) []string {
	topic, ok := t.lib.Topic(n.Topic)
	if !ok {
		return []string{n.Topic}
	}
	return company.Levels(topic.ID, string(topic.Side), topic.Urgency == content.Emergency)
}

// reachable are those of the targets that have a place in chat.
func reachable(all []Target) []Target {
	var here []Target
	for _, x := range all {
		if !x.outside() {
			here = append(here, x)
		}
	}
	return here
}
