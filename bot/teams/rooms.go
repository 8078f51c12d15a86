package teams

import (
	"context"
	"strings"

	"secadvisor/bot"
)

// Room tells who can read a channel. See bot.Directory.
func (p *Platform) Room(ctx context.Context, tenant, channel, reach string) (bot.Room, error) {
	at, ok := placeOf(reach)
	if !ok || !p.speaks(at.Bot, tenant) {
		at, ok = p.door(tenant)
	}
	if !ok {
		return bot.Room{}, nil
	}
	at.Conversation = channel
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	room, err := p.room(ctx, at, tenant)
	if bot.OutcomeOf(err).Permanent {
		return bot.Room{}, nil
	}
	return room, err
}

// readers is who can read a channel, asked again after a while. What Teams
// does not tell is the least trusted.
func (p *Platform) readers(ctx context.Context, at place, tenant string) bot.Room {
	key := tenant + "/" + at.Conversation
	if room, ok := p.rooms.get(key, p.now()); ok {
		return room
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	room, err := p.room(ctx, at, tenant)
	if err != nil {
		p.log.Warn("Teams does not say who can read a channel", "tenant", tenant, "err", err)
		return bot.Room{Unsure: !bot.OutcomeOf(err).Permanent}
	}
	p.rooms.keep(key, room, p.now().Add(memoFor))
	return room
}

// room asks Teams who can read a channel.
func (p *Platform) room(ctx context.Context, at place, tenant string) (bot.Room, error) {
	all, more, err := p.calls.members(ctx, at)
	if err != nil {
		return bot.Room{}, err
	}
	room := bot.Room{Name: "this channel", Kind: bot.Channel, People: len(all)}
	if more {
		room.People = 0
	}
	if more || len(all) == 0 { // somebody reads it of whom Teams did not tell
		room.Kind = bot.Shared
	}
	for _, m := range all {
		if !p.config.NoAuth && !strings.EqualFold("teams."+m.Tenant, tenant) {
			room.Kind = bot.Shared
		}
	}
	return room, nil
}
