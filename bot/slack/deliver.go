package slack

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"secadvisor/bot"
)

// message is what chat.postMessage and its kin take. slack-go's own type
// always writes a metadata object, which Slack's types refuse when empty.
type message struct {
	Channel  string    `json:"channel"`
	User     string    `json:"user,omitempty"` // of an ephemeral one
	TS       string    `json:"ts,omitempty"`   // of the message to edit
	Thread   string    `json:"thread_ts,omitempty"`
	Text     string    `json:"text"`
	Blocks   []block   `json:"blocks"`
	Metadata *metadata `json:"metadata,omitempty"`
	Unfurl   bool      `json:"unfurl_links"`
	Media    bool      `json:"unfurl_media"`
}

// metadata marks a message with the outbox id that it came from, so that it
// can be found again. https://docs.slack.dev/messaging/message-metadata
type metadata struct {
	Type    string  `json:"event_type"`
	Payload payload `json:"event_payload"`
}

type payload struct {
	ID string `json:"id"`
}

const postType = "secadvisor_post"

// Deliver posts or edits. See bot.Platform. A receipt is channel:timestamp.
func (p *Platform) Deliver(ctx context.Context, post bot.Post) (string, error) {
	channel := post.To.Channel
	if channel == "" {
		var err error
		if channel, err = p.people.directMessages(ctx, post.To.User); err != nil {
			return "", err
		}
	}
	text, blocks := Render(post.View)
	m := message{Channel: channel, Thread: post.To.Thread, Text: text, Blocks: blocks}
	switch {
	case post.Edit != "":
		return p.edit(ctx, m, post.Edit)
	case post.To.Channel != "" && post.To.User != "":
		m.User = post.To.User
		return "", p.web.call(ctx, "chat.postEphemeral", m, nil)
	}
	m.Metadata = &metadata{postType, payload{post.ID}}
	if post.Again {
		if ts, err := p.find(ctx, channel, post.ID); err != nil || ts != "" {
			return channel + ":" + ts, err
		}
	}
	var sent struct {
		Channel string `json:"channel"`
		TS      string `json:"ts"`
	}
	if err := p.web.call(ctx, "chat.postMessage", m, &sent); err != nil {
		return "", err
	}
	return sent.Channel + ":" + sent.TS, nil
}

func (p *Platform) edit(ctx context.Context, m message, receipt string) (string, error) {
	m.Channel, m.TS, _ = strings.Cut(receipt, ":")
	m.Thread = ""
	return receipt, p.web.call(ctx, "chat.update", m, nil)
}

// lookBack is how many messages are searched for one that may have arrived:
// the order of a conversation makes it the latest of ours.
const lookBack = "30"

// find looks for the message of an outbox id; empty: it is not there, or the
// bot may not read the history. Where Slack does not tell, nothing may be
// posted yet.
func (p *Platform) find(ctx context.Context, channel, id string) (ts string, err error) {
	var history struct {
		Messages []struct {
			TS       string   `json:"ts"`
			Metadata metadata `json:"metadata"`
		} `json:"messages"`
	}
	err = p.web.call(ctx, "conversations.history", url.Values{
		"channel": {channel}, "limit": {lookBack}, "include_all_metadata": {"true"},
	}, &history)
	switch o := bot.OutcomeOf(err); {
	case err == nil:
	case o.Permanent:
		p.log.Warn("a message that may have arrived cannot be looked for", "err", err)
		return "", nil
	case o.After > 0:
		return "", err
	default:
		return "", &bot.Outcome{After: 2 * time.Second, Err: err}
	}
	for _, m := range history.Messages {
		if m.Metadata.Type == postType && m.Metadata.Payload.ID == id {
			return m.TS, nil
		}
	}
	return "", nil
}

// memo remembers what something is called, for as long as the process lives.
type memo struct {
	mu   sync.Mutex
	have map[string]string
}

// maxMemo bounds it; beyond, it starts anew.
const maxMemo = 20000

func (m *memo) get(key string) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.have[key]
	return v, ok
}

func (m *memo) put(key, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.have == nil || len(m.have) > maxMemo {
		m.have = map[string]string{}
	}
	m.have[key] = value
}

// Tenant is the company that the bot token belongs to.
func (p *Platform) Tenant(ctx context.Context) (string, error) {
	c, err := p.people.self(ctx)
	if err != nil {
		return "", err
	}
	return tenant(c.Team), nil
}

// Ready reports whether Slack answers and knows the bot.
func (p *Platform) Ready(ctx context.Context) error {
	_, err := p.people.self(ctx)
	return err
}

func tenant(team string) string { return "slack." + team }

// hopeless are refusals that only a person can mend.
var hopeless = []string{"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired", "not_allowed_token_type", "link_disabled"}

// denied reports whether a call failed because Slack does not know the
// token: waiting does not help.
func denied(err error) bool {
	var refused *apiError
	return errors.As(err, &refused) && slices.Contains(hopeless, refused.code)
}
