package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/flows/fixes"
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
		"have come already, and would come again. They are moved on to their next date; whoever has a task whose day has come meanwhile " +
		"does not hear it again. After a mere pause of the server leave it out: " +
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

// restored moves on the reminders of all companies, and the days of their tasks.
func restored(ctx context.Context, store storage.Store, now time.Time, out io.Writer) error {
	looked, moved, told := 0, 0, 0
	err := stores.Companies(ctx, store, func(tenant string) error {
		n, unread, err := restoredIn(ctx, store, tenant, now)
		if err != nil {
			return fmt.Errorf("%s: %w", tenant, err)
		}
		days, hidden, err := restoredTasks(ctx, store, tenant, now)
		if err != nil {
			return fmt.Errorf("%s: %w", tenant, err)
		}
		if unread = cmp.Or(unread, hidden); unread != nil {
			fmt.Fprintf(out, "%s: not all could be read, and what could not was left as it is: %v\n", tenant, unread)
		}
		looked, moved, told = looked+1, moved+n, told+days
		return nil
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s moved on to the next date. Tasks whose day was said already: %d. Companies: %d. Start the servers now.\n",
		prose.Count(moved, "reminder", "reminders"), told, looked)
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

// restoredTasks notes of the tasks of one company whose day was said since the
// backup. Unread is why they cannot be read.
func restoredTasks(ctx context.Context, store storage.Store, tenant string, now time.Time) (told int, unread, err error) {
	docs, err := store.Get(ctx, tenant, company.FixesOf.Key(company.FixesID))
	if err != nil || docs[0].Version == 0 {
		return 0, nil, err
	}
	if unread := storage.Unread(docs...); unread != nil {
		return 0, unread, nil
	}
	list, err := company.FixesOf.Decode(docs[0].Body)
	if err != nil {
		return 0, nil, fmt.Errorf("read the fix list: %w", err)
	}
	if list, told = fixes.Restored(list, now); told == 0 {
		return 0, nil, nil
	}
	body, err := company.FixesOf.Encode(list)
	if err != nil {
		return 0, nil, err
	}
	_, err = store.Apply(ctx, tenant, storage.Change{Put: []storage.Write{{Key: docs[0].Key, Version: docs[0].Version, Body: body}}})
	return told, nil, err
}
