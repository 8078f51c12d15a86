package engine

import (
	"context"
	"fmt"

	"secadvisor/storage"
)

// chore does what a timer asks of the program itself, and ends the timer. Where
// the chore set its own timer anew, that one stays.
func (g *Engine) chore(ctx context.Context, held storage.Claim, do func(context.Context, string) error) error {
	ctx, cancel := context.WithTimeout(ctx, g.Lease)
	defer cancel()
	if err := do(ctx, held.Tenant); err != nil {
		return fmt.Errorf("engine: %s: %w", held.Timer, err)
	}
	_, err := g.Store.Apply(ctx, held.Tenant, storage.Change{Held: &held, Done: true})
	return err
}
