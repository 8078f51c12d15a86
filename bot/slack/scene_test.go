package slack

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// scene is the platform, connected to a fake Slack, with a bot behind it that
// remembers what it was told and says what the test wants.
type scene struct {
	*Platform
	t     *testing.T
	slack *fakeslack.Server
	addr  string // of the bot, in HTTP mode
	logs  *lockedBuffer

	mu     sync.Mutex
	events []bot.Event
	say    func(bot.Event) (bot.Reply, error)
}

func newScene(t *testing.T, mode string, options ...fakeslack.Option) *scene {
	t.Helper()
	s := &scene{t: t, slack: fakeslack.Start(t, options...), logs: &lockedBuffer{}}
	c := Config{Mode: mode, SigningSecret: fakeslack.SigningSecret, BotToken: fakeslack.BotToken, AppToken: fakeslack.AppToken, APIURL: s.slack.APIURL()}
	p, err := New(c, "/sec", s, slog.New(slog.NewTextHandler(s.logs, nil)))
	if err != nil {
		t.Fatal(err)
	}
	s.Platform = p
	p.stagger = 0
	if mode == "http" {
		mux := http.NewServeMux()
		p.Routes(mux)
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		s.addr = server.URL
		s.slack.Connect(server.URL)
	}
	t.Cleanup(s.noSecretWasLogged)
	return s
}

// run runs the platform until the test ends.
func (s *scene) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				s.t.Errorf("Run = %v", err)
			}
		case <-time.After(5 * time.Second):
			s.t.Error("Run does not end")
		}
	})
	s.t.Cleanup(stop)
	return stop
}

// Handle is what the bot behind the platform does.
func (s *scene) Handle(_ context.Context, e bot.Event) (bot.Reply, error) {
	s.mu.Lock()
	s.events = append(s.events, e)
	say := s.say
	s.mu.Unlock()
	if say == nil {
		return bot.Reply{}, nil
	}
	return say(e)
}

func (s *scene) says(say func(bot.Event) (bot.Reply, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.say = say
}

func (s *scene) shows(v bot.View) {
	s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{View: &v}, nil })
}

func (s *scene) told() []bot.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]bot.Event(nil), s.events...)
}

// last is the latest event that the bot was told.
func (s *scene) last() bot.Event {
	s.t.Helper()
	all := s.told()
	if len(all) == 0 {
		s.t.Fatal("the bot was told nothing")
	}
	return all[len(all)-1]
}

func (s *scene) eventually(what string, ok func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	s.t.Fatalf("not yet: %s", what)
}

func (s *scene) noSecretWasLogged() {
	for _, secret := range []string{fakeslack.BotToken, fakeslack.AppToken, fakeslack.SigningSecret, "/commands/" + fakeslack.Team, "/actions/" + fakeslack.Team, "/link/"} {
		if strings.Contains(s.logs.String(), secret) {
			s.t.Errorf("the log shows %q:\n%s", secret, s.logs)
		}
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func one(b bot.Block) bot.View { return bot.View{Title: "Title", Blocks: []bot.Block{b}} }

func difference(want, got any, how ...cmp.Option) string { return cmp.Diff(want, got, how...) }

// manifestScopes are the bot's scopes in the manifest.
func manifestScopes(t *testing.T) (scopes []string) {
	t.Helper()
	raw, err := os.ReadFile("../../deploy/slack/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		OAuth struct {
			Scopes struct {
				Bot []string `yaml:"bot"`
			} `yaml:"scopes"`
		} `yaml:"oauth_config"`
	}
	if err := yaml.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return m.OAuth.Scopes.Bot
}

func unexported(v any) cmp.Option { return cmp.AllowUnexported(v) }
