package keys

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// Company is how one company is sealed.
type Company struct {
	ID string
	sealed.State
}

// surveyed is how many companies are listed at once.
const surveyed = 500

// surveyors look at so many companies at once.
const surveyors = 16

// Survey looks how all companies of a store are sealed, in order of their ids.
func Survey(ctx context.Context, store *sealed.Store) (all []Company, err error) {
	for after, more := "", true; more; {
		var ids []string
		if ids, more, err = store.Tenants(ctx, after, surveyed); err != nil {
			return nil, fmt.Errorf("list companies: %w", err)
		}
		page := make([]Company, len(ids))
		errs := make([]error, len(ids))
		var group sync.WaitGroup
		free := make(chan struct{}, surveyors)
		for i, id := range ids {
			free <- struct{}{}
			group.Go(func() {
				defer func() { <-free }()
				page[i].ID = id
				page[i].State, errs[i] = store.State(ctx, id)
				if errors.Is(errs[i], storage.ErrDamaged) { // it hurts that one alone
					page[i].Fault, errs[i] = errs[i], nil
				}
			})
			after = id
		}
		group.Wait()
		if err := errors.Join(errs...); err != nil {
			return nil, fmt.Errorf("look how companies are sealed: %w", err)
		}
		all = append(all, page...)
	}
	return all, nil
}

// LockedOut explains companies that cannot be read with these keys, or is nil.
func LockedOut(all []Company, keys sealed.Keys) error {
	under := map[string]bool{}
	var hidden []string
	for _, c := range all {
		if errors.Is(c.Fault, sealed.ErrNoKey) {
			hidden = append(hidden, c.ID)
			under[c.Under] = true
		}
	}
	if len(hidden) == 0 {
		return nil
	}
	have := "has no master key"
	if keys.Current() != "" {
		have = "has " + keys.String()
	}
	return fmt.Errorf("%s sealed under the key %s, and this server %s. Give the key back, under keys.master (SECADVISOR_KEYS_MASTER): without it nobody can read what is there",
		Are(hidden), strings.Join(slices.Sorted(maps.Keys(under)), ", "), have)
}

// Damaged are the companies whose keys no master key opens. They hold up nobody
// else.
func Damaged(all []Company) (ids []string) {
	for _, c := range all {
		if c.Fault != nil && !errors.Is(c.Fault, sealed.ErrNoKey) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Unsealed are the companies that are not wholly sealed yet: documents are not, or
// what was queued before may not be.
func Unsealed(all []Company) (ids []string) {
	for _, c := range all {
		if c.unsealed() || c.Partly {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// unsealed reports whether documents are not sealed yet.
func (c Company) unsealed() bool { return c.Plain || c.Partly && c.Rotating }

// Are names companies as the beginning of a sentence: "slack.T1 is".
func Are(ids []string) string {
	if len(ids) == 1 {
		return ids[0] + " is"
	}
	return fmt.Sprintf("%d companies (such as %s) are", len(ids), ids[0])
}

// MayServe refuses a store that these keys do not fit, before anything is
// written to it.
func MayServe(ctx context.Context, store *sealed.Store, k config.Keys, log *slog.Logger) error {
	keys, err := k.Read()
	if err != nil {
		return err
	}
	all, err := Survey(ctx, store)
	if err != nil {
		return err
	}
	if err := LockedOut(all, keys); err != nil {
		return err
	}
	for _, id := range Damaged(all) {
		log.Error("the keys of a company are damaged: nothing of it can be read before a backup is put back", "tenant", id)
	}
	plain := Unsealed(all)
	switch {
	case !k.On():
		log.Warn("nothing is sealed: whoever gets the disk or a backup can read it; \"secadvisor keys new\" makes a key, deploy/OPERATING.md says what to do with it")
	case len(plain) > 0 && !k.Plain:
		return fmt.Errorf("%s not wholly sealed yet. With the server stopped: secadvisor keys rotate --plain. With several servers that go on: set keys.plain (SECADVISOR_KEYS_PLAIN=true) on each, then secadvisor keys rotate, then take it out", Are(plain))
	case len(plain) == 0 && k.Plain:
		log.Warn("everything is sealed: take keys.plain out, so that nothing plain is accepted any more")
	}
	return nil
}
