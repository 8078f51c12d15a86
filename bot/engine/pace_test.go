package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
)

// slowWall takes one post a second in a conversation, and three in all.
type slowWall struct{ *wall }

func (slowWall) Pace() bot.Pace { return bot.Pace{Company: 3, Conversation: 1} }

func TestPostsThatNobodyWaitsForKeepThePace(t *testing.T) {
	bell := bot.Flow{Name: "bell", Words: []string{"ring"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		if e.Kind == bot.Timer {
			return []bot.Effect{bot.Show{Key: e.Timer, To: bot.To("sam"), View: bot.View{Title: e.Timer}}}
		}
		effects := []bot.Effect{bot.Show{Key: "now", To: bot.To("sam"), View: bot.View{Title: "set"}}}
		for i := range 4 {
			effects = append(effects, bot.Set{Name: fmt.Sprint(i), At: e.Now.Add(time.Duration(i) * time.Millisecond)})
		}
		return effects
	}}
	s := newScene(t, bell)
	var told ledger
	paced := engine.Config{Store: s.store, Flows: []bot.Flow{bell, echo}, Now: s.clock.Now, Watch: &told,
		Platform: func(string) (bot.Platform, bool) { return slowWall{s.wall}, true }}
	var err error
	if s.engine, err = engine.New(paced); err != nil {
		t.Fatal(err)
	}
	s.handle(s.typed("ring"))
	s.clock.Move(s.clock.Now().Add(time.Second))
	seen := func() (titles []string) {
		if err := s.engine.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, p := range s.wall.posts {
			titles = append(titles, p.View.Title)
		}
		return titles
	}
	if got := fmt.Sprint(seen()); got != "[set 0]" {
		t.Fatalf("at once: %s", got)
	}
	if queued, told := told.take(); queued != 5 || !slices.Contains(told, "put off, pace, 0") {
		t.Errorf("%d queued, told %q", queued, told)
	}
	for i := 1; i < 4; i++ {
		s.clock.Move(s.clock.Now().Add(1100 * time.Millisecond))
		if got := seen(); len(got) != i+2 || got[i+1] != fmt.Sprint(i) {
			t.Fatalf("after %d s: %v", i, got)
		}
	}
}

func TestATimerIsSpreadByItsName(t *testing.T) {
	setter := bot.Flow{Name: "setter", Words: []string{"set"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		var effects []bot.Effect
		for i := range 100 {
			effects = append(effects, bot.Set{Name: fmt.Sprint(i), At: e.Now.Add(time.Hour), Spread: 5 * time.Minute})
		}
		return effects
	}}
	s := newScene(t, setter)
	at := s.clock.Now()
	s.handle(s.typed("set"))
	first, ok, err := s.engine.Next(t.Context())
	if err != nil || !ok || first.Before(at.Add(time.Hour)) || first.After(at.Add(time.Hour+time.Minute)) {
		t.Errorf("the first of a hundred comes at %v, %v", first.Sub(at), err)
	}
	s.clock.Move(at.Add(time.Hour + 150*time.Second))
	claims, err := s.store.Claim(t.Context(), 1000, time.Minute)
	if err != nil || len(claims) < 30 || len(claims) > 70 {
		t.Errorf("after half of the spread %d of 100 are due, %v", len(claims), err)
	}
}
