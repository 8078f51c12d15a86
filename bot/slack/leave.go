package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// gone is an end of a connection, from now on.
func (k *companies) gone(why string) *Gone {
	now := k.now().UTC()
	return &Gone{Why: why, At: now, Erase: now.Add(time.Duration(k.config.KeepDays) * 24 * time.Hour)}
}

// leave records that a company's connection has ended, once Slack says that
// it does not take the token. It changes nothing if the token works: an event
// that comes late does not end a newer installation.
func (k *companies) leave(ctx context.Context, tenant, token, why string) error {
	for range 3 {
		c, err := k.look(ctx, tenant)
		switch {
		case err != nil:
			return err
		case c.Version == 0 || c.Gone != nil || token != "" && c.Token != token:
			return nil
		}
		works, err := k.works(ctx, c)
		if works || err != nil {
			return err
		}
		c.Gone = k.gone(why)
		err = k.registry.Keep(ctx, c)
		if err == nil {
			k.log.Warn("a company is gone", "tenant", tenant, "why", why, "erased on", c.Gone.Erase)
			_, err = k.look(ctx, tenant)
			return err
		}
		if !errors.Is(err, ErrChanged) {
			return err
		}
	}
	return fmt.Errorf("slack: %s: %w", tenant, ErrChanged)
}

// works asks Slack whether it takes a company's token.
func (k *companies) works(ctx context.Context, c Kept) (bool, error) {
	asked, cancel := context.WithTimeout(ctx, selfCheck)
	defer cancel()
	err := k.web.callAs(asked, c.Token, "auth.test", url.Values{}, nil)
	switch {
	case Said(err) == "token_expired" && c.Refresh != "":
		return k.revives(ctx, c)
	case denied(err):
		return false, nil
	}
	return err == nil, err
}

// revives has the next token of a company whose token has run out, as where
// nobody renewed it because it was thought gone. Like renew, it goes on when the
// one who wanted it has given up: a refresh token works once.
func (k *companies) revives(ctx context.Context, c Kept) (bool, error) {
	done := k.renewal.DoChan("revive/"+c.Tenant()+"/"+c.Token, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lockFor+renewLimit)
		defer cancel()
		return k.reviveAlone(ctx, c)
	})
	select {
	case <-ctx.Done():
		return false, fmt.Errorf("slack: renew the token of %s: %w", c.Tenant(), ctx.Err())
	case r := <-done:
		return r.Val.(bool), r.Err
	}
}

func (k *companies) reviveAlone(ctx context.Context, c Kept) (bool, error) {
	free, err := k.registry.Lock(ctx, c.Tenant(), lockFor)
	for err == nil && free == nil { // somebody renews it
		if wait(ctx, lockPoll); ctx.Err() != nil {
			return false, fmt.Errorf("slack: the token of %s is being renewed", c.Tenant())
		}
		free, err = k.registry.Lock(ctx, c.Tenant(), lockFor)
	}
	if err != nil {
		return false, err
	}
	defer free()
	// However long the lock was waited for, there is time to write it down.
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), lockFor)
	defer end()
	was := c.Token
	if c, err = k.look(ctx, c.Tenant()); err != nil || c.Token != was || c.Gone != nil && c.Gone.Erasing {
		return err == nil && c.Version != 0 && c.Gone == nil, err
	}
	answer, err := k.next(ctx, c)
	switch {
	case refused(err):
		return false, nil
	case err != nil:
		return false, err
	}
	c.took(answer, k.now())
	c.Gone = nil
	_, err = k.keep(ctx, c)
	return err == nil, err
}

// back asks, now and then, whether a company that is gone is there after all:
// Slack may have been mistaken for a while.
func (k *companies) back(ctx context.Context, c Kept) (Kept, error) {
	tenant := c.Tenant()
	if _, lately := k.asked.recall(tenant); lately || c.Gone.Erasing {
		return c, nil
	}
	k.asked.keep(tenant, true)
	works, err := k.works(ctx, c)
	if err != nil || !works {
		return c, err
	}
	c.Gone = nil
	k.log.Warn("a company is back", "tenant", tenant)
	return k.keep(ctx, c)
}

// Left reports whether everything of a company is to be erased now, and marks
// that it has begun: nothing but an erasure ends that. The registry plans it.
func (p *Platform) Left(ctx context.Context, tenant string) (bool, error) {
	k := p.companies
	c, err := k.look(ctx, tenant)
	if err != nil || c.Version == 0 || c.Gone == nil {
		return false, err
	}
	if k.early(c.Gone.Erase) {
		_, err = k.keep(ctx, c) // which plans it anew
		return false, err
	}
	if c.Gone.Erasing {
		return true, nil
	}
	works, err := k.works(ctx, c)
	if err != nil {
		return false, err
	}
	if works {
		c.Gone = nil
		_, err = k.keep(ctx, c)
		return false, err
	}
	g := *c.Gone
	g.Erasing = true
	c.Gone = &g
	if err := k.registry.Keep(ctx, c); err != nil {
		return false, err
	}
	return true, nil
}

// Forget drops what a replica remembers of a company.
func (p *Platform) Forget(tenant string) { p.companies.known.drop(tenant) }
