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

// me is who the bot is. Slack is asked until it has answered once.
type me struct {
	web   *web
	known atomic.Pointer[Credential]
}

const selfCheck = 5 * time.Second

func (m *me) get(ctx context.Context) (Credential, error) {
	if c := m.known.Load(); c != nil {
		return *c, nil
	}
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

// Ready reports whether Slack answers and knows the bot.
func (p *Platform) Ready(ctx context.Context) error {
	_, err := p.people.me.get(ctx)
	return err
}
