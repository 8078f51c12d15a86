package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// shelf is a registry of one company, in memory.
type shelf struct {
	Registry // what is not needed here

	mu     sync.Mutex
	kept   Kept
	locked bool
	tried  int // how often somebody wanted the lock
}

func (s *shelf) Find(context.Context, string) (Kept, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept, nil
}

func (s *shelf) Keep(ctx context.Context, k Kept) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case k.Version != s.kept.Version:
		return ErrChanged
	}
	s.kept = k
	s.kept.Version++
	return nil
}

func (s *shelf) Lock(context.Context, string, time.Duration) (func(), error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tried++; s.locked {
		return nil, nil
	}
	s.locked = true
	return s.unlock, nil
}

func (s *shelf) unlock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locked = false
}

func (s *shelf) wanted() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tried
}

// revival is a company that is gone, whose token has run out, and a Slack that
// gives the next one.
func revival(t *testing.T, asked func()) (*companies, *shelf) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked()
		if got := r.FormValue("refresh_token"); got != "refresh 1" {
			t.Errorf("Slack is asked for what follows %q", got)
		}
		fmt.Fprint(w, `{"ok":true,"access_token":"token 2","refresh_token":"refresh 2","expires_in":43200,"team":{"id":"T1"}}`)
	}))
	t.Cleanup(api.Close)
	s := &shelf{kept: Kept{Company{Team: "T1", Token: "token 1", Refresh: "refresh 1", Gone: &Gone{Why: "a test"}}, 7}}
	c := manyAt("https://bot.example.com")
	c.APIURL = api.URL + "/api/"
	p, err := New(c, "/sec", nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	p.Host(s, nil, nil, time.Now)
	return p.companies, s
}

// Who comes with a token that was replaced long ago, and is told that the
// company is gone, does not speak for whoever comes with the one that counts:
// everything would be erased of a company that can be had back.
func TestAnOldTokenSpeaksForNoNewerOne(t *testing.T) {
	k, s := revival(t, func() {})
	s.locked = true
	now, _ := s.Find(t.Context(), "")
	old := now
	old.Token, old.Refresh = "token 0", "refresh 0"
	var both sync.WaitGroup
	both.Go(func() {
		if _, err := k.revives(t.Context(), old); err != nil {
			t.Error(err)
		}
	})
	for s.wanted() == 0 {
		time.Sleep(time.Millisecond)
	}
	both.Go(func() {
		if works, err := k.revives(t.Context(), now); !works || err != nil {
			t.Errorf("the token that can be renewed: %v, %v", works, err)
		}
	})
	time.Sleep(20 * time.Millisecond) // they would wait for the first
	s.unlock()
	both.Wait()
	if got, _ := s.Find(t.Context(), ""); got.Token != "token 2" || got.Gone != nil {
		t.Errorf("kept is %s of a company that is gone: %v", got.Token, got.Gone != nil)
	}
}

// The refresh token works once: what it brings is written down, also when the
// lock was had at the last moment.
func TestARevivalHasTimeToBeWrittenDown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	k, s := revival(t, cancel)
	now, _ := s.Find(t.Context(), "")
	if works, err := k.reviveAlone(ctx, now); !works || err != nil {
		t.Errorf("%v, %v", works, err)
	}
	if got, _ := s.Find(t.Context(), ""); got.Token != "token 2" || got.Refresh != "refresh 2" {
		t.Errorf("kept is %s", got.Token)
	}
}
