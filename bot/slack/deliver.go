package slack

import (
	"context"
	"errors"
	"strings"

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
	Markdown bool      `json:"mrkdwn"`
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
	if team := p.people.me.team(); team != "" && post.Tenant != tenant(team) {
		return "", &bot.Outcome{Permanent: true, Blameless: true, Reason: "the bot is not connected to this company", Err: errElsewhere}
	}
	if post.File != nil && post.To.User != "" {
		post.To = bot.To(post.To.User) // what one person alone sees in a channel holds no files
	}
	text, blocks := Render(post.View)
	m := message{Channel: post.To.Channel, Thread: post.To.Thread, Text: text, Blocks: blocks}
	switch {
	case post.Edit != "" && post.File == nil:
		return p.edit(ctx, m, post)
	case post.To.Channel != "" && post.To.User != "":
		m.User = post.To.User
		if err := p.web.call(ctx, post.Tenant, "chat.postEphemeral", m, nil); !outside(err) {
			return "", err
		}
		m = message{Text: text, Blocks: blocks} // they asked where the bot is no member
	}
	if m.Channel != "" {
		if err := p.ownChannel(ctx, post); err != nil {
			return "", err
		}
	}
	if m.Channel == "" {
		if post.Home && p.people.isGuest(ctx, post.Tenant, post.To.User) {
			return "", bot.ToGuest()
		}
		var err error
		if m.Channel, err = p.people.directMessages(ctx, post.Tenant, post.To.User); err != nil {
			return "", err
		}
		if post.Key == "" && post.File == nil {
			m.Blocks = passed(m.Blocks, post.ID)
		}
	}
	return p.post(ctx, m, post)
}

// ownChannel refuses what everybody in a channel would read where people of
// another company are among them, whatever it was when the post was wished
// for. While Slack does not say, nothing is posted.
func (p *Platform) ownChannel(ctx context.Context, post bot.Post) error {
	room, err := p.places.ask(ctx, post.Tenant, post.To.Channel)
	if err == nil && room.Kind == bot.Shared {
		return &bot.Outcome{Permanent: true, Reason: "people of other companies can read that channel", Err: errShared}
	}
	return err
}

var errShared = errors.New("slack: the channel is shared with another company")

var errElsewhere = errors.New("slack: the post is for another workspace")

// post sends a message, and before it the file that belongs to it: where the
// message is found, the file is there too.
func (p *Platform) post(ctx context.Context, m message, post bot.Post) (string, error) {
	m.Metadata = &metadata{postType, payload{post.ID}}
	if post.Again {
		ts, found, err := p.find(ctx, m, post)
		if err != nil {
			return "", err
		}
		if found {
			return m.Channel + ":" + ts, nil
		}
	}
	if err := p.shareOnce(ctx, m, post); err != nil {
		return "", err
	}
	var sent struct {
		Channel string `json:"channel"`
		TS      string `json:"ts"`
	}
	if err := p.web.call(ctx, post.Tenant, "chat.postMessage", m, &sent); err != nil {
		return "", err
	}
	return sent.Channel + ":" + sent.TS, nil
}

func (p *Platform) edit(ctx context.Context, m message, post bot.Post) (string, error) {
	m.Channel, m.TS, _ = strings.Cut(post.Edit, ":")
	m.Thread = ""
	return post.Edit, p.web.call(ctx, post.Tenant, "chat.update", m, nil)
}
