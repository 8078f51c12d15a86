// Package installs keeps the companies that have installed the bot in Slack, and
// the codes that make somebody an owner.
package installs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// Registry keeps the companies that have installed the bot in Slack, each with
// its own data. It is a slack.Registry.
type Registry struct {
	store storage.Store
	now   func() time.Time
}

// In is the registry that a store has; now is the clock that it goes by.
func In(store storage.Store, now func() time.Time) Registry { return Registry{store, now} }

// Installations holds the one installation of each company under
// InstallationID, and beside it the lock of whoever renews its token.
var Installations = bot.Doc[slack.Company]{Prefix: "slack", Version: 1}

const (
	InstallationID = "installation"
	lockID         = "renewing"
)

// The timers of a company, each a chore of the server.
const (
	RenewTimer = "slack/renew"
	EraseTimer = "slack/erase"
)

// Find and its kin are what slack.Registry asks for.
func (r Registry) Find(ctx context.Context, tenant string) (slack.Kept, error) {
	docs, err := r.store.Get(ctx, tenant, Installations.Key(InstallationID))
	if err != nil {
		return slack.Kept{}, fmt.Errorf("read the installation: %w", err)
	}
	if errors.Is(docs[0].Fault, sealed.ErrErasing) { // by somebody who may have died at it
		gone := &slack.Gone{Why: "what was kept of this company is being erased", Erasing: true}
		return slack.Kept{Company: slack.Company{Team: strings.TrimPrefix(tenant, "slack."), Gone: gone}, Version: docs[0].Version}, nil
	}
	return keptOf(docs[0])
}

func keptOf(doc storage.Doc) (k slack.Kept, err error) {
	if doc.Version == 0 {
		return k, nil
	}
	if err := storage.Unread(doc); err != nil {
		return k, fmt.Errorf("read the installation: %w", err)
	}
	k.Version = doc.Version
	if k.Company, err = Installations.Decode(doc.Body); err != nil {
		return k, fmt.Errorf("read the installation: %w", err)
	}
	return k, nil
}

func (r Registry) Keep(ctx context.Context, k slack.Kept) error {
	c, err := r.change(k)
	if err != nil {
		return err
	}
	return r.apply(ctx, k.Tenant(), c)
}

// change writes an installation, and plans what comes next for it.
func (r Registry) change(k slack.Kept) (c storage.Change, err error) {
	body, err := Installations.Encode(k.Company)
	if err != nil {
		return c, fmt.Errorf("keep the installation: %w", err)
	}
	c.Put = []storage.Write{{Key: Installations.Key(InstallationID), Version: k.Version, Body: body}}
	renew, erase := storage.Timer{Name: RenewTimer, At: k.Renew}, storage.Timer{Name: EraseTimer}
	if k.Gone != nil {
		renew.At, erase.At = time.Time{}, k.Gone.Erase
	}
	if k.Gone == nil || !k.Gone.Erasing { // else the timer is held: erasing goes on
		c.Timers = []storage.Timer{renew, erase}
	}
	return c, nil
}

func (r Registry) apply(ctx context.Context, tenant string, c storage.Change) error {
	_, err := r.store.Apply(ctx, tenant, c)
	switch {
	case errors.Is(err, storage.ErrConflict), errors.Is(err, storage.ErrErased):
		return slack.ErrChanged
	case err != nil:
		return fmt.Errorf("keep the installation: %w", err)
	}
	return nil
}

func (r Registry) Install(ctx context.Context, k slack.Kept) (code string, err error) {
	docs, err := r.store.Get(ctx, k.Tenant(), bot.RolesDoc.Key(bot.RolesID), company.Codes.Key(company.CodeID))
	if err != nil {
		return "", fmt.Errorf("read the company's people: %w", err)
	}
	owned, err := HasOwner(docs[0])
	if err != nil {
		return "", err
	}
	c, err := r.change(k)
	if err != nil {
		return "", err
	}
	c.Install = true
	c.Check = []storage.Version{{Key: docs[0].Key, Version: docs[0].Version}}
	if !owned { // whoever installs once more owns nothing that others have made
		var put storage.Write
		if code, put, err = ClaimCode(docs[1], r.now()); err != nil {
			return "", err
		}
		c.Put = append(c.Put, put)
	}
	line, err := stores.Logged(bot.AuditLine{At: r.now(), By: k.By, Verb: "installed", Object: "the bot in Slack", Where: installPage})
	if err != nil {
		return "", err
	}
	c.Put = append(c.Put, line)
	return code, r.apply(ctx, k.Tenant(), c)
}

// installPage is where installing is done, in the audit log.
const installPage = "the install page"

func (r Registry) Lock(ctx context.Context, tenant string, d time.Duration) (free func(), err error) {
	key := Installations.Key(lockID)
	applied, err := r.store.Apply(ctx, tenant, storage.Change{Put: []storage.Write{{Key: key, Body: []byte("{}"), TTL: d}}})
	switch {
	case errors.Is(err, storage.ErrConflict), errors.Is(err, storage.ErrErased):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("take the lock: %w", err)
	}
	mine := applied.Versions[0]
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		// One that cannot be given back ends by itself.
		_, _ = r.store.Apply(ctx, tenant, storage.Change{Put: []storage.Write{{Key: key, Version: mine}}})
	}, nil
}

func (r Registry) Begin(ctx context.Context, key, mark string, d time.Duration) error {
	_, err := r.store.Apply(ctx, stores.Lobby, storage.Change{Put: []storage.Write{{Key: "state/" + key, Body: []byte(mark), TTL: d}}})
	return err
}

func (r Registry) Redeem(ctx context.Context, key, mark string) (bool, error) {
	docs, err := r.store.Get(ctx, stores.Lobby, "state/"+key)
	if err != nil || docs[0].Version == 0 || string(docs[0].Body) != mark {
		return false, err
	}
	_, err = r.store.Apply(ctx, stores.Lobby, storage.Change{Put: []storage.Write{{Key: docs[0].Key, Version: docs[0].Version}}})
	if errors.Is(err, storage.ErrConflict) {
		return false, nil
	}
	return err == nil, err
}
