package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"secadvisor/bot"
)

// respond posts to a response_url, which comes from a verified request only
// and must lie at Slack: it works five times, for 30 minutes. An answer that
// stands there twice does no harm.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (p *Platform) respond(ctx context.Context, address string, body []byte) error {
	return again(ctx, func() error { return p.respondOnce(ctx, address, body) })
}

func (p *Platform) respondOnce(ctx context.Context, address string, body []byte) error {
	response, raw, err := p.give(ctx, address, "application/json; charset=utf-8", body)
	if err != nil {
		return fmt.Errorf("slack: respond: %w", err)
	}
	if response.StatusCode != http.StatusOK || bytes.HasPrefix(raw, []byte("{")) { // "ok" alone where it went well
		return readAnswer("respond", response, raw, nil)
	}
	return nil
}

// give posts to an address that Slack gave for it. The address is a secret: no
// token goes there, and it stays out of errors.
func (p *Platform) give(ctx context.Context, address, kind string, body []byte) (*http.Response, []byte, error) {
	if !p.slacks(address) {
		return nil, nil, &bot.Outcome{Permanent: true, Err: errors.New("the address is not Slack's")}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, nil, &bot.Outcome{Permanent: true, Err: errors.New("the address cannot be used")}
	}
	r.Header.Set("Content-Type", kind)
	return p.web.do(r)
}

// slacks reports whether an address lies at Slack, or where the API is
// configured to be.
func (p *Platform) slacks(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	if p.config.APIURL != slackAPI {
		api, err := url.Parse(p.config.APIURL)
		if err == nil && u.Host == api.Host && u.Scheme == api.Scheme {
			return true
		}
	}
	host := u.Hostname()
	return u.Scheme == "https" && u.Port() == "" && (strings.HasSuffix(host, ".slack.com") || host == "hooks.slack-gov.com")
}
