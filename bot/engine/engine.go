// Package engine turns events into flow steps and makes what they want come
// true: it reads documents, steps, commits everything in one write, delivers
// what was queued and fires timers. After Handle returns, an event survives any
// crash, and its effect on stored state happens exactly once.
//
// # A tour
//
// Each name below is a file.
//
//   - An event: engine is made of flows and a store, and handle takes an event,
//     once desk lets its company in. route finds the flow, and near the word
//     that somebody mistyped. sayings are for those whom no flow answers.
//   - What comes of it: step runs the flow's step until read has all that it
//     asks for, and gives an outcome. turn writes all of it at once, where
//     queue makes jobs of what is to be posted.
//   - What is due: work claims it from the store; crew divides the workers
//     among companies; a chore is what the program itself does at a time.
//   - A post: deliver sends it to an address, file makes what goes with it,
//     outbox puts it off, pace keeps to what a platform takes, reach holds what
//     is needed to write to somebody again.
//   - Beside it: watch is told what happens, complaints keeps the log from
//     saying the same all day, clock can be moved.
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// Config is what an engine needs. Store, Flows and Platform must be set.
type Config struct {
	Store    storage.Store
	Flows    []bot.Flow
	Platform func(tenant string) (bot.Platform, bool)

	Command string                               // "/sec"
	Roles   func(tenant, person string) bot.Role // that the configuration gives; nil: none
	Now     func() time.Time                     // the clock; nil means time.Now
	Log     *slog.Logger                         // nil means slog.Default
	Watch   Watch                                // nil: nobody counts

	// Chores are done when a timer of such a name is due, by one process at a
	// time, and again after the lease if they fail. They are no flow's: a chore
	// may do what no step can.
	Chores map[string]func(ctx context.Context, tenant string) error

	Workers int           // how many items are worked on at once by Run; 0 leaves all to Settle
	Poll    time.Duration // how often Run looks for due work; 0 means 250 ms
	Lease   time.Duration // how long an item is held; 0 means 30 s
}

// Engine is a bot.Handler.
type Engine struct {
	Config
	flows    map[string]bot.Flow
	words    map[string]string // first word of a command -> flow
	typed    map[string]string // whole message -> flow
	fallback string
	page     string // the flow of the bot's own page

	base context.Context // of work in the background
	cut  context.CancelFunc

	crew    *crew
	desk    desk
	pace    pace
	working sync.WaitGroup
	closing atomic.Bool
}

// New checks the configuration and makes an engine. Nothing runs yet.
func New(c Config) (*Engine, error) {
	if c.Store == nil || c.Platform == nil {
		return nil, errors.New("engine: a store and a platform are needed")
	}
	g := &Engine{Config: c, flows: map[string]bot.Flow{}, words: map[string]string{}, typed: map[string]string{}}
	if g.Now == nil {
		g.Now = time.Now
	}
	if g.Log == nil {
		g.Log = slog.Default()
	}
	if g.Watch == nil {
		g.Watch = unwatched{}
	}
	if g.Command == "" {
		g.Command = "/sec"
	}
	if g.Roles == nil {
		g.Roles = func(string, string) bot.Role { return bot.Staff }
	}
	if g.Poll == 0 {
		g.Poll = 250 * time.Millisecond
	}
	if g.Lease == 0 {
		g.Lease = 30 * time.Second
	}
	g.base, g.cut = context.WithCancel(context.Background())
	g.crew = newCrew(g.Workers)
	for _, f := range c.Flows {
		if err := g.add(f); err != nil {
			return nil, fmt.Errorf("engine: flow %q: %w", f.Name, err)
		}
	}
	if g.fallback == "" {
		return nil, errors.New("engine: no flow is the fallback")
	}
	return g, nil
}
