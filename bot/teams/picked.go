package teams

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"secadvisor/bot"
)

// picked is what Teams says of the people and channels that were chosen in a
// form. The values become the ids that the company's data are kept by.
func (p *Platform) picked(ctx context.Context, at place, e bot.Event, form *bot.Form, values map[string]string) map[string]bot.Picked {
	if form == nil {
		return nil
	}
	all := map[string]bot.Picked{}
	for _, in := range form.Fields {
		said := strings.TrimSpace(values[in.ID])
		switch {
		case said == "":
		case in.Pick == bot.PickPerson:
			all[in.ID] = p.pickedPerson(ctx, at, e.Tenant, said)
		case in.Pick == bot.PickChannel:
			all[in.ID] = p.pickedChannel(ctx, at, e, said)
		}
		if one := all[in.ID]; one.ID != "" {
			values[in.ID] = one.ID
		}
	}
	return all
}

func (p *Platform) pickedPerson(ctx context.Context, at place, tenant, id string) bot.Picked {
	m, sure := p.anybody(ctx, at, tenant, id)
	one := bot.Picked{ID: strings.ToLower(m.object()), Name: bot.OneLine(m.Name), Affiliation: m.affiliation(strings.TrimPrefix(tenant, "teams.")), Unsure: !sure}
	if p.config.NoAuth && one.ID != "" {
		one.Affiliation = bot.Home
	}
	return one
}

// anybody is somebody of the conversation or, as Teams tells of nobody else
// there, of their own one with the bot. Who has not installed the app has none.
func (p *Platform) anybody(ctx context.Context, at place, tenant, id string) (m member, sure bool) {
	if m, sure = p.lookUp(ctx, at, id); !sure || m.object() != "" {
		return m, sure
	}
	own, err := p.calls.direct(ctx, at, id, strings.TrimPrefix(tenant, "teams."))
	if err != nil {
		p.log.Warn("somebody who was chosen cannot be reached", "tenant", tenant, "err", err)
		return member{}, bot.OutcomeOf(err).Permanent
	}
	return p.lookUp(ctx, own, id)
}

func (p *Platform) pickedChannel(ctx context.Context, at place, e bot.Event, link string) bot.Picked {
	id, name, ok := channelOf(link)
	switch {
	case !strings.EqualFold(link, here):
	case e.Place.Unsure:
		return bot.Picked{ID: link, Room: bot.Room{Unsure: true}}
	case e.Place.Kind != bot.Direct:
		id, ok = e.Place.Channel, true
	}
	if !ok {
		return bot.Picked{ID: link}
	}
	at.Conversation = id
	room := p.readers(ctx, at, e.Tenant)
	if room.Name = name; name == "" {
		room.Name = "that channel"
	}
	return bot.Picked{ID: id, Name: room.Name, Room: room}
}

// here stands for the channel or group chat in which a form was asked for: a
// group chat has no link.
const here = "here"

// channelForm is how Teams names channels, in mostChannel bytes at most: a
// pattern that counts so far takes 200 KB.
var channelForm = regexp.MustCompile(`^19:[\w.-]+@thread\.(tacv2|skype|v2)$`)

const mostChannel = 220

func isChannel(id string) bool { return len(id) <= mostChannel && channelForm.MatchString(id) }

// channelOf reads a link to a channel, as Teams gives it to be copied:
// https://teams.microsoft.com/l/channel/19%3A...%40thread.tacv2/IT%20help?groupId=...
func channelOf(link string) (id, name string, ok bool) {
	link = strings.TrimSpace(link)
	if isChannel(link) {
		return link, "", true
	}
	u, err := url.Parse(link)
	if err != nil {
		return "", "", false
	}
	_, rest, found := strings.Cut(u.Path, "/l/channel/")
	id, name, _ = strings.Cut(rest, "/")
	return id, cut(bot.OneLine(name), maxTitle), found && isChannel(id)
}
