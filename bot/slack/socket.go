package slack

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"time"
)

const (
	sockets    = 2                // so that one is open while the other is replaced
	stagger    = 10 * time.Second // between the first and the second
	longLived  = time.Minute      // a socket that lasted so long is replaced at once
	maxBackoff = 30 * time.Second
)

// Run keeps the connection to Slack until ctx ends. In HTTP mode there is
// none to keep.
func (p *Platform) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	if !p.config.Many() {
		all.Go(func() { p.learn(ctx) })
	}
	if p.config.Mode == "http" {
		all.Go(func() { <-ctx.Done() })
	} else {
		for i := range sockets {
			all.Go(func() {
				wait(ctx, time.Duration(i)*p.stagger)
				if err := p.keep(ctx); err != nil {
					cancel(err)
				}
			})
		}
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// learn asks Slack who the bot is until it says so.
func (p *Platform) learn(ctx context.Context) {
	for backoff := time.Second; ctx.Err() == nil; backoff = min(2*backoff, maxBackoff) {
		_, err := p.people.me.get(ctx)
		if err == nil {
			return
		}
		if ctx.Err() == nil {
			p.log.Warn("not introduced to Slack yet", "err", err)
		}
		wait(ctx, backoff)
	}
}

// keep opens one socket after another, the next while the last is still read.
// It ends with an error only where trying again cannot help.
func (p *Platform) keep(ctx context.Context) error {
	var old sync.WaitGroup
	defer old.Wait()
	var backoff time.Duration
	for ctx.Err() == nil {
		begun := time.Now()
		err := p.socket(ctx, &old)
		if errors.Is(err, errSocketOff) {
			return err
		}
		if denied(err) {
			return fmt.Errorf("Slack does not accept the app token: make a new one with connections:write (%w)", err)
		}
		if err != nil && ctx.Err() == nil {
			p.log.Warn("socket ended", "err", err)
		}
		if time.Since(begun) > longLived {
			backoff = 0
		}
		if backoff > 0 {
			wait(ctx, backoff/2+rand.N(backoff))
		}
		backoff = min(max(2*backoff, time.Second), maxBackoff)
	}
	return nil
}

// socket opens one socket and serves it until it ends or is to be replaced:
// then it is read on by old.
func (p *Platform) socket(ctx context.Context, old *sync.WaitGroup) error {
	address, err := p.socketAddress(ctx)
	if err != nil {
		return err
	}
	l, err := dial(ctx, address)
	if err != nil {
		return err
	}
	p.hearing.Add(1)
	stop := context.AfterFunc(ctx, func() { l.expect(0, true) })
	err = p.read(ctx, l)
	if !errors.Is(err, errReplace) {
		p.hearing.Add(-1)
		stop()
		l.end()
		return err
	}
	old.Go(func() {
		defer stop()
		defer l.end()
		l.expect(leaveIn, true)
		for errors.Is(p.read(ctx, l), errReplace) {
		}
		p.hearing.Add(-1)
	})
	return nil
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// socketAddress asks Slack where to connect.
func (p *Platform) socketAddress(ctx context.Context) (string, error) {
	var answer struct {
		URL string `json:"url"`
	}
	if err := p.web.callAs(ctx, p.config.AppToken, "apps.connections.open", url.Values{}, &answer); err != nil {
		return "", err
	}
	u, err := url.Parse(answer.URL)
	if err != nil || u.Scheme != "wss" && !(u.Scheme == "ws" && loopback(u.Hostname())) {
		return "", errors.New("slack: the socket's address is not a safe one")
	}
	return answer.URL, nil
}
