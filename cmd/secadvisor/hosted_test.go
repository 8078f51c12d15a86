package main

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage/redis/redistest"
)

const (
	alpha = "T0ALPHA"
	beta  = "T0BETA"
)

// hosting is an installation for many companies: a Slack with two workspaces,
// and replicas of the bot on one store.
type hosting struct {
	*testing.T
	hub    *fakeslack.Hub
	spaces map[string]*fakeslack.Server
	clock  *engine.Clock
	config config.Config

	replicas []*server
	cancel   context.CancelFunc
	running  sync.WaitGroup
}

// onFile hosts with one replica, onRedis with several.
func onFile(t *testing.T) *hosting {
	return newHosting(t, "file:"+filepath.Join(t.TempDir(), "hosted.db"), 1)
}

func onRedis(t *testing.T, replicas int) *hosting {
	return newHosting(t, redistest.Start(t).URL(), replicas)
}

func newHosting(t *testing.T, storage string, replicas int) *hosting {
	t.Helper()
	h := &hosting{T: t, clock: &engine.Clock{}, config: config.Defaults(), spaces: map[string]*fakeslack.Server{}}
	h.hub = fakeslack.StartHub(t, fakeslack.WithTimeScale(0.01), fakeslack.WithClock(h.clock.Now))
	h.spaces[alpha] = h.hub.Workspace(alpha, "Alpha & Sons")
	h.spaces[beta] = h.hub.Workspace(beta, "Beta Ltd")
	h.config.Storage, h.config.Listen, h.config.Keys.Master = storage, commandtest.FreeAddress(t), []string{commandtest.Key}
	h.config.Slack.Mode, h.config.Slack.APIURL = "http", h.hub.APIURL()
	h.config.Slack.SigningSecret, h.config.Slack.AppID = fakeslack.SigningSecret, fakeslack.App
	h.config.Slack.ClientID, h.config.Slack.ClientSecret = fakeslack.ClientID, fakeslack.ClientSecret
	h.config.Slack.Address = "http://" + h.config.Listen
	h.start(replicas)
	t.Cleanup(h.stop)
	return h
}

func (h *hosting) start(replicas int) {
	h.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	var listening []string
	c := h.config
	for range replicas {
		server, err := newServer(ctx, c, h.clock, slog.New(slog.NewTextHandler(logTo(h.T), nil)))
		if err != nil {
			h.Fatal(err)
		}
		h.replicas = append(h.replicas, server)
		listening = append(listening, "http://"+server.listen.Addr().String())
		h.running.Go(func() {
			if err := server.run(ctx); err != nil {
				h.Error(err)
			}
		})
		c.Listen = "127.0.0.1:0"
	}
	h.hub.Connect(listening...)
}

func (h *hosting) stop() {
	h.cancel()
	h.running.Wait()
	h.replicas = nil
}

// later moves everybody's clock.
func (h *hosting) later(d time.Duration) { h.clock.Move(h.clock.Now().Add(d)) }

// visitor is somebody's browser.
type visitor struct {
	*hosting
	client *http.Client
}

func (h *hosting) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	return &visitor{h, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// begin presses the button of the install page; it returns the address at
// Slack that the browser is sent to.
func (v *visitor) begin() string {
	v.Helper()
	response, err := v.client.Post(v.config.Slack.Address+"/slack/install", "application/x-www-form-urlencoded", nil)
	if err != nil {
		v.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		v.Fatalf("the button leads nowhere: %s", response.Status)
	}
	return response.Header.Get("Location")
}

// comes opens an address and reads the page.
func (v *visitor) comes(address string) (page string) {
	v.Helper()
	response, err := v.client.Get(address)
	if err != nil {
		v.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		v.Fatal(err)
	}
	return html.UnescapeString(string(raw))
}

// allows presses Allow on Slack's page; it returns where the browser goes next.
func (v *visitor) allows(page, team, user string) string {
	v.Helper()
	back, err := v.hub.Allow(page, team, user)
	if err != nil {
		v.Fatal(err)
	}
	return back
}

var shownCode = regexp.MustCompile(`/sec claim (\S+?)<`)

// installed installs the bot as somebody; the code is empty where none is
// handed out.
func (h *hosting) installed(team, user string) (code string) {
	h.Helper()
	v := h.visitor()
	page := v.comes(v.allows(v.begin(), team, user))
	if !strings.Contains(page, "Installed in") {
		h.Fatalf("not installed:\n%s", page)
	}
	if m := shownCode.FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}

// owned installs the bot, and its installer claims it.
func (h *hosting) owned(team string) *fakeslack.Server {
	h.Helper()
	code := h.installed(team, fakeslack.Owner)
	h.answers(team, fakeslack.Owner, "claim "+code, "You are an owner now")
	return h.spaces[team]
}

func (h *hosting) answers(team, user, words, want string) {
	h.Helper()
	d := h.spaces[team].Command(user, "", "/sec", words)
	m, ok := d.Answer()
	if !ok || !strings.Contains(m.Shown(), want) {
		h.Fatalf("%s in %s: %s answers %v %q (%s), want %q", user, team, words, ok, m.Shown(), d.Problem(), want)
	}
}

func (h *hosting) until(what string, is func() bool) {
	h.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	h.Fatalf("%s: it did not come to that", what)
}

// keys are the documents of a company.
func (h *hosting) keys(team string) (all []string) {
	h.Helper()
	docs, err := stores.Documents(h.Context(), h.replicas[0].store, "slack."+team)
	if err != nil {
		h.Fatal(err)
	}
	for _, d := range docs {
		all = append(all, d.Key)
	}
	return all
}
