package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"secadvisor/flows/company"
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

func (r restoredCommand) Run(ctx context.Context) error {
	_, store, err := place{Config: r.Config}.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return restored(ctx, store, time.Now(), os.Stdout)
}

// restored moves on the reminders of all companies.
func restored(ctx context.Context, store storage.Store, now time.Time, out io.Writer) error {
	companies, moved := 0, 0
	for after, more := "", true; more; {
		tenants, next, err := store.Tenants(ctx, after, 100)
		if err != nil {
			return fmt.Errorf("list companies: %w", err)
		}
		for _, tenant := range tenants {
			n, err := restoredIn(ctx, store, tenant, now)
			if err != nil {
				return fmt.Errorf("%s: %w", tenant, err)
			}
			companies, moved, after = companies+1, moved+n, tenant
		}
		more = next && len(tenants) > 0
	}
	_, err := fmt.Fprintf(out, "%s moved on to the next date. Companies: %d. Start the servers now.\n", one(moved, "reminder"), companies)
	return err
}

func restoredIn(ctx context.Context, store storage.Store, tenant string, now time.Time) (moved int, err error) {
	prefix := company.Schedules.Key("")
	for after, more := "", true; more; {
		var docs []storage.Doc
		if docs, more, err = store.List(ctx, tenant, prefix, after, 100); err != nil {
			return moved, err
		}
		for _, doc := range docs {
			after = doc.Key
			s, err := company.Schedules.Decode(doc.Body)
			if err != nil {
				return moved, fmt.Errorf("read %s: %w", doc.Key, err)
			}
			s, timers, changed := remind.Restored(strings.TrimPrefix(doc.Key, prefix), s, now)
			if !changed {
				continue
			}
			body, err := company.Schedules.Encode(s)
			if err != nil {
				return moved, err
			}
			c := storage.Change{Put: []storage.Write{{Key: doc.Key, Version: doc.Version, Body: body}}}
			for name, at := range timers {
				c.Timers = append(c.Timers, storage.Timer{Name: name, At: at})
			}
			if _, err := store.Apply(ctx, tenant, c); err != nil {
				return moved, fmt.Errorf("move %s on: %w", doc.Key, err)
			}
			moved++
		}
	}
	return moved, nil
}
