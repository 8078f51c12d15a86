package engine_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

const tenant = "slack.T1"

// scene is an engine on a store of its own, with flows that a test gives and
// a platform that remembers.
type scene struct {
	*testing.T
	engine *engine.Engine
	store  storage.Store
	clock  *engine.Clock
	wall   *wall
	events int
	gone   bool // the company is not connected
}

func newScene(t *testing.T, flows ...bot.Flow) *scene {
	t.Helper()
	s := &scene{T: t, clock: &engine.Clock{}, wall: &wall{}}
	store, err := embedded.Open(filepath.Join(t.TempDir(), "test.db"), embedded.ClockOffset(s.clock.Offset), embedded.Volatile())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s.store = store
	s.engine, err = engine.New(engine.Config{
		Store:    store,
		Flows:    append(flows, echo),
		Platform: func(string) (bot.Platform, bool) { return s.wall, !s.gone },
		Roles: func(_, person string) bot.Role {
			if person == "olga" {
				return bot.Owner
			}
			return bot.Staff
		},
		Now: s.clock.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// echo is the fallback: it answers with what it was asked.
var echo = bot.Flow{Name: "echo", Fallback: true, Open: true, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{Title: e.Text}}}
}}

// typed is a command by a member in a channel, with an id of its own.
func (s *scene) typed(text string) bot.Event {
	s.events++
	return bot.Event{
		ID: fmt.Sprintf("e%d", s.events), Kind: bot.Command, Tenant: tenant, Text: text, Inline: true,
		From:  bot.Person{ID: "sam", Affiliation: bot.Home},
		Place: bot.Place{Channel: "C1", Kind: bot.Channel},
	}
}

func (s *scene) handle(e bot.Event) bot.Reply {
	s.Helper()
	reply, err := s.engine.Handle(s.Context(), e)
	if err != nil {
		s.Fatalf("handle %s: %v", e.ID, err)
	}
	return reply
}

func (s *scene) settle() {
	s.Helper()
	if err := s.engine.Settle(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func (s *scene) wait(d time.Duration) {
	s.Helper()
	s.clock.Move(s.clock.Now().Add(d))
	s.settle()
}

func (s *scene) keys(prefix string) []string {
	s.Helper()
	docs, _, err := s.store.List(s.Context(), tenant, prefix, "", 100)
	if err != nil {
		s.Fatal(err)
	}
	keys := []string{}
	for _, d := range docs {
		keys = append(keys, d.Key)
	}
	return keys
}

// wall is a platform that takes every post, or fails as it is told.
type wall struct {
	mu    sync.Mutex
	posts []bot.Post
	fail  []error // of the next deliveries; nil lets one through
	rooms map[string]bot.Room
	mute  bool     // nothing is told of channels just now
	asked []string // the reach of each channel that was asked for
}

// Room tells of the channels that the test gave; it may not look into others.
func (w *wall) Room(_ context.Context, _, channel, reach string) (bot.Room, error) {
	w.asked = append(w.asked, reach)
	if w.mute {
		return bot.Room{}, errTimeout
	}
	return w.rooms[channel], nil
}

func (w *wall) Deliver(_ context.Context, p bot.Post) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.fail) > 0 {
		err := w.fail[0]
		w.fail = w.fail[1:]
		if err != nil {
			return "", err
		}
	}
	w.posts = append(w.posts, p)
	if p.Edit != "" {
		return p.Edit, nil
	}
	return fmt.Sprintf("receipt-%d", len(w.posts)), nil
}

func (w *wall) titles() []string {
	titles := []string{}
	for _, p := range w.posts {
		titles = append(titles, p.View.Title)
	}
	return titles
}

var (
	errTimeout  = errors.New("timeout")
	errArchived = &bot.Outcome{Permanent: true, Reason: "the channel was archived", Err: errors.New("is_archived")}
	errEnded    = &bot.Outcome{Permanent: true, Blameless: true, Reason: "my access was taken back", Err: errors.New("token_revoked")}
	errBusy     = &bot.Outcome{After: 30 * time.Second, Err: errors.New("429")}
	errGone     = &bot.Outcome{Gone: true, Err: errors.New("message_not_found")}
)

// poster shows a view titled with the text, under the key "card", to the
// channel of the event.
func poster(key string) bot.Flow {
	return bot.Flow{Name: "poster", Words: []string{"post"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		if e.Kind == bot.Failed {
			title := "not delivered: " + e.Undelivered.Reason
			if e.Undelivered.Silent {
				title += ", which may pass"
			}
			return []bot.Effect{bot.Show{To: bot.To("olga"), View: bot.View{Title: title}}}
		}
		return []bot.Effect{bot.Show{Key: key, To: bot.Address{Channel: "C1"}, View: bot.View{Title: e.Text}}}
	}}
}
