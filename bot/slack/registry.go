package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Company is one that has installed the bot, as it is kept: with its tokens.
type Company struct {
	Team   string    `json:"team"`
	Name   string    `json:"name"`
	App    string    `json:"app"`
	Bot    string    `json:"bot"` // the bot's own user id there
	Scopes []string  `json:"scopes"`
	By     string    `json:"by"` // the user id of whoever installed it
	Since  time.Time `json:"since"`

	Token   string    `json:"token"`
	Refresh string    `json:"refresh,omitempty"` // the next token is had for it, once; empty: this one does not expire
	Expires time.Time `json:"expires,omitzero"`
	Renew   time.Time `json:"renew,omitzero"` // when the next token is to be had; zero: never

	Gone *Gone `json:"gone,omitempty"` // nil: the bot is there
}

// Gone is how a company's connection ended.
type Gone struct {
	Why     string    `json:"why"` // for a person: "the bot was taken out of the workspace"
	At      time.Time `json:"at"`
	Erase   time.Time `json:"erase"`             // when everything of the company is erased
	Erasing bool      `json:"erasing,omitempty"` // that has begun, and cannot be taken back
}

// String, GoString and LogValue never show a token.
func (c Company) String() string { return "company " + c.Team }

// GoString is String, for %#v.
func (c Company) GoString() string { return c.String() }

// LogValue is String, for logs.
func (c Company) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Tenant is the company as the bot knows it.
func (c Company) Tenant() string { return tenant(c.Team) }

// Kept is a company as it was read.
type Kept struct {
	Company
	Version int64 // 0: nothing is kept of it
}

// Registry keeps the companies where all replicas find them.
type Registry interface {
	// Find reads a company.
	Find(ctx context.Context, tenant string) (Kept, error)

	// Keep replaces what was found, and plans what is due: Platform.Renew at
	// Renew, Platform.Left at Gone.Erase. ErrChanged: somebody else was first,
	// and nothing was written.
	Keep(ctx context.Context, k Kept) error

	// Install is Keep when somebody installs the bot, also where everything was
	// erased before. Code makes an owner of whoever types it first; it is empty
	// where the company has an owner.
	Install(ctx context.Context, k Kept) (code string, err error)

	// Lock is held by one caller at a time, for d at most. Free is nil: somebody
	// else holds it.
	Lock(ctx context.Context, tenant string, d time.Duration) (free func(), err error)

	// Begin remembers a key for d, with a mark. Redeem forgets it; of all who
	// try with that mark, one alone gets true.
	Begin(ctx context.Context, key, mark string, d time.Duration) error
	Redeem(ctx context.Context, key, mark string) (bool, error)
}

// ErrChanged says that a company is not as it was found.
var ErrChanged = errors.New("slack: the company has changed")

// errNotInstalled says that nothing is kept of a company.
var errNotInstalled = errors.New("slack: the bot is not installed there")

func (g *Gone) err() error { return fmt.Errorf("slack: disconnected: %s", g.Why) }
