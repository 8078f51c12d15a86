package main

import (
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
)

// Told to stop, the server takes nothing more, finishes what it holds and
// ends with status 0, well within the ten seconds that it is given.
func TestServeEndsWhenItIsTold(t *testing.T) {
	slack := fakeslack.Start(t, fakeslack.WithSigningSecret(signingSecret))
	slack.AddUser(userID(0))
	slack.Fail("chat.postMessage", fakeslack.Slow(2*time.Second), 1)
	p := &process{t: t, binary: build(t), storage: "file:" + filepath.Join(t.TempDir(), "end.db"), slack: slack, listen: commandtest.FreeAddress(t)}
	p.start()
	p.waitReady()
	deliver(t, []*process{p}, "/slack/events", "application/json", question(0, 1, "printer-scanner"))
	begun := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	if got := len(slack.DM(userID(0))); got != 1 {
		t.Errorf("%d posts, want the one that was under way", got)
	}
}

func TestReadinessFollowsTheStoreAndSlack(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "ready.db"))
	s.start()
	defer s.stop()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 404, "/debug/pprof/": 404} {
		response, err := http.Get("http://" + s.address + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, response.StatusCode, want)
		}
	}
}

// A server without what it needs says what is missing, and where it is found.
func TestServeSaysWhatIsMissing(t *testing.T) {
	c := config.Defaults()
	c.Storage, c.Listen = "file:"+filepath.Join(t.TempDir(), "x.db"), "127.0.0.1:0"
	for name, change := range map[string]func(*config.Config){
		"slack.bot_token":      func(c *config.Config) { c.Slack.AppToken = "xapp-1" },
		"slack.app_token":      func(c *config.Config) { c.Slack.BotToken = "xoxb-1" },
		"slack.signing_secret": func(c *config.Config) { c.Slack.BotToken, c.Slack.Mode = "xoxb-1", "http" },
	} {
		c := c
		change(&c)
		_, err := newServer(t.Context(), c, &engine.Clock{}, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestServeHasNoPlayground(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "serve.db"))
	s.start()
	defer s.stop()
	for _, path := range []string{"/", "/?as=owner:Alex", "/parts", "/live", "/file/a/b", "/static/page.js", "/say", "/press", "/fill", "/cancel", "/clock", "/break", "/tour"} {
		for _, ask := range []func() (*http.Response, error){
			func() (*http.Response, error) { return http.Get("http://" + s.address + path) },
			func() (*http.Response, error) {
				return http.PostForm("http://"+s.address+path, url.Values{"text": {"hello"}})
			},
		} {
			r, err := ask()
			if err != nil {
				t.Fatal(err)
			}
			r.Body.Close()
			if r.StatusCode != http.StatusNotFound || r.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s %s: %d", r.Request.Method, path, r.StatusCode)
			}
		}
	}
}
