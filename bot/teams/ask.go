package teams

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"golang.org/x/oauth2"
)

// Denied is Microsoft's no to a bot that asks for a token.
type Denied struct {
	What string // which value is to be looked at: app_id, secret or tenant; empty where Microsoft does not say
	Old  bool   // the secret was right once
	Code string // Microsoft's word
}

func (d *Denied) Error() string { return "teams: no token is given for this bot (" + d.Code + ")" }

// Try asks Microsoft for a token of a bot, for whoever sets it up, and tells
// Microsoft's clock, to the second. The error is a Denied where Microsoft
// answered and said no. The token is thrown away.
func (c Config) Try(ctx context.Context, b Bot) (clock time.Time, err error) {
	h := straight(c.client())
	heard := &heard{next: h.Transport}
	h.Transport = heard
	_, err = newTokens(c, h).app(b).Token(context.WithValue(ctx, oauth2.HTTPClient, h))
	if at, bad := http.ParseTime(heard.date); bad == nil {
		clock = at
	}
	var no *oauth2.RetrieveError
	switch {
	case errors.As(err, &no) && no.Response != nil && no.Response.StatusCode < http.StatusInternalServerError && codeWord.MatchString(no.ErrorCode):
		return clock, denied(no)
	case err != nil:
		return clock, noToken(err)
	}
	return clock, nil
}

// FindsKeys fetches the keys by which requests from Teams are verified.
func (c Config) FindsKeys(ctx context.Context) error {
	_, err := newKeys(c.metadata(), straight(c.client()), time.Now).fetch(ctx)
	return err
}

// numbers are Microsoft's for what is wrong.
// https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
var numbers = []struct {
	what string
	of   []int
}{
	{"secret", []int{7000215, 7000222, 7000218}},
	{"app_id", []int{700016, 7000229, 70001, 7000112}},
	{"tenant", []int{90002, 900021, 900023, 90013}},
}

const secretEnded = 7000222

// denied reads what Microsoft says, of which nothing but numbers is believed.
func denied(no *oauth2.RetrieveError) *Denied {
	d := &Denied{Code: no.ErrorCode}
	var more struct {
		Numbers []int `json:"error_codes"`
	}
	_ = json.Unmarshal(no.Body, &more) // without numbers the word has to do
	for _, n := range more.Numbers {
		for _, row := range numbers {
			if slices.Contains(row.of, n) {
				d.What, d.Code, d.Old = row.what, fmt.Sprintf("AADSTS%d", n), n == secretEnded
				return d
			}
		}
	}
	switch no.ErrorCode {
	case "invalid_client":
		d.What = "secret"
	case "unauthorized_client":
		d.What = "app_id"
	}
	return d
}

// heard remembers when the other side answered, by its own clock.
type heard struct {
	next http.RoundTripper
	date string
}

func (h *heard) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := h.next.RoundTrip(r)
	if err == nil {
		h.date = response.Header.Get("Date")
	}
	return response, err
}
