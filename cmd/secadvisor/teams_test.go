package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/engine"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/config"
)

const anApp = "11111111-1111-1111-1111-111111111111"

func teamsAlone(t *testing.T) config.Config {
	c := config.Defaults()
	c.Storage, c.Listen = "file:"+filepath.Join(t.TempDir(), "teams.db"), "127.0.0.1:0"
	c.Teams.Bots = []teams.Bot{{AppID: anApp, Secret: "x", Tenant: "22222222-2222-2222-2222-222222222222"}}
	return c
}

func TestTeamsIsServedWithoutSlack(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := newServer(ctx, teamsAlone(t), &engine.Clock{}, slog.New(slog.NewTextHandler(logTo(t), nil)))
	if err != nil {
		t.Fatal(err)
	}
	printed, out := io.Pipe()
	s.out = out
	done := make(chan error, 1)
	go func() { done <- s.run(ctx) }()
	text := make([]byte, 400)
	n, err := printed.Read(text)
	if err != nil || !strings.Contains(string(text[:n]), "in Teams") || !strings.Contains(string(text[:n]), "/sec claim ") {
		t.Errorf("printed %q %v", text[:n], err)
	}
	for path, want := range map[string]int{"GET /readyz": 200, "POST /api/messages": 401, "POST /slack/commands": 404} {
		method, path, _ := strings.Cut(path, " ")
		req, err := http.NewRequestWithContext(ctx, method, "http://"+s.listen.Addr().String()+path, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.Body.Close(); resp.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, resp.StatusCode, want)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// Each organisation has a code of its own: whoever serves several is told which
// code is for which.
func TestACodeNamesItsOrganisation(t *testing.T) {
	c := teamsAlone(t)
	const second = "44444444-4444-4444-4444-444444444444"
	c.Teams.Bots[0].Owners = nil
	c.Teams.Bots = append(c.Teams.Bots, teams.Bot{AppID: second, Tenant: second, Secret: "x"})
	s, err := newServer(t.Context(), c, &engine.Clock{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.store.Close()
	var out strings.Builder
	s.out = &out
	if err := s.introduce(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, b := range c.Teams.Bots {
		if !strings.Contains(out.String(), "in Teams of the organisation "+b.Tenant+" (") {
			t.Errorf("no code is said to be for %s:\n%s", b.Tenant, out.String())
		}
	}
}

func TestTeamsThatCannotWorkIsNamed(t *testing.T) {
	for want, change := range map[string]func(c *config.Config){
		"teams.bots[0].app_id":     func(c *config.Config) { c.Teams.Bots[0].AppID = "the bot" },
		"teams.bots[0].tenant":     func(c *config.Config) { c.Teams.Bots[0].Tenant = "" },
		"teams.bots[0].secret":     func(c *config.Config) { c.Teams.Bots[0].Secret = "" },
		"no bot may be configured": func(c *config.Config) { c.Teams.NoAuth = true },
		"the address must be of this machine": func(c *config.Config) {
			c.Teams.Bots, c.Teams.NoAuth, c.Listen = nil, true, ":3978"
		},
	} {
		c := teamsAlone(t)
		change(&c)
		if _, err := newServer(t.Context(), c, &engine.Clock{}, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
