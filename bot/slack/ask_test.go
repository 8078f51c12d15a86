package slack

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

func asking(s *fakeslack.Server) Config {
	return Config{BotToken: fakeslack.BotToken, AppToken: fakeslack.AppToken, APIURL: strings.TrimSuffix(s.APIURL(), "/")}
}

func TestSlackTellsOfTheInstallation(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithScopes("chat:write", "users:read"))
	got, err := asking(s).Installed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if off := time.Since(got.Clock); off < -5*time.Second || off > 5*time.Second {
		t.Errorf("Slack's clock is %v away", off)
	}
	got.Clock = time.Time{}
	want := Installation{Team: fakeslack.Team, Company: "Fake Company", Bot: "secadvisor", App: fakeslack.App, Scopes: []string{"chat:write", "users:read"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnInstallationIsToldEvenIfItsAppIsNot(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithScopes("chat:write"))
	if got, err := asking(s).Installed(t.Context()); err != nil || got.App != "" || got.Team != fakeslack.Team {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestARefusedTokenComesWithSlacksWord(t *testing.T) {
	s := fakeslack.Start(t)
	for _, row := range []struct{ bot, app, want, connects string }{
		{fakeslack.BotToken, fakeslack.AppToken, "", ""},
		{"xoxb-other", "xapp-other", "invalid_auth", "invalid_auth"},
		{fakeslack.AppToken, fakeslack.BotToken, "not_allowed_token_type", "not_allowed_token_type"},
	} {
		c := asking(s)
		c.BotToken, c.AppToken = row.bot, row.app
		_, err := c.Installed(t.Context())
		if got := Said(err); got != row.want || (err != nil) != (row.want != "") {
			t.Errorf("%s: %v", row.bot, err)
		}
		if err := c.Connects(t.Context()); Said(err) != row.connects || (err != nil) != (row.connects != "") {
			t.Errorf("%s: %v", row.app, err)
		}
	}
	if n := len(s.Sockets()); n != 0 {
		t.Errorf("%d sockets were opened", n)
	}
}

func TestAPersonIsLookedUp(t *testing.T) {
	c := asking(fakeslack.Start(t))
	for id, want := range map[string]bot.Affiliation{fakeslack.Owner: bot.Home, fakeslack.Guest: bot.Guest, fakeslack.Stranger: bot.Foreign} {
		if got, err := c.Person(t.Context(), fakeslack.Team, id); err != nil || got.Affiliation != want || got.Zone != "Europe/Amsterdam" {
			t.Errorf("%s: %+v, %v", id, got, err)
		}
	}
	if _, err := c.Person(t.Context(), fakeslack.Team, "U0NOBODY"); Said(err) != "user_not_found" {
		t.Error(err)
	}
}

// A network that swallows everything, and one that refuses: neither is a no of
// Slack's, and no token is told.
func TestWithoutAnAnswerSlackSaidNothing(t *testing.T) {
	release := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer silent.Close()
	defer close(release)
	closed := httptest.NewServer(nil)
	closed.Close()
	for name, address := range map[string]string{"silent": silent.URL, "closed": closed.URL} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		c := Config{BotToken: "xoxb-secret", AppToken: "xapp-secret", APIURL: address}
		_, err := c.Installed(ctx)
		for _, err := range []error{err, c.Connects(ctx)} {
			if err == nil || Said(err) != "" || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
