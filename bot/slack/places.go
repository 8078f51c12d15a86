package slack

import (
	"context"
	"net/url"
	"strings"
	"time"

	"secadvisor/bot"
)

// places knows who reads along in a conversation.
type places struct {
	web   *web
	known *facts[bot.Room]
}

// placeFor is short: a channel that was just shared with another company
// must soon be treated so.
const placeFor = time.Minute

func newPlaces(w *web) *places { return &places{w, newFacts[bot.Room](placeFor, placeFor)} }

// kind is who reads along in a channel. One that cannot be looked up may be
// shared with other companies.
// https://docs.slack.dev/apis/slack-connect
func (k *places) kind(ctx context.Context, tenant, channel string) bot.PlaceKind {
	return k.room(ctx, tenant, channel).Kind
}

// room is kind with the channel's name and how many are in it.
func (k *places) room(ctx context.Context, tenant, channel string) bot.Room {
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	room, err := k.ask(ctx, tenant, channel)
	if err != nil {
		return bot.Room{}
	}
	return room
}

// ask is room for those who can wait: an error says why it is not known.
func (k *places) ask(ctx context.Context, tenant, channel string) (bot.Room, error) {
	if channel == "" || strings.HasPrefix(channel, "D") {
		return bot.Room{Kind: bot.Direct}, nil
	}
	if room, ok := k.known.recall(tenant + "/" + channel); ok {
		return room, nil
	}
	var answer struct {
		Channel conversation `json:"channel"`
	}
	args := url.Values{"channel": {channel}, "include_num_members": {"true"}}
	if err := k.web.call(ctx, tenant, "conversations.info", args, &answer); err != nil {
		return bot.Room{}, err
	}
	room := answer.Channel.room()
	k.known.keep(tenant+"/"+channel, room)
	return room, nil
}

// Room tells of a channel. See bot.Directory.
func (p *Platform) Room(ctx context.Context, tenant, channel, _ string) (bot.Room, error) {
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	return p.places.ask(ctx, tenant, channel)
}

// conversation is what Slack says of one. What it leaves out is nil.
// https://docs.slack.dev/reference/objects/conversation-object
type conversation struct {
	Name    string `json:"name"`
	People  int    `json:"num_members"`
	Direct  bool   `json:"is_im"`
	Ext     *bool  `json:"is_ext_shared"`
	Org     bool   `json:"is_org_shared"`
	Shared  *bool  `json:"is_shared"`
	Pending bool   `json:"is_pending_ext_shared"`
}

func (c conversation) room() bot.Room {
	r := bot.Room{Kind: c.kind(), People: max(c.People, 0)}
	if c.Name != "" {
		r.Name = "#" + line(c.Name)
	}
	return r
}

func (c conversation) kind() bot.PlaceKind {
	switch {
	case c.Direct:
		return bot.Direct
	case c.Ext == nil || *c.Ext || c.Pending:
		return bot.Shared
	case c.Shared == nil || *c.Shared && !c.Org:
		return bot.Shared
	}
	return bot.Channel
}
