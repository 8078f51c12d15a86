package fakeslack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Addresses are where a bot listens for commands, interactions and events.
type Addresses struct{ Commands, Actions, Events string }

type targets struct {
	mu   sync.Mutex
	all  []Addresses
	turn int
}

// Connect sends everything to bots that listen for it as this project's do,
// at /slack/commands, /slack/actions and /slack/events; with several, to one
// after the other. Without any, everything goes to the sockets.
func (s *Server) Connect(bases ...string) {
	var all []Addresses
	for _, base := range bases {
		all = append(all, Addresses{base + "/slack/commands", base + "/slack/actions", base + "/slack/events"})
	}
	s.ConnectAt(all...)
}

// ConnectAt is Connect for bots that listen elsewhere.
func (s *Server) ConnectAt(addresses ...Addresses) {
	s.targets.mu.Lock()
	defer s.targets.mu.Unlock()
	s.targets.all = addresses
}

func (t *targets) next(kind Kind) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.all) == 0 {
		return ""
	}
	to := t.all[t.turn%len(t.all)]
	t.turn++
	switch kind {
	case Commands:
		return to.Commands
	case Interactive:
		return to.Actions
	}
	return to.Events
}

// Sign returns the headers by which a bot knows that a body is Slack's
// (docs.slack.dev/authentication/verifying-requests-from-slack).
func (s *Server) Sign(at time.Time, body []byte) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(s.set.secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return http.Header{
		"X-Slack-Request-Timestamp": {stamp},
		"X-Slack-Signature":         {"v0=" + hex.EncodeToString(mac.Sum(nil))},
	}
}

// Reasons of a retry.
const (
	reasonTimeout    = "http_timeout"
	reasonError      = "http_error"
	reasonConnection = "connection_failed"
)

// body is what is posted, and its content type.
func (d *Delivery) body() ([]byte, string) {
	if d.form != nil {
		return []byte(d.form.Encode()), "application/x-www-form-urlencoded"
	}
	return d.payload, "application/json"
}

// post sends it over HTTP and notes what came back; a.Reason then says why
// it must be sent again.
func (s *Server) post(d *Delivery, a *Attempt, to, why string) {
	ctx, cancel := context.WithTimeout(s.ctx, s.set.ackWithin)
	defer cancel()
	body, kind := d.body()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		a.Err, a.Reason = err, reasonConnection
		return
	}
	r.Header = s.Sign(time.Now(), body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept", "application/json,*/*")
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	if a.Retry > 0 && d.Kind == Events {
		r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(a.Retry))
		r.Header.Set("X-Slack-Retry-Reason", why)
	}
	response, err := s.client.Do(r)
	if err == nil {
		defer response.Body.Close()
		a.Status, a.Kind = response.StatusCode, response.Header.Get("Content-Type")
		a.Stop = response.Header.Get("X-Slack-No-Retry") == "1"
		a.Body, err = io.ReadAll(io.LimitReader(response.Body, maxBody))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		a.Err, a.Reason = fmt.Errorf("no answer within %s", s.set.ackWithin), reasonTimeout
	case err != nil:
		a.Err, a.Reason = err, reasonConnection
	case a.Status < 200 || a.Status > 299:
		a.Err, a.Reason = fmt.Errorf("answered %d", a.Status), reasonError
	}
}

// VerifyURL checks the address for events as Slack does when it is entered:
// the bot must answer with the challenge.
func (s *Server) VerifyURL() error {
	challenge := secret()
	d := &Delivery{Kind: Events}
	d.payload, _ = json.Marshal(map[string]any{"type": "url_verification", "token": verification, "challenge": challenge})
	a := s.attempt(d, 0, "")
	if a.Err != nil {
		return fmt.Errorf("fakeslack: url verification: %w", a.Err)
	}
	var answer struct {
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(a.Body, &answer); answer.Challenge != challenge && string(bytes.TrimSpace(a.Body)) != challenge {
		return fmt.Errorf("fakeslack: url verification: answered %q", a.Body)
	}
	return nil
}
