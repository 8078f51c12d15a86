package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"secadvisor/bot"
)

// web calls Slack's Web API, each time once: see again, and the outbox.
type web struct {
	api       string
	access    access
	transport *http.Transport
}

const (
	maxAnswer = 4 << 20          // bytes that Slack may answer
	callLimit = 10 * time.Second // for a whole call
)

// apiError is a refusal in Slack's own words.
type apiError struct {
	method string
	code   string
}

func (e *apiError) Error() string { return "slack: " + e.method + ": " + e.code }

// call posts arguments as the bot of a company and reads the answer into
// out, which may be nil. Its errors say what is certain, and hold no address
// and no token.
func (w *web) call(ctx context.Context, tenant, method string, args, out any) error {
	token, err := w.access.token(ctx, tenant)
	if err != nil {
		return fmt.Errorf("slack: %s: token of %s: %w", method, tenant, err)
	}
	err = w.callAs(ctx, token, method, args, out)
	if !denied(err) || !w.access.again(ctx, tenant, token, Said(err)) {
		return err
	}
	if token, err = w.access.token(ctx, tenant); err != nil {
		return fmt.Errorf("slack: %s: token of %s: %w", method, tenant, err)
	}
	return w.callAs(ctx, token, method, args, out)
}

// callAs is call with a token; empty: the method wants none.
func (w *web) callAs(ctx context.Context, token, method string, args, out any) error {
	_, err := w.ask(ctx, token, method, args, out)
	return err
}

// ask is callAs, with the head of the answer if there was one.
func (w *web) ask(ctx context.Context, token, method string, args, out any) (http.Header, error) {
	body, kind, err := encodeArgs(args)
	if err != nil {
		return nil, fmt.Errorf("slack: %s: encode: %w", method, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.api+method, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("slack: %s: the API's address cannot be used", method)
	}
	r.Header.Set("Content-Type", kind)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, raw, err := w.do(r)
	if err != nil {
		return nil, unsent(method, err)
	}
	return response.Header, readAnswer(method, response, raw, out)
}

// do sends a request and reads the answer to its end, so that the connection
// serves the next call. It follows no redirect, and its errors, unlike those
// of http.Client, hold no address: a response_url is a secret.
func (w *web) do(r *http.Request) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(r.Context(), callLimit)
	defer cancel()
	response, err := w.transport.RoundTrip(r.WithContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, nil, fmt.Errorf("read answer: %w", err)
	}
	return response, raw, nil
}

// newTransport keeps as many connections open as workers call at once.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	t.MaxResponseHeaderBytes = 64 << 10
	return t
}

// encodeArgs sends url.Values as a form, which the reading methods demand,
// and everything else as JSON.
func encodeArgs(args any) (body []byte, kind string, err error) {
	if form, ok := args.(url.Values); ok {
		return []byte(form.Encode()), "application/x-www-form-urlencoded", nil
	}
	body, err = json.Marshal(args)
	return body, "application/json; charset=utf-8", err
}

func readAnswer(method string, response *http.Response, raw []byte, out any) error {
	switch {
	case response.StatusCode == http.StatusTooManyRequests:
		return &bot.Outcome{After: retryAfter(response), Err: &apiError{method, "rate limited"}}
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("slack: %s: status %d", method, response.StatusCode)
	}
	if out == nil && bytes.HasPrefix(raw, []byte(`{"ok":true`)) {
		return nil // as Slack writes it; anything else is read with care
	}
	var head struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return fmt.Errorf("slack: %s: the answer is no JSON", method)
	}
	if !head.OK {
		return refusal(method, head.Error)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("slack: %s: the answer has another shape", method)
	}
	return nil
}

func retryAfter(response *http.Response) time.Duration {
	seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
	if err != nil || seconds < 1 {
		return time.Second
	}
	return min(time.Duration(seconds)*time.Second, 10*time.Minute)
}

// unsent tells a call that never left from one that may have arrived.
func unsent(method string, err error) error {
	told := fmt.Errorf("slack: %s: %w", method, err)
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		return &bot.Outcome{After: 2 * time.Second, Err: told}
	}
	return told
}
