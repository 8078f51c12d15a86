package play

import (
	"context"
	"time"
)

// Clock is a clock that can be moved.
type Clock interface {
	Now() time.Time
	Move(to time.Time)
}

// steps bounds how much may happen in one move of the clock.
const steps = 1000

// Advance moves the clock to a time. Everything on the way happens at its own
// time; what is due at the end is left to Engine.Settle.
func Advance(ctx context.Context, e Engine, c Clock, target time.Time) error {
	for range steps {
		at, ok, err := e.Next(ctx)
		if err != nil {
			return err
		}
		if !ok || at.After(target) {
			break
		}
		c.Move(at.Add(time.Millisecond))
		if err := e.Settle(ctx); err != nil {
			return err
		}
	}
	if c.Now().Before(target) {
		c.Move(target)
	}
	return nil
}
