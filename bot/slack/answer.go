package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"secadvisor/bot"
)

// ephemeral is an answer that one person sees, in the response to a command
// or through a response_url.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
type ephemeral struct {
	Type    string  `json:"response_type"`
	Text    string  `json:"text"`
	Blocks  []block `json:"blocks,omitempty"`
	Replace bool    `json:"replace_original"`
}

// take gives a decoded request to the bot and returns the body of the
// response to it. An error means that Slack should send it again, or tell
// the person that it failed.
func (p *Platform) take(ctx context.Context, r request) (body []byte, err error) {
	if r.skip {
		return []byte(r.answer), nil
	}
	ctx, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	p.facts(ctx, &r)
	reply, err := p.handler.Handle(ctx, r.event)
	if err != nil {
		return nil, err
	}
	switch {
	case reply.Form != nil:
		return nil, p.open(ctx, r, *reply.Form)
	case reply.Refused != nil:
		return json.Marshal(map[string]any{"response_action": "errors", "errors": reply.Refused})
	case reply.View == nil:
		return nil, nil
	case r.event.Kind == bot.Command:
		return answer(*reply.View, false)
	}
	if body, err = answer(*reply.View, !r.lasting); err != nil {
		return nil, err
	}
	return nil, p.respond(ctx, r.reply, body)
}

func answer(v bot.View, replace bool) ([]byte, error) {
	gist, blocks := Render(v)
	return json.Marshal(ephemeral{"ephemeral", gist, blocks, replace})
}

// facts adds what Slack knows of the person and the place.
func (p *Platform) facts(ctx context.Context, r *request) {
	name := r.event.From.Name
	r.event.From = p.people.person(ctx, r.team, r.event.From.ID)
	if r.event.From.Name == "" {
		r.event.From.Name = name
	}
	r.event.Place.Kind = p.people.place(ctx, r.event.Place.Channel, r.place)
}

// respond posts to a response_url, which comes from a verified request only
// and must lie at Slack.
func (p *Platform) respond(ctx context.Context, address string, body []byte) error {
	if !p.slacks(address) {
		return fmt.Errorf("slack: the address for a response is not Slack's")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("slack: the address for a response cannot be used")
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := p.web.client.Do(r)
	if err != nil {
		return fmt.Errorf("slack: respond: %w", bare(err))
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("slack: respond: status %d", response.StatusCode)
	}
	return nil
}

// slacks reports whether an address lies at Slack, or where the API is
// configured to be.
func (p *Platform) slacks(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if api, err := url.Parse(p.config.APIURL); err == nil && p.config.APIURL != slackAPI && u.Host == api.Host && u.Scheme == api.Scheme {
		return true
	}
	return u.Scheme == "https" && (u.Hostname() == "hooks.slack.com" || strings.HasSuffix(u.Hostname(), ".slack.com") || u.Hostname() == "hooks.slack-gov.com")
}
