package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"
)

// Credential is what the bot needs to speak as itself at one company.
type Credential struct {
	Token string
	Team  string
	Bot   string // the bot's own user id there
}

// String and GoString never show the token.
func (c Credential) String() string { return "bot " + c.Bot + " of " + c.Team }

// GoString is String, for %#v.
func (c Credential) GoString() string { return c.String() }

// me is who the bot is. Slack is asked until it has answered once, and then
// only whether that still holds.
type me struct {
	web   *web
	fresh time.Duration // so long an answer holds without asking again
	known atomic.Pointer[Credential]
	since atomic.Int64 // when Slack last answered, in Unix nanoseconds
}

const (
	selfCheck = 5 * time.Second
	selfFor   = time.Minute
)

func (m *me) get(ctx context.Context) (Credential, error) {
	if c := m.known.Load(); c != nil {
		return *c, nil
	}
	return m.ask(ctx)
}

// holds asks again once the last answer is no longer fresh: a token may be
// revoked while the bot runs.
func (m *me) holds(ctx context.Context) error {
	if time.Since(time.Unix(0, m.since.Load())) < m.fresh {
		return nil
	}
	_, err := m.ask(ctx)
	return err
}

func (m *me) ask(ctx context.Context) (Credential, error) {
	var answer struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
	}
	ctx, cancel := context.WithTimeout(ctx, selfCheck)
	defer cancel()
	err := m.web.call(ctx, "auth.test", url.Values{}, &answer)
	switch {
	case denied(err):
		return Credential{}, fmt.Errorf("Slack does not accept the bot token: copy it again from OAuth & Permissions (%w)", err)
	case err == nil && (answer.Team == "" || answer.User == ""):
		err = errors.New("slack: auth.test: it did not say")
	}
	if err != nil {
		return Credential{}, fmt.Errorf("Slack cannot be asked who this bot is: %w", err)
	}
	c := Credential{Token: m.web.token, Team: answer.Team, Bot: answer.User}
	m.known.Store(&c)
	m.since.Store(time.Now().UnixNano())
	return c, nil
}

// user is the bot's own user id, and team its workspace, if Slack has told.
func (m *me) user() string {
	if c := m.known.Load(); c != nil {
		return c.Bot
	}
	return ""
}

func (m *me) team() string {
	if c := m.known.Load(); c != nil {
		return c.Team
	}
	return ""
}

// Tenant is the company that the bot token belongs to.
func (p *Platform) Tenant(ctx context.Context) (string, error) {
	c, err := p.people.me.get(ctx)
	if err != nil {
		return "", err
	}
	return tenant(c.Team), nil
}

// Ready reports whether Slack answers and knows the bot, asked at most once a
// minute, and whether the bot hears anything where it listens on sockets.
func (p *Platform) Ready(ctx context.Context) error {
	if err := p.people.me.holds(ctx); err != nil {
		return err
	}
	if p.config.Mode != "http" && p.hearing.Load() == 0 {
		return errors.New("slack: no socket is open")
	}
	return nil
}
