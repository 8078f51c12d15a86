package doctor

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"secadvisor/cmd/secadvisor/refused"
)

// many looks at what companies need to install the bot themselves.
func (x examination) many(ctx context.Context) (found []Finding) {
	c := x.config.Slack
	if c.ClientID != "" && c.ClientSecret != "" {
		if err := c.ClientKnown(ctx); err != nil {
			r, key := refused.Client(err)
			found = append(found, refusedAt(r, "slack."+key))
		} else {
			found = append(found, Finding{"slack.client_id", Good, "Slack knows the app, and takes its client secret.", ""})
		}
	}
	if c.Address != "" {
		found = append(found, x.installPage(ctx))
	}
	return found
}

// installPage looks whether browsers reach the page where companies install the
// bot, and Slack the address for events.
func (x examination) installPage(ctx context.Context) Finding {
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
		return Finding{check, Good, page + " is where companies install the bot.", ""}
	case status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout:
		return Finding{check, Warning, "The proxy answers at " + page + ", and no server runs behind it yet.", "Start secadvisor serve, then run doctor again."}
	default:
		return Finding{check, Failure, fmt.Sprintf("%s answers with status %d, which is not the bot.", page, status), "Let the proxy pass /slack/ on; deploy/OPERATING.md has an example."}
	}
}
