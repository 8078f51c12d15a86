package teams

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/bottest/faketeams"
)

func TestMicrosoftSaysWhichValueIsWrong(t *testing.T) {
	fake := faketeams.Start(t)
	fake.Secret("the secret")
	c := Config{TokenURL: fake.LoginURL(), Plain: true}
	good := Bot{AppID: appID, Secret: "the secret", Tenant: org}
	for name, row := range map[string]struct {
		change func(b *Bot)
		want   *Denied
	}{
		"nothing": {func(*Bot) {}, nil},
		"secret":  {func(b *Bot) { b.Secret = "another secret" }, &Denied{What: "secret", Code: "AADSTS7000215"}},
		"app":     {func(b *Bot) { b.AppID = other }, &Denied{What: "app_id", Code: "AADSTS700016"}},
		"tenant":  {func(b *Bot) { b.Tenant = other }, &Denied{What: "tenant", Code: "AADSTS90002"}},
	} {
		b := good
		row.change(&b)
		clock, err := c.Try(t.Context(), b)
		var got *Denied
		if errors.As(err, &got) != (err != nil) {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if off := time.Since(clock); off < -5*time.Second || off > 5*time.Second {
			t.Errorf("%s: the clock is %v away", name, off)
		}
		if err != nil && strings.Contains(err.Error(), "another secret") {
			t.Errorf("%s: the secret is told: %v", name, err)
		}
	}
}

func TestMicrosoftsOtherWordsAreRead(t *testing.T) {
	for body, want := range map[string]Denied{
		`{"error":"invalid_client","error_codes":[7000222]}`:     {What: "secret", Old: true, Code: "AADSTS7000222"},
		`{"error":"invalid_client"}`:                             {What: "secret", Code: "invalid_client"},
		`{"error":"unauthorized_client","error_codes":[1]}`:      {What: "app_id", Code: "unauthorized_client"},
		`{"error":"temporarily_unavailable","error_codes":"no"}`: {Code: "temporarily_unavailable"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			w.Write([]byte(body))
		}))
		_, err := Config{TokenURL: server.URL}.Try(t.Context(), Bot{AppID: appID, Secret: "x", Tenant: org})
		server.Close()
		var got *Denied
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%s: %v, want %+v", body, err, want)
		}
	}
}

func TestWithoutAnAnswerMicrosoftDeniedNothing(t *testing.T) {
	fake := faketeams.Start(t)
	c := Config{TokenURL: fake.TokenURL(), MetadataURL: fake.MetadataURL()}
	fake.FailAt(faketeams.Token, faketeams.Cut(), 1)
	fake.FailAt(faketeams.Token, faketeams.Broken(503), 1)
	fake.FailAt(faketeams.Metadata, faketeams.Broken(503), 1)
	for range 2 {
		_, err := c.Try(t.Context(), Bot{AppID: appID, Secret: "very-secret", Tenant: org})
		var no *Denied
		if err == nil || errors.As(err, &no) || strings.Contains(err.Error(), "very-secret") {
			t.Errorf("%v", err)
		}
	}
	if err := c.FindsKeys(t.Context()); err == nil {
		t.Error("keys were found")
	}
	if err := c.FindsKeys(t.Context()); err != nil {
		t.Error(err)
	}
}
