package teams

import (
	"context"
	"strings"

	"secadvisor/bot"
)

// person is who sent an activity: known by the Entra object id, at home if
// Teams says that they are a user of the organisation, and foreign as long as
// nobody says so.
func (p *Platform) person(ctx context.Context, a activity, at place) bot.Person {
	m := p.lookUp(ctx, at, a.From.ID)
	from := bot.Person{ID: strings.ToLower(a.From.AadObjectID), Name: line(a.From.Name), Zone: a.zone()}
	if from.ID == "" {
		from.ID = strings.ToLower(m.object())
	}
	if from.Name == "" {
		from.Name = line(m.Name)
	}
	from.Affiliation = m.affiliation(a.Conversation.TenantID)
	if p.config.NoAuth {
		if from.ID == "" {
			from.ID = a.From.ID
		}
		from.Affiliation = bot.Home
	}
	return from
}

func (m member) object() string {
	if m.ObjectID != "" {
		return m.ObjectID
	}
	return m.Object
}

func (m member) affiliation(tenant string) bot.Affiliation {
	switch {
	case m.object() == "" || !strings.EqualFold(m.Tenant, tenant):
		return bot.Foreign
	case m.Role == "guest":
		return bot.Guest
	case m.Role == "user":
		return bot.Home
	}
	return bot.Foreign
}

// lookUp asks Teams about somebody, and remembers it for a while.
func (p *Platform) lookUp(ctx context.Context, at place, user string) member {
	key := at.Bot + "/" + user
	p.mu.Lock()
	k, ok := p.people[key]
	p.mu.Unlock()
	if ok && p.now().Before(k.until) {
		return k.member
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	m, err := p.calls.member(ctx, at, user)
	if err != nil {
		p.log.Warn("Teams does not say who somebody is", "err", err)
		return member{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.people) >= mostPeople {
		p.people = map[string]known{}
	}
	p.people[key] = known{m, p.now().Add(peopleFor)}
	return m
}

// picked is what Teams says of the people that were chosen in a form.
func (p *Platform) picked(ctx context.Context, at place, form *bot.Form, values map[string]string) map[string]bot.Picked {
	if form == nil {
		return nil
	}
	all := map[string]bot.Picked{}
	for _, in := range form.Fields {
		if id := values[in.ID]; in.Pick == bot.PickPerson && id != "" {
			m := p.lookUp(ctx, at, id)
			tenant := ""
			if b, ok := p.config.bot(at.Bot); ok {
				tenant = b.Tenant
			}
			one := bot.Picked{ID: strings.ToLower(m.object()), Name: line(m.Name), Affiliation: m.affiliation(tenant)}
			if p.config.NoAuth && one.ID != "" {
				one.Affiliation = bot.Home
			}
			all[in.ID] = one
			if one.ID != "" {
				values[in.ID] = one.ID
			}
		}
	}
	return all
}

// Room tells who can read a channel. See bot.Directory.
func (p *Platform) room(ctx context.Context, at place, tenant string) (bot.Room, error) {
	all, more, err := p.calls.members(ctx, at)
	if err != nil {
		return bot.Room{}, err
	}
	room := bot.Room{Name: "this channel", Kind: bot.Channel, People: len(all)}
	if more {
		room.People = 0
	}
	for _, m := range all {
		if !p.config.NoAuth && !strings.EqualFold("teams."+m.Tenant, tenant) {
			room.Kind = bot.Shared
		}
	}
	return room, nil
}
