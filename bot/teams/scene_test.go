package teams

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

const (
	org   = faketeams.Org
	other = faketeams.Other
	appID = faketeams.App
)

// scene is a platform between a fake Teams and a handler that a test gives.
type scene struct {
	*testing.T
	fake     *faketeams.Server
	platform *Platform
	log      strings.Builder
	address  string // of the bot

	mu     sync.Mutex
	events []bot.Event
	answer bot.Reply
}

// Handle remembers the event and answers as the test says.
func (s *scene) Handle(_ context.Context, e bot.Event) (bot.Reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, e)
	return s.answer, nil
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{T: t, fake: faketeams.Start(t)}
	var err error
	s.platform, err = New(Config{
		Bots: []Bot{{AppID: appID, Secret: "a secret", Tenant: org}}, Plain: true,
		MetadataURL: s.fake.MetadataURL(), TokenURL: s.fake.TokenURL(),
	}, s, slog.New(slog.NewTextHandler(&s.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	s.platform.Routes(mux)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.fake.Connect(server.URL)
	s.address = server.URL
	return s
}

func (s *scene) token(change func(c jwt.MapClaims, header map[string]any)) string {
	return s.fake.Token(change)
}

// activity is a message by Sam in a personal chat, with what a test changes.
func (s *scene) activity(change func(a map[string]any)) map[string]any {
	return s.fake.Activity(faketeams.Staff, "who handles printers?", change)
}

func (s *scene) send(token string, activity map[string]any) (status int, body string) {
	s.Helper()
	return s.fake.Send(token, activity)
}

func (s *scene) last() bot.Event {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.events) == 0 {
		s.Fatal("no event came through")
	}
	return s.events[len(s.events)-1]
}
