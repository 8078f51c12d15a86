package main

import (
	"context"
	"slices"
	"time"

	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

const (
	// settleEvery is between two looks whether older keys are needed.
	settleEvery = 10 * time.Second

	// surveyEvery is between two looks whether keys were replaced: that is done
	// by another process, while this one serves.
	surveyEvery = 5 * time.Minute
)

// keepSettling drops data keys that were replaced, until ctx ends. A company in
// which something is always on its way keeps no other from its turn.
func (s *server) keepSettling(ctx context.Context, every time.Duration) {
	for ctx.Err() == nil {
		round, end := context.WithTimeout(ctx, every)
		s.settleKeys(round)
		<-round.Done()
		end()
	}
}

// settleKeys drops data keys that were replaced by now, as soon as nothing that
// was queued under them is on its way.
func (s *server) settleKeys(ctx context.Context) {
	store, ok := storage.As[*sealed.Store](s.store)
	if !ok || !s.config.Keys.On() {
		return
	}
	left, err := keys.Survey(ctx, store)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Warn("how companies are sealed is not known", "err", err)
		}
		return
	}
	left = slices.DeleteFunc(left, func(c keys.Company) bool { return !c.Sealed || c.Rotating || c.Older == 0 && !c.Partly })
	for {
		left = slices.DeleteFunc(left, func(c keys.Company) bool {
			settled, _, err := store.Settle(ctx, c.ID)
			switch {
			case err != nil && ctx.Err() == nil:
				s.log.Warn("older keys are kept", "tenant", c.ID, "err", err)
			case settled:
				s.log.Info("everything of a company is under its newest key", "tenant", c.ID)
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
