package refused

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
)

// a sentence or two for whoever reads it, which tells no secret.
func readable(t *testing.T, r Reason) {
	t.Helper()
	for _, text := range []string{r.Says, r.Mend} {
		if !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "..") || strings.Contains(text, fakeslack.BotToken) {
			t.Errorf("nobody can read %q", text)
		}
	}
}

// Each word that Slack says no with is explained by what it means for that
// token, and one that nobody has heard is passed on.
func TestSlacksNoIsExplained(t *testing.T) {
	s := fakeslack.Start(t)
	config := slack.Config{BotToken: fakeslack.BotToken, AppToken: "xapp-1-A1-1-x", APIURL: s.APIURL()}
	bot := func() error { _, err := config.Installed(t.Context()); return err }
	app := func() error { return config.Connects(t.Context()) }
	for _, row := range []struct {
		method  string
		ask     func() error
		explain func(error) Reason
		words   []string
		says    string
	}{
		{"auth.test", bot, BotToken, []string{"invalid_auth", "not_authed"}, "does not know this bot token"},
		{"auth.test", bot, BotToken, []string{"token_revoked", "account_inactive", "token_expired"}, "was taken back"},
		{"auth.test", bot, BotToken, []string{"not_allowed_token_type"}, "of another kind"},
		{"auth.test", bot, BotToken, []string{"new_word"}, "says new_word"},
		{"apps.connections.open", app, AppToken, []string{"invalid_auth", "token_revoked"}, "does not know this app token"},
		{"apps.connections.open", app, AppToken, []string{"missing_scope", "no_permission"}, "lacks connections:write"},
		{"apps.connections.open", app, AppToken, []string{"not_allowed_token_type"}, "of another kind than an app token"},
		{"apps.connections.open", app, AppToken, []string{"new_word"}, "says new_word"},
	} {
		for _, word := range row.words {
			s.Fail(row.method, fakeslack.Refused(word), 1)
			r := row.explain(row.ask())
			if !r.Answered || !strings.Contains(r.Says, row.says) {
				t.Errorf("%s of %s is explained as %+v", word, row.method, r)
			}
			readable(t, r)
		}
	}
}

// Where Slack gave no answer it said no to nothing: it is the network's turn.
func TestNoAnswerIsNoNo(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	config := slack.Config{BotToken: fakeslack.BotToken, AppToken: "xapp-1-A1-1-x", APIURL: gone.URL + "/"}
	_, err := config.Installed(t.Context())
	byClient, key := Client(err)
	byTeams, value := Teams(err)
	for name, r := range map[string]Reason{"bot": BotToken(err), "app": AppToken(config.Connects(t.Context())), "client": byClient, "teams": byTeams} {
		if r.Answered || !strings.Contains(r.Says, "could not be asked") || !strings.Contains(r.Mend, "firewall") {
			t.Errorf("%s: %+v", name, r)
		}
		readable(t, r)
	}
	if key != "client_id" || value != "" {
		t.Errorf("look at %q, %q", key, value)
	}
}

func TestMicrosoftsNoNamesTheValue(t *testing.T) {
	for _, row := range []struct {
		no   teams.Denied
		says string
	}{
		{teams.Denied{What: "secret", Old: true, Code: "AADSTS7000222"}, "has run out (AADSTS7000222)"},
		{teams.Denied{What: "secret", Code: "AADSTS7000215"}, "does not take this client secret"},
		{teams.Denied{What: "app_id", Code: "AADSTS700016"}, "does not know this app"},
		{teams.Denied{What: "tenant", Code: "AADSTS90002"}, "no organisation"},
		{teams.Denied{Code: "AADSTS1"}, "says AADSTS1"},
	} {
		r, value := Teams(fmt.Errorf("teams: %w", &row.no))
		if value != row.no.What || !r.Answered || !strings.Contains(r.Says, row.says) {
			t.Errorf("%+v is explained as %+v, and it is %q to look at", row.no, r, value)
		}
		readable(t, r)
	}
}

func TestTwoTokensOfTwoAppsAreNoticed(t *testing.T) {
	for _, row := range []struct {
		token, app string
		want       bool
	}{
		{"xapp-1-A111-222-abc", "A111", false},
		{"xapp-1-A111-222-abc", "A999", true},
		{"xapp-1-A111-222-abc", "", false}, // Slack does not tell
		{"xapp-secret", "A999", false},     // nor does the token
		{"", "A999", false},
	} {
		r, got := OtherApp(row.token, row.app)
		if got != row.want || got && (!strings.Contains(r.Says, "A111") || !strings.Contains(r.Says, "A999") || strings.Contains(r.Says, "abc")) {
			t.Errorf("%q and the app %q: %v, %+v", row.token, row.app, got, r)
		}
	}
}

// The cause is plain, and has no address in it: some hold a secret.
func TestTheCauseIsThePlainestPart(t *testing.T) {
	inURL := func(err error) error {
		return fmt.Errorf("slack: %w", &url.Error{Op: "Post", URL: "https://hooks.example/SECRET", Err: err})
	}
	for want, err := range map[string]error{
		"no answer came in time":              inURL(context.DeadlineExceeded),
		"no answer came in time ":             fmt.Errorf("read: %w", os.ErrDeadlineExceeded),
		"the name slack.example is not known": inURL(&net.OpError{Op: "dial", Err: &net.DNSError{Name: "slack.example", IsNotFound: true}}),
		"connection refused":                  inURL(&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", errors.New("connection refused"))}),
		"unknown authority":                   inURL(x509.UnknownAuthorityError{}),
		"plain":                               errors.New("plain"),
	} {
		if got := Cause(err); !strings.Contains(got, strings.TrimSpace(want)) || strings.Contains(got, "SECRET") {
			t.Errorf("%v comes down to %q, want %q", err, got, want)
		}
	}
}
