package engine

import (
	"sync/atomic"
	"time"
)

// Clock is the system's clock, moved by an offset: for trying things out and
// for tests. The zero value is not moved.
type Clock struct{ offset atomic.Int64 }

// Now is the moved time.
func (c *Clock) Now() time.Time { return time.Now().Add(c.Offset()) }

// Offset is how far the clock is moved; a store takes it.
func (c *Clock) Offset() time.Duration { return time.Duration(c.offset.Load()) }

// Move sets the clock to a time, from where it goes on.
func (c *Clock) Move(to time.Time) { c.offset.Store(int64(time.Until(to))) }
