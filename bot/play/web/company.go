package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// Backstage is what a company runs on.
type Backstage struct {
	Engine  play.Engine
	Clock   play.Clock
	Waiting func(context.Context) ([]Due, error) // what is scheduled; in any order
	Close   func() error
	Fresh   bool // nothing has ever happened in the company
}

// Due is something that will happen by itself.
type Due struct {
	What string // in words: "Reminder: quick check, for Alex"
	At   time.Time
}

// turnLimit is how long one thing that somebody does may take, a long move of
// the clock included.
const turnLimit = 60 * time.Second

// Company is one company that is played with: its people, its places, and
// what has been said there. It is the platform of its own engine.
type Company struct {
	back Backstage
	id   string // makes ids differ from those of another time on the same data

	turn sync.Mutex // one thing happens after another
	wake time.Time  // when something will be due; held with turn

	mu      sync.Mutex // of all below
	n       int        // of the latest id
	rev     int        // raised by whatever can be seen
	changed chan struct{}
	said    []*message
	forms   map[seat]*form
	seen    map[seat]int // the rev that somebody has seen of a place
	greeted map[string]bool
	outbox  []sending // the latest last
	broken  map[string]bool
	hint    int // of the tour, from 1; 0: it is closed
}

// seat is a person in a place.
type seat struct{ who, at string }

// NewCompany makes a company that nothing has happened in; open gives it what
// it runs on.
func NewCompany(open func(bot.Platform) (Backstage, error)) (*Company, error) {
	c := &Company{
		id: strings.ToLower(rand.Text()[:12]), rev: 1, changed: make(chan struct{}), hint: 1,
		forms: map[seat]*form{}, seen: map[seat]int{}, greeted: map[string]bool{}, broken: map[string]bool{},
	}
	var err error
	if c.back, err = open(c); err != nil {
		return nil, err
	}
	return c, nil
}

// Close ends the company. Whoever is at something finishes it first.
func (c *Company) Close() error {
	c.turn.Lock()
	defer c.turn.Unlock()
	return c.back.Close()
}

// act lets somebody do something, and then everything that is due of it. It
// goes on where the browser that wanted it is gone.
func (c *Company) act(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), turnLimit)
	defer cancel()
	c.turn.Lock()
	defer c.turn.Unlock()
	err := do(ctx)
	if err == nil {
		err = c.back.Engine.Settle(ctx)
	}
	if at, ok, nextErr := c.back.Engine.Next(ctx); nextErr == nil {
		c.wake = time.Time{}
		if ok {
			c.wake = at
		}
	}
	c.touch()
	return err
}

// Move moves the clock. Everything on the way happens at its own time.
func (c *Company) Move(ctx context.Context, by time.Duration) error {
	return c.act(ctx, func(ctx context.Context) error {
		return play.Advance(ctx, c.back.Engine, c.back.Clock, c.Now().Add(by))
	})
}

// MoveToNext moves the clock to what is due next, if anything is.
func (c *Company) MoveToNext(ctx context.Context) error {
	return c.act(ctx, func(ctx context.Context) error {
		at, ok, err := c.back.Engine.Next(ctx)
		if err != nil || !ok {
			return err
		}
		return play.Advance(ctx, c.back.Engine, c.back.Clock, at)
	})
}

// Now is what time it is at the company.
func (c *Company) Now() time.Time { return c.back.Clock.Now().UTC() }

// tick does what has become due by itself.
func (c *Company) tick(ctx context.Context) error {
	c.turn.Lock()
	due := !c.wake.IsZero() && !c.Now().Before(c.wake)
	c.turn.Unlock()
	if !due {
		return nil
	}
	return c.act(ctx, func(context.Context) error { return nil })
}

// touch tells every open page that something is to be seen.
func (c *Company) touch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.touched()
}

func (c *Company) touched() {
	c.rev++
	close(c.changed)
	c.changed = make(chan struct{})
}

// next is an id that this company has not had. It needs mu.
func (c *Company) next() string {
	c.n++
	return fmt.Sprintf("%s-%d", c.id, c.n)
}
