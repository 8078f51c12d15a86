package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"
)

// identity is who the bot is at one company.
type identity struct {
	Team string
	Bot  string // the bot's own user id there
}

// unknownYet stands for the company of the configured token, before Slack has
// said which it is.
const unknownYet = ""

// me is who the bot is. Slack is asked until it has answered once, and then
// only whether that still holds.
type me struct {
	web   *web
	many  bool          // it is somebody else at each company: Slack is asked whether it is there
	fresh time.Duration // so long an answer holds without asking again
	known atomic.Pointer[identity]
	since atomic.Int64 // when Slack last answered, in Unix nanoseconds
}

const (
	selfCheck = 5 * time.Second
	selfFor   = time.Minute
)

func (m *me) get(ctx context.Context) (identity, error) {
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

func (m *me) ask(ctx context.Context) (identity, error) {
	var answer struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
	}
	ctx, cancel := context.WithTimeout(ctx, selfCheck)
	defer cancel()
	if m.many {
		return identity{}, m.reach(ctx)
	}
	err := m.web.call(ctx, unknownYet, "auth.test", url.Values{}, &answer)
	switch {
	case denied(err):
		return identity{}, fmt.Errorf("Slack does not accept the bot token: copy it again from OAuth & Permissions (%w)", err)
	case err == nil && (answer.Team == "" || answer.User == ""):
		err = errors.New("slack: auth.test: it did not say")
	}
	if err != nil {
		return identity{}, fmt.Errorf("Slack cannot be asked who this bot is: %w", err)
	}
	c := identity{Team: answer.Team, Bot: answer.User}
	m.known.Store(&c)
	m.since.Store(time.Now().UnixNano())
	return c, nil
}

// reach asks whether Slack is there.
func (m *me) reach(ctx context.Context) error {
	if err := m.web.callAs(ctx, "", "api.test", url.Values{}, nil); err != nil {
		return fmt.Errorf("Slack cannot be reached: %w", err)
	}
	m.since.Store(time.Now().UnixNano())
	return nil
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
