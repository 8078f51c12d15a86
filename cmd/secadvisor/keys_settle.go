package main

import (
	"context"
	"slices"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// settleEvery is between two looks whether older keys are needed.
const settleEvery = 10 * time.Second

// settleKeys drops data keys that were replaced before the server started, as soon
// as nothing that was queued under them is on its way.
func (s *server) settleKeys(ctx context.Context) {
	store, ok := storage.As[*sealed.Store](s.store)
	if !ok {
		return
	}
	left, err := survey(ctx, store)
	if err != nil {
		s.log.Warn("how companies are sealed is not known", "err", err)
		return
	}
	left = slices.DeleteFunc(left, func(c sealedCompany) bool { return !c.Sealed || c.Rotating || c.Older == 0 && !c.Partly })
	for {
		left = slices.DeleteFunc(left, func(c sealedCompany) bool {
			settled, _, err := store.Settle(ctx, c.id)
			switch {
			case err != nil && ctx.Err() == nil:
				s.log.Warn("older keys are kept", "tenant", c.id, "err", err)
			case settled:
				s.log.Info("everything of a company is under its newest key", "tenant", c.id)
			}
			return settled
		})
		if len(left) == 0 {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(settleEvery):
		}
	}
}
