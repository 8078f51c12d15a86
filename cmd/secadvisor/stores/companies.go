package stores

import (
	"context"
	"fmt"

	"secadvisor/storage"
)

// Companies calls each with the id of every company of a store, in order, until it
// returns an error. The place where strangers begin is none.
func Companies(ctx context.Context, store storage.Store, each func(id string) error) error {
	for after, more := "", true; more; {
		var ids []string
		var err error
		if ids, more, err = store.Tenants(ctx, after, atOnce); err != nil {
			return fmt.Errorf("list companies: %w", err)
		}
		for _, id := range ids {
			if after = id; id == Lobby {
				continue
			}
			if err := each(id); err != nil {
				return err
			}
		}
	}
	return nil
}
