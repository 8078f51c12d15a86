package slack

import (
	"context"
	"net/url"

	"secadvisor/bot"
)

// lookBack is how many messages are searched for one that may have arrived:
// the order of a conversation makes it the latest of ours.
const lookBack = "100"

// find looks for the message that a post may have become. Where the app may not read the
// history, as in a channel with the scopes of the manifest, it says that
// nothing is there: the message may then stand there twice.
func (p *Platform) find(ctx context.Context, m message, post bot.Post) (ts string, found bool, err error) {
	var history struct {
		Messages []struct {
			TS       string `json:"ts"`
			Metadata struct {
				Type    string `json:"event_type"`
				Payload struct {
					ID any `json:"id"` // other apps put there what they like
				} `json:"event_payload"`
			} `json:"metadata"`
		} `json:"messages"`
	}
	method := "conversations.history"
	args := url.Values{"channel": {m.Channel}, "limit": {lookBack}, "include_all_metadata": {"true"}}
	if m.Thread != "" {
		method = "conversations.replies"
		args.Set("ts", m.Thread)
	}
	err = p.web.call(ctx, post.Tenant, method, args, &history)
	if refused(err) {
		p.log.Warn("a message that may have arrived cannot be looked for", "err", err)
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	for _, got := range history.Messages {
		if got.Metadata.Type == postType && got.Metadata.Payload.ID == post.ID {
			return got.TS, true, nil
		}
	}
	return "", false, nil
}
