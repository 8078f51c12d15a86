package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/remind"
	"secadvisor/storage"
)

type restoredCommand struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
}

// Help tells when.
func (restoredCommand) Help() string {
	return "For once after a backup was put back, before any server is started: reminders that were due between the backup and now " +
		"have come already, and would come again. They are moved on to their next date. After a mere pause of the server leave it out: " +
		"what was missed then comes once, and says that it is late."
}

func (r restoredCommand) Run(ctx context.Context, out io.Writer) error {
	store, err := keys.OpenReadable(ctx, r.Config)
	if err != nil {
		return err
	}
	defer store.Close()
	return restored(ctx, store, time.Now(), out)
}

// restored moves on the reminders of all companies.
func restored(ctx context.Context, store storage.Store, now time.Time, out io.Writer) error {
	looked, moved := 0, 0
	for after, more := "", true; more; {
		tenants, next, err := store.Tenants(ctx, after, 100)
		if err != nil {
			return fmt.Errorf("list companies: %w", err)
		}
		for _, tenant := range tenants {
			n, unread, err := restoredIn(ctx, store, tenant, now)
			if err != nil {
				return fmt.Errorf("%s: %w", tenant, err)
			}
			if unread != nil {
				fmt.Fprintf(out, "%s: not all could be read, and what could not was left as it is: %v\n", tenant, unread)
			}
			looked, moved, after = looked+1, moved+n, tenant
		}
		more = next && len(tenants) > 0
	}
	_, err := fmt.Fprintf(out, "%s moved on to the next date. Companies: %d. Start the servers now.\n", prose.Count(moved, "reminder", "reminders"), looked)
	return err
}

// restoredIn moves on the reminders of one company. Unread is why one of them
// cannot be read, such as damaged keys: that holds up no other.
func restoredIn(ctx context.Context, store storage.Store, tenant string, now time.Time) (moved int, unread, err error) {
	prefix := company.Schedules.Key("")
	for after, more := "", true; more; {
		var docs []storage.Doc
		if docs, more, err = store.List(ctx, tenant, prefix, after, 100); err != nil {
			return moved, unread, err
		}
		for _, doc := range docs {
			after = doc.Key
			if doc.Fault != nil {
				unread = storage.Unread(doc)
				continue
			}
			s, err := company.Schedules.Decode(doc.Body)
			if err != nil {
				return moved, unread, fmt.Errorf("read %s: %w", doc.Key, err)
			}
			s, timers, changed := remind.Restored(strings.TrimPrefix(doc.Key, prefix), s, now)
			if !changed {
				continue
			}
			body, err := company.Schedules.Encode(s)
			if err != nil {
				return moved, unread, err
			}
			c := storage.Change{Put: []storage.Write{{Key: doc.Key, Version: doc.Version, Body: body}}}
			for name, at := range timers {
				c.Timers = append(c.Timers, storage.Timer{Name: name, At: at})
			}
			if _, err := store.Apply(ctx, tenant, c); err != nil {
				return moved, unread, fmt.Errorf("move %s on: %w", doc.Key, err)
			}
			moved++
		}
	}
	return moved, unread, nil
}
