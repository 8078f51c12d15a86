package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"secadvisor/bot/slack"
)

const clientIsAt = "Copy it again: api.slack.com/apps, your app, Basic Information, App Credentials."

// many looks at what companies need to install the bot themselves.
func (x examination) many(ctx context.Context) (found []finding) {
	c := x.config.Slack
	if c.ClientID != "" && c.ClientSecret != "" {
		if err := c.ClientKnown(ctx); err != nil {
			r, key := clientRefused(err)
			found = append(found, r.finding("slack."+key))
		} else {
			found = append(found, finding{"slack.client_id", good, "Slack knows the app, and takes its client secret.", ""})
		}
	}
	if c.Address != "" {
		found = append(found, x.installPage(ctx))
	}
	return found
}

// clientRefused explains Slack's no to a client id or its secret, and which of
// them to look at.
func clientRefused(err error) (r refusal, key string) {
	switch word := slack.Said(err); word {
	case "":
		return refusal{says: "Slack could not be asked: " + cause(err) + ".", mend: reachSlack}, "client_id"
	case "invalid_client_id":
		return refusal{"Slack knows no app with this client id.", clientIsAt, true}, "client_id"
	case "bad_client_secret":
		return refusal{"Slack knows the app, but does not take this client secret.", clientIsAt, true}, "client_secret"
	default:
		return refusal{"Slack does not take the client id and says " + word + ".", clientIsAt, true}, "client_id"
	}
}

// installPage looks whether browsers reach the page where companies install the
// bot, and Slack the address for events.
func (x examination) installPage(ctx context.Context) finding {
	ctx, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	const check = "slack.address"
	page := strings.TrimSuffix(x.config.Slack.Address, "/") + "/slack/install"
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := x.get(ctx, &client, page)
	if err != nil {
		f := unreached(page, err)
		f.Check = check
		return f
	}
	defer response.Body.Close()
	switch status := response.StatusCode; {
	case status == http.StatusOK && strings.HasPrefix(response.Header.Get("Content-Type"), "text/html"):
		return finding{check, good, page + " is where companies install the bot.", ""}
	case status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout:
		return finding{check, warning, "The proxy answers at " + page + ", and no server runs behind it yet.", "Start secadvisor serve, then run doctor again."}
	default:
		return finding{check, failure, fmt.Sprintf("%s answers with status %d, which is not the bot.", page, status), "Let the proxy pass /slack/ on; deploy/OPERATING.md has an example."}
	}
}
