package teams

import (
	"cmp"
	"context"
	"strings"

	"secadvisor/bot"
)

// person is who sent an activity: known by the Entra object id, at home if
// Teams says that they are a user of the organisation, and foreign as long as
// nobody says so. Who has no such id, as guests of a meeting, keeps that of
// Teams: only timers come from nobody.
func (p *Platform) person(ctx context.Context, a activity, at place) bot.Person {
	at.Conversation = a.channel() // Teams tells of no members of a thread
	m, sure := p.lookUp(ctx, at, a.From.ID)
	from := bot.Person{ID: strings.ToLower(a.From.AadObjectID), Name: bot.OneLine(a.From.Name), Zone: a.zone(), Unsure: !sure}
	if from.ID == "" {
		from.ID = strings.ToLower(m.object())
	}
	if from.Name == "" {
		from.Name = bot.OneLine(m.Name)
	}
	from.Affiliation = m.affiliation(a.Conversation.TenantID)
	if from.ID == "" {
		from.ID, from.Affiliation = a.From.ID, bot.Foreign
	}
	if p.config.NoAuth {
		from.Affiliation, from.Unsure = bot.Home, false
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

// isGuest reports whether whoever a post is for is a guest for certain: while
// Teams does not say, they are not.
func (p *Platform) isGuest(ctx context.Context, at place, post bot.Post) bool {
	m, _ := p.lookUp(ctx, at, cmp.Or(at.User, post.To.User))
	return !p.config.NoAuth && m.affiliation(strings.TrimPrefix(post.Tenant, "teams.")) == bot.Guest
}

// lookUp asks Teams about somebody. Where it does not answer, nothing is sure.
func (p *Platform) lookUp(ctx context.Context, at place, user string) (m member, sure bool) {
	key := at.Bot + "/" + user
	if m, ok := p.people.get(key, p.now()); ok {
		return m, true
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	m, err := p.calls.member(ctx, at, user)
	if err != nil {
		p.log.Warn("Teams does not say who somebody is", "err", err)
		return member{}, bot.OutcomeOf(err).Permanent
	}
	p.people.keep(key, m, p.now().Add(memoFor))
	return m, true
}
