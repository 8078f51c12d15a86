package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

// mostApplies is how often a press on an assessment may write to the store,
// until its card has changed.
const mostApplies = 3

// Every answer costs few writes: alone, where it rests, where it comes from
// somebody who was asked, and where it finishes the run.
func TestAnAnswerCostsFewWrites(t *testing.T) {
	s := newCounted(t)
	s.says("owner", "quarterly-essentials")
	for _, code := range []string{"/size/", "/it/", "/by/"} {
		s.costs("owner", code, mostApplies)
	}
	for n := range 24 {
		if n == 12 {
			s.asks("owner", "/ask/", "robin")
			s.costs("robin", "/reply/", mostApplies)
			continue
		}
		if s.offered("owner", "/go-on/") != "" {
			s.costs("owner", "/go-on/", mostApplies)
		}
		s.costs("owner", "/yes", mostApplies)
	}
	s.asks("owner", "/ask/", "robin")
	s.costs("robin", "/reply/", mostApplies+2) // the last one: a card ends, and the result is a new message
	if s.offered("owner", "report") == "" {
		t.Error("the run is not finished")
	}
}

// counted is a bot in memory that counts what it writes.
type counted struct {
	*testing.T
	engine *engine.Engine
	store  *counting
	events int
	mu     sync.Mutex
	shown  map[string]bot.View // the latest view of a person
	form   *bot.Form
}

type counting struct {
	storage.Store
	applies atomic.Int64
}

func (c *counting) Apply(ctx context.Context, tenant string, change storage.Change) (storage.Applied, error) {
	c.applies.Add(1)
	return c.Store.Apply(ctx, tenant, change)
}

func newCounted(t *testing.T) *counted {
	t.Helper()
	clock := &engine.Clock{}
	clock.Move(monday)
	store, err := embedded.Open(filepath.Join(t.TempDir(), "test.db"), embedded.ClockOffset(clock.Offset), embedded.Volatile())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	lib, matcher, err := knowledge.Load(content.Settings{Command: "/sec"})
	if err != nil {
		t.Fatal(err)
	}
	s := &counted{T: t, store: &counting{Store: store}, shown: map[string]bot.View{}}
	s.engine, err = engine.New(engine.Config{
		Store:    s.store,
		Flows:    flows.All(lib, matcher, func(string) []string { return []string{"owner"} }),
		Platform: func(string) (bot.Platform, bool) { return s, true },
		Roles: func(_, id string) bot.Role {
			if id == "owner" {
				return bot.Owner
			}
			return bot.Staff
		},
		Now: clock.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Deliver remembers what a person sees. See bot.Platform.
func (s *counted) Deliver(_ context.Context, p bot.Post) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown[p.To.User] = p.View
	return "receipt", nil
}

// handle gives an event to the bot, waits until all is done that comes of
// it, and returns how many writes that took.
func (s *counted) handle(e bot.Event, who string) int64 {
	s.Helper()
	s.events++
	e.ID, e.Tenant, e.Inline = fmt.Sprint("e", s.events), "play", true
	e.From = bot.Person{ID: who, Name: who, Affiliation: bot.Home}
	e.Place = bot.Place{Channel: "dm-" + who, Kind: bot.Direct}
	before := s.store.applies.Load()
	reply, err := s.engine.Handle(s.Context(), e)
	if err != nil {
		s.Fatal(err)
	}
	s.form = reply.Form
	if err := s.engine.Settle(s.Context()); err != nil {
		s.Fatal(err)
	}
	return s.store.applies.Load() - before
}

func (s *counted) says(who, rest string) {
	s.Helper()
	s.handle(bot.Event{Kind: bot.Command, Text: "assess " + rest}, who)
}

// offered is the first button on what a person sees last whose action has
// this in it; empty: there is none.
func (s *counted) offered(who, part string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.shown[who].Actions() {
		if strings.Contains(b.Action.String(), part) {
			return b.Action.String()
		}
	}
	return ""
}

// costs presses a button, which may write so often.
func (s *counted) costs(who, part string, most int64) {
	s.Helper()
	action, err := bot.ParseAction(s.offered(who, part))
	if err != nil {
		s.Fatalf("%s is not offered %s: %+v", who, part, s.shown[who])
	}
	if n := s.handle(bot.Event{Kind: bot.Click, Action: action}, who); n < 1 || n > most {
		s.Errorf("%s costs %d writes, want 1 to %d", action, n, most)
	}
}

// asks fills in the form behind a button, with somebody who is to be asked.
func (s *counted) asks(who, part, whom string) {
	s.Helper()
	action, err := bot.ParseAction(s.offered(who, part))
	if err != nil {
		s.Fatal(err)
	}
	s.handle(bot.Event{Kind: bot.Click, Action: action}, who)
	s.handle(bot.Event{
		Kind: bot.Submit, Action: s.form.Action, Values: map[string]string{"user": whom, "due": "in a week"},
		Picked: map[string]bot.Picked{"user": {ID: whom, Name: whom, Affiliation: bot.Home}},
	}, who)
}
