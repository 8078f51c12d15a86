package teams

import (
	"context"
	"errors"
	"strings"

	"secadvisor/bot"
)

var errNoReach = errors.New("teams: nothing is known of how to reach them")

// Deliver posts or edits. See bot.Platform. A receipt is the id of the
// conversation and of the activity.
func (p *Platform) Deliver(ctx context.Context, post bot.Post) (string, error) {
	at, known := placeOf(post.Reach)
	if !known || !p.speaks(at.Bot, post.Tenant) {
		at, known = p.door(post.Tenant)
	}
	if !known || !p.Serves(post.Tenant) {
		return "", &bot.Outcome{Permanent: true, Reason: "they have not opened the bot in Teams yet", Err: errNoReach}
	}
	on := screen{key: post.Key, user: at.User}
	if post.To.User != "" {
		on.in = post.To.Channel
	}
	d := draw(post.View, on)
	if post.File == nil {
		d.fit()
	} else if err := p.attach(d, post); err != nil {
		return "", err
	}
	c := d.card()
	if conversation, id, edits := strings.Cut(post.Edit, "|"); edits {
		at.Conversation = conversation
		if post.To.User == "" {
			if err := p.own(ctx, at, post.Tenant); err != nil {
				return "", err
			}
		}
		return post.Edit, p.calls.update(ctx, at, id, c)
	}
	at, err := p.open(ctx, at, post)
	if err != nil {
		return "", err
	}
	if post.Home && p.isGuest(ctx, at, post) {
		return "", bot.ToGuest()
	}
	id, err := p.calls.post(ctx, at, c)
	return at.Conversation + "|" + id, err
}

// door is where an organisation's Teams was last heard from, or where every
// organisation's is; it names no conversation.
func (p *Platform) door(tenant string) (place, bool) {
	if at, ok := p.doors.get(tenant, p.now()); ok {
		at.Conversation, at.User = "", ""
		return at, true
	}
	for _, b := range p.config.Bots {
		if strings.EqualFold("teams."+b.Tenant, tenant) {
			return place{Service: p.config.home(), Bot: b.AppID, BotID: "28:" + b.AppID}, true
		}
	}
	return place{}, false
}

// open finds the conversation of a post: with one person it is made where it
// is not known, and a channel's must be read by this company alone.
func (p *Platform) open(ctx context.Context, at place, post bot.Post) (place, error) {
	switch {
	case post.To.User == "":
		at.Conversation = post.To.Channel
		return at, p.own(ctx, at, post.Tenant)
	case at.User != "" && at.Conversation != "":
		return at, nil
	case at.User == "":
		at.User = post.To.User // Teams takes the id in Entra, too
	}
	return p.calls.direct(ctx, at, at.User, strings.TrimPrefix(post.Tenant, "teams."))
}

// speaks reports whether a bot is that of a company.
func (p *Platform) speaks(appID, tenant string) bool {
	b, ours := p.config.bot(appID)
	return p.config.NoAuth || ours && strings.EqualFold("teams."+b.Tenant, tenant)
}

// own refuses a channel that others read, whoever read it before. While Teams
// does not say, nothing is posted.
func (p *Platform) own(ctx context.Context, at place, tenant string) error {
	room, err := p.room(ctx, at, tenant)
	if err == nil && room.Kind != bot.Channel {
		return &bot.Outcome{Permanent: true, Reason: "people of other companies can read that channel", Err: errShared}
	}
	return err
}

var errShared = errors.New("teams: the channel may be shared")

// Pace tells how fast Teams may be written to: 7 messages a second in a
// conversation and 1,800 an hour, 50 a second in an organisation. See bot.Paced.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
func (p *Platform) Pace() bot.Pace { return bot.Pace{Company: 25, Conversation: 0.5} }
