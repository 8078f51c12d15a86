package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	slackapi "github.com/slack-go/slack"
)

const (
	// ahead is how long before a token's end the next one is had: when a replica
	// dies between Slack's answer and writing it down, the token that is known
	// works so much longer, and somebody can be told.
	ahead = 2 * time.Hour

	// lockFor is longer than renewLimit: who holds the lock is done by then.
	lockFor    = 20 * time.Second
	renewLimit = 12 * time.Second

	tryAgain = time.Minute // after a renewal to which Slack gave no answer
	lockPoll = 100 * time.Millisecond
)

// Renew has the next token of a company, if it is time. The registry plans it.
func (p *Platform) Renew(ctx context.Context, tenant string) error {
	c, err := p.companies.look(ctx, tenant)
	if err != nil || c.Version == 0 || c.Gone != nil || c.Refresh == "" {
		return err
	}
	if p.companies.early(c.Renew) {
		_, err = p.companies.keep(ctx, c) // which plans it anew
		return err
	}
	_, err = p.companies.renew(ctx, tenant, c.Token)
	return err
}

// clocksApart is how far the store's clock, by which things are due, may be
// ahead of a replica's.
const clocksApart = 10 * time.Minute

// early reports whether something is due later than now, and not by this
// replica's clock alone.
func (k *companies) early(due time.Time) bool { return k.now().Add(clocksApart).Before(due) }

// renew has the token that follows another one. Of all that want it at the
// same time, in all replicas, one asks Slack: a refresh token works once. It
// goes on when the one who wanted it has given up.
func (k *companies) renew(ctx context.Context, tenant, old string) (Kept, error) {
	done := k.renewal.DoChan(tenant+"/"+old, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lockFor+renewLimit)
		defer cancel()
		return k.renewAlone(ctx, tenant, old)
	})
	select {
	case <-ctx.Done():
		return Kept{}, fmt.Errorf("slack: renew the token of %s: %w", tenant, ctx.Err())
	case r := <-done:
		return r.Val.(Kept), r.Err
	}
}

func (k *companies) renewAlone(ctx context.Context, tenant, old string) (Kept, error) {
	for {
		free, err := k.registry.Lock(ctx, tenant, lockFor)
		if err != nil {
			return Kept{}, fmt.Errorf("slack: renew the token of %s: %w", tenant, err)
		}
		if free != nil {
			defer free()
		}
		c, err := k.look(ctx, tenant)
		if err != nil || c.Version == 0 || c.Gone != nil || c.Token != old {
			return c, err
		}
		if free != nil {
			return k.spend(ctx, c)
		}
		if wait(ctx, lockPoll); ctx.Err() != nil {
			return Kept{}, fmt.Errorf("slack: renew the token of %s: %w", tenant, ctx.Err())
		}
	}
}

// spend gives the refresh token for the next token. The caller holds the lock.
func (k *companies) spend(ctx context.Context, c Kept) (Kept, error) {
	// However long the lock was waited for, there is time to write it down.
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), lockFor)
	defer end()
	answer, err := k.next(ctx, c)
	now := k.now()
	switch {
	case err == nil:
		c.took(answer, now)
		return k.keep(ctx, c)
	case !refused(err):
		c.Renew = now.Add(tryAgain)
	case now.Before(c.Expires):
		c.Renew = c.Expires // once more, before it is given up
	default:
		c.Gone = k.gone("my access to this workspace ended")
	}
	k.log.Error("a token was not renewed", "tenant", c.Tenant(), "works until", c.Expires, "err", err)
	if kept, kerr := k.keep(ctx, c); kerr != nil || kept.Gone != nil {
		return kept, kerr
	}
	if now.Before(c.Expires) {
		return c, nil
	}
	return c, err
}

// next asks Slack for the token that follows a company's.
func (k *companies) next(ctx context.Context, c Kept) (answer slackapi.OAuthV2Response, err error) {
	ctx, cancel := context.WithTimeout(ctx, renewLimit)
	defer cancel()
	answer, err = k.oauth(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.Refresh}})
	if err == nil && (answer.AccessToken == "" || answer.Team.ID != "" && answer.Team.ID != c.Team) {
		err = errors.New("slack: the answer to a renewal is of another company, or of none")
	}
	return answer, err
}

// took notes the tokens of an answer.
func (c *Company) took(answer slackapi.OAuthV2Response, now time.Time) {
	c.Token, c.Refresh, c.Expires, c.Renew = answer.AccessToken, answer.RefreshToken, time.Time{}, time.Time{}
	if answer.RefreshToken == "" || answer.ExpiresIn <= 0 {
		return
	}
	life := time.Duration(answer.ExpiresIn) * time.Second
	c.Expires = now.Add(life)
	c.Renew = c.Expires.Add(-min(ahead, life/2))
}

// keep writes a company down and returns it as it then is. Where somebody else
// was first, that counts: a new installation, or an end.
func (k *companies) keep(ctx context.Context, c Kept) (Kept, error) {
	var err error
	for range 3 { // a token that is not written down is lost
		if err = k.registry.Keep(ctx, c); err == nil || errors.Is(err, ErrChanged) {
			break
		}
		wait(ctx, lockPoll)
	}
	if err != nil && !errors.Is(err, ErrChanged) {
		return c, fmt.Errorf("slack: keep %s: %w", c.Tenant(), err)
	}
	return k.look(ctx, c.Tenant())
}

// oauth calls oauth.v2.access as this app.
// https://docs.slack.dev/reference/methods/oauth.v2.access
func (k *companies) oauth(ctx context.Context, form url.Values) (answer slackapi.OAuthV2Response, err error) {
	return k.config.exchange(ctx, k.web, form)
}

func (c Config) exchange(ctx context.Context, w *web, form url.Values) (answer slackapi.OAuthV2Response, err error) {
	form.Set("client_id", c.ClientID)
	form.Set("client_secret", c.ClientSecret)
	err = w.callAs(ctx, "", "oauth.v2.access", form, &answer)
	return answer, err
}
