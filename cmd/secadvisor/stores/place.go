package stores

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage"
)

// Place is a company in the configured store.
type Place struct {
	Company string `help:"The company: slack. and the workspace's id, teams. and the organisation's, or play." required:"" placeholder:"ID"`
	Config  string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
}

// trial reports whether it is the company of the terminal, which needs no
// server to come into being.
func (p Place) trial() bool { return p.Company == play.Tenant }

// idForm is that of a company's id. https://docs.slack.dev/reference/objects
var idForm = regexp.MustCompile(`^(play|slack\.[A-Z0-9]{2,30}|teams\.[0-9a-f-]{36})$`)

// WellNamed is nil for an id that a company can have.
func (p Place) WellNamed() error {
	if !idForm.MatchString(p.Company) {
		return fmt.Errorf("--company must be slack. and the workspace's id, such as slack.T0123ABCD; teams. and the organisation's (tenant) id, in small letters; or play. It is %q", p.Company)
	}
	return nil
}

// Open opens the configured store. It makes none: an empty one beside the
// right one would look as if nothing had been saved.
func (p Place) Open(ctx context.Context) (config.Config, storage.Store, error) {
	return p.OpenAs(ctx, p.trial())
}

// OpenAs opens the configured store; where it is a file, it may be made anew.
func (p Place) OpenAs(ctx context.Context, anew bool) (config.Config, storage.Store, error) {
	c, err := config.Load(p.Config)
	if err != nil {
		return c, nil, err
	}
	store, err := OpenAlone(ctx, c, anew)
	if err != nil {
		return c, nil, err // no store, and not one that is nil
	}
	return c, store, nil
}

// OpenKnown opens the configured store, where it has the company.
func (p Place) OpenKnown(ctx context.Context) (config.Config, storage.Store, error) {
	if err := p.WellNamed(); err != nil {
		return config.Config{}, nil, err
	}
	c, store, err := p.Open(ctx)
	if err != nil {
		return c, nil, err
	}
	if err := p.Known(ctx, store); err != nil {
		_ = store.Close() // the mistake counts
		return c, nil, err
	}
	return c, store, nil
}

// Lobby is where what strangers begin is kept until it is known of which
// company they are. No workspace has such an id.
const Lobby = "slack.installs"

// mostNamed is how many companies are named to somebody who mistook one.
const mostNamed = 20

// Known is nil for a company that the store has.
func (p Place) Known(ctx context.Context, store storage.Store) error {
	tenants, _, err := store.Tenants(ctx, "", mostNamed)
	if err != nil {
		return fmt.Errorf("list companies: %w", err)
	}
	tenants = slices.DeleteFunc(tenants, func(id string) bool { return id == Lobby })
	// It may have nothing but its keys, so it is looked for by its name: ids are
	// ASCII, and nothing else lies between.
	last := len(p.Company) - 1
	here, _, err := store.Tenants(ctx, p.Company[:last]+string(rune(p.Company[last]-1))+"\xff", 1)
	if err != nil {
		return fmt.Errorf("look for the company: %w", err)
	}
	if len(here) > 0 && here[0] == p.Company || p.trial() {
		return nil
	}
	if len(tenants) == 0 {
		return fmt.Errorf("there is no company %s in this store, nor any other: open the advisor in chat once", p.Company)
	}
	return fmt.Errorf("there is no company %s in this store; it has %s", p.Company, strings.Join(tenants, ", "))
}
