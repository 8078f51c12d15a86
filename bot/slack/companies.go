package slack

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"golang.org/x/sync/singleflight"

	"secadvisor/bot"
)

// companies are those that have installed the bot. It is an access.
type companies struct {
	config   Config
	web      *web
	registry Registry
	scopes   []string // that an installation must grant
	may      func(*http.Request) bool
	now      func() time.Time
	log      *slog.Logger

	known   *facts[Kept]
	asked   *facts[bool] // whether a company that is gone is back
	renewal singleflight.Group
}

const (
	// knownFor is how long a replica does without the registry: so long after an
	// uninstall it may still try to post.
	knownFor = 15 * time.Second

	// backAfter is how often Slack is asked about a company that is gone, but
	// from which something still comes.
	backAfter = time.Minute
)

// Host lets many companies install the bot. They are kept in a registry; the
// scopes are what each must grant. May reports whether whoever sent a request may
// go on with an installation: see InstallsPerSecond. It is called before anything
// is served.
func (p *Platform) Host(r Registry, scopes []string, may func(*http.Request) bool, now func() time.Time) {
	p.companies = &companies{
		config: p.config, web: p.web, registry: r, scopes: scopes, may: may, now: now, log: p.log,
		known: newFacts[Kept](knownFor, knownFor), asked: newFacts[bool](backAfter, backAfter),
	}
	p.web.access = p.companies
	p.people.me.many = true
}

// find is what is kept of a company, at most knownFor ago. That one is gone, or
// not known, is never an old tale: somebody may have installed it just now.
func (k *companies) find(ctx context.Context, tenant string) (Kept, error) {
	if c, ok := k.known.recall(tenant); ok {
		return c, nil
	}
	return k.look(ctx, tenant)
}

// look is what is kept of a company now.
func (k *companies) look(ctx context.Context, tenant string) (Kept, error) {
	c, err := k.registry.Find(ctx, tenant)
	if err == nil && c.Version != 0 && c.Gone == nil {
		k.known.keep(tenant, c)
	} else {
		k.known.drop(tenant)
	}
	return c, err
}

// inTime is how long before its end a token is still used, so that a call does
// not meet its end.
const inTime = 5 * time.Minute

func (k *companies) token(ctx context.Context, tenant string) (string, error) {
	c, err := k.find(ctx, tenant)
	switch {
	case err != nil:
		return "", err
	case c.Version == 0:
		return "", &bot.Outcome{Permanent: true, Blameless: true, Reason: "the bot is not connected to this company", Err: errNotInstalled}
	case c.Gone != nil:
		return "", &bot.Outcome{Permanent: true, Blameless: true, Reason: c.Gone.Why, Err: c.Gone.err()}
	case c.Refresh == "" || k.now().Before(c.Expires.Add(-inTime)):
		return c.Token, nil
	}
	c, err = k.renew(ctx, tenant, c.Token)
	if err == nil && c.Gone != nil {
		err = &bot.Outcome{Permanent: true, Blameless: true, Reason: c.Gone.Why, Err: c.Gone.err()}
	}
	return c.Token, err
}

// over are Slack's words for a token that will not come back.
// https://docs.slack.dev/reference/methods/auth.test#errors
var over = []string{"invalid_auth", "account_inactive", "token_revoked"}

func (k *companies) again(ctx context.Context, tenant, token, why string) bool {
	c, err := k.look(ctx, tenant)
	switch {
	case err != nil || c.Version == 0 || c.Gone != nil:
		return false
	case c.Token != token:
		return true // another replica has had a new one
	case why == "token_expired" && c.Refresh != "":
		c, err = k.renew(ctx, tenant, token)
		return err == nil && c.Gone == nil && c.Token != token
	case slices.Contains(over, why):
		if err := k.leave(ctx, tenant, token, reasons[why]); err != nil {
			k.log.Error("a company's end was not recorded", "tenant", tenant, "err", err)
		}
	}
	return false
}
