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
	known *facts[bot.PlaceKind]
}

// placeFor is short: a channel that was just shared with another company
// must soon be treated so.
const placeFor = time.Minute

func newPlaces(w *web) *places { return &places{w, newFacts[bot.PlaceKind](placeFor, placeFor)} }

// kind is who reads along in a channel. One that cannot be looked up may be
// shared with other companies.
// https://docs.slack.dev/apis/slack-connect
func (k *places) kind(ctx context.Context, tenant, channel string) bot.PlaceKind {
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	kind, err := k.ask(ctx, tenant, channel)
	if err != nil {
		return bot.Shared
	}
	return kind
}

// ask is kind for those who can wait: an error says why it is not known.
func (k *places) ask(ctx context.Context, tenant, channel string) (bot.PlaceKind, error) {
	if channel == "" || strings.HasPrefix(channel, "D") {
		return bot.Direct, nil
	}
	if kind, ok := k.known.recall(tenant + "/" + channel); ok {
		return kind, nil
	}
	var answer struct {
		Channel conversation `json:"channel"`
	}
	if err := k.web.call(ctx, tenant, "conversations.info", url.Values{"channel": {channel}}, &answer); err != nil {
		return bot.Shared, err
	}
	kind := answer.Channel.kind()
	k.known.keep(tenant+"/"+channel, kind)
	return kind, nil
}

// conversation is what Slack says of one. What it leaves out is nil.
// https://docs.slack.dev/reference/objects/conversation-object
type conversation struct {
	Direct  bool  `json:"is_im"`
	Ext     *bool `json:"is_ext_shared"`
	Org     bool  `json:"is_org_shared"`
	Shared  *bool `json:"is_shared"`
	Pending bool  `json:"is_pending_ext_shared"`
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
