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

// room is who reads along in a channel, its name, and how many are in it.
func (k *places) room(ctx context.Context, tenant, channel string) bot.Room {
	room, err := k.patiently(ctx, tenant, channel)
	room.Unsure = err != nil
	return room
}

// patiently asks again where Slack failed, while there is time. What Slack
// refuses to tell may be shared with other companies.
// https://docs.slack.dev/apis/slack-connect
func (k *places) patiently(ctx context.Context, tenant, channel string) (bot.Room, error) {
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	var room bot.Room
	err := again(ctx, func() (err error) {
		room, err = k.ask(ctx, tenant, channel)
		return err
	})
	if refused(err) || bot.OutcomeOf(err).Permanent {
		return bot.Room{}, nil
	}
	return room, err
}

// ask asks once: an error says why a channel is not known.
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
	return p.places.patiently(ctx, tenant, channel)
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
