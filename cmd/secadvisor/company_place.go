package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

// place is a company in the configured store.
type place struct {
	Company string `help:"The company: slack.T0123ABCD, or play." required:"" placeholder:"ID"`
	Config  string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
}

// trial reports whether it is the company of the terminal, which needs no
// server to come into being.
func (p place) trial() bool { return p.Company == play.Tenant }

// open opens the configured store. It makes none: an empty one beside the
// right one would look as if nothing had been saved.
func (p place) open(ctx context.Context) (config.Config, storage.Store, error) {
	return p.openAs(ctx, p.trial())
}

// openAs opens the configured store; where it is a file, it may be made anew.
func (p place) openAs(ctx context.Context, anew bool) (config.Config, storage.Store, error) {
	c, err := config.Load(p.Config)
	if err != nil {
		return c, nil, err
	}
	if path, ok := strings.CutPrefix(c.Storage, "file:"); ok && !anew {
		if _, err := os.Stat(path); err != nil {
			return c, nil, fmt.Errorf("there is no store %s: name the configuration with --config, or start the server once", path)
		}
	}
	store, err := openStore(ctx, c, nowhere, slog.New(slog.DiscardHandler))
	if errors.Is(err, embedded.ErrInUse) {
		return c, nil, inUse(c)
	}
	if err != nil {
		return c, nil, err // no store, and not one that is nil
	}
	return c, store, nil
}

func inUse(c config.Config) error {
	return errors.New(strings.TrimPrefix(c.Storage, "file:") + " is in use: a server that keeps its data in a file holds it while it runs. Stop it, do this, and start it again")
}

// nowhere moves no clock.
func nowhere() time.Duration { return 0 }

// read is the company's map, and its version in the store.
func (p place) read(ctx context.Context, store storage.Store) (company.Map, int64, error) {
	if !tenantForm.MatchString(p.Company) {
		return company.Map{}, 0, fmt.Errorf("--company must be slack. and the workspace's id, such as slack.T0123ABCD, or play; it is %q", p.Company)
	}
	docs, err := store.Get(ctx, p.Company, company.Maps.Key(company.MapID))
	if err != nil {
		return company.Map{}, 0, fmt.Errorf("read the company's map: %w", err)
	}
	if docs[0].Version == 0 {
		return company.Map{}, 0, p.known(ctx, store)
	}
	if err := storage.Unread(docs...); err != nil {
		return company.Map{}, 0, fmt.Errorf("read the company's map: %w", err)
	}
	m, err := company.Maps.Decode(docs[0].Body)
	if err != nil {
		return company.Map{}, 0, fmt.Errorf("read the company's map: %w", err)
	}
	return m, docs[0].Version, nil
}

// mostNamed is how many companies are named to somebody who mistook one.
const mostNamed = 20

// known is nil for a company that the store has.
func (p place) known(ctx context.Context, store storage.Store) error {
	tenants, _, err := store.Tenants(ctx, "", mostNamed)
	if err != nil {
		return fmt.Errorf("list companies: %w", err)
	}
	tenants = slices.DeleteFunc(tenants, func(id string) bool { return id == lobby })
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

// The forms of ids. https://docs.slack.dev/reference/objects
var (
	tenantForm   = regexp.MustCompile(`^(play|slack\.[A-Z0-9]{2,30}|teams\.[0-9a-f-]{36})$`)
	slackUser    = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	slackChannel = regexp.MustCompile(`^[CG][A-Z0-9]{2,20}$`)
)

// idsOf are checks of what a file gives as ids of people and channels.
func idsOf(tenant string) (user, channel func(id string) string) {
	if !strings.HasPrefix(tenant, "slack.") {
		return nil, nil
	}
	form := func(r *regexp.Regexp, mend string) func(string) string {
		return func(id string) string {
			if r.MatchString(id) {
				return ""
			}
			return mend
		}
	}
	return form(slackUser, "write the member id, such as U0123ABCD: in Slack, open the profile, then More, then Copy member ID"),
		form(slackChannel, "write the channel's id, such as C0123ABCD: in Slack, open the channel's details; it stands at the bottom of About")
}
