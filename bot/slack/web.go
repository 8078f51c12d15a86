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

// web calls Slack's Web API. It never tries twice: the outbox does.
type web struct {
	api    string
	token  string
	client *http.Client
}

// maxAnswer bounds what Slack may answer.
const maxAnswer = 4 << 20

// apiError is a refusal in Slack's own words.
type apiError struct {
	method string
	code   string
}

func (e *apiError) Error() string { return "slack: " + e.method + ": " + e.code }

// call posts arguments as JSON and reads the answer into out, which may be
// nil. Its errors say what is certain, and hold no address and no token.
func (w *web) call(ctx context.Context, method string, args, out any) error {
	return w.callAs(ctx, w.token, method, args, out)
}

func (w *web) callAs(ctx context.Context, token, method string, args, out any) error {
	body, kind, err := encodeArgs(args)
	if err != nil {
		return fmt.Errorf("slack: %s: encode: %w", method, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.api+method, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("slack: %s: the API's address cannot be used", method)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := w.client.Do(r)
	if err != nil {
		return unsent(method, err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("slack: %s: read answer: %w", method, bare(err))
	}
	return readAnswer(method, response, raw, out)
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
	told := fmt.Errorf("slack: %s: %w", method, bare(err))
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		return &bot.Outcome{After: 2 * time.Second, Err: told}
	}
	return told
}

// bare drops the address from an error of net/http: it may hold a secret.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// reasons are the refusals that trying again cannot help, as a person reads
// them. https://docs.slack.dev/reference/methods/chat.postMessage#errors
var reasons = map[string]string{
	"channel_not_found":                     "the channel is not there any more, or I am not in it",
	"not_in_channel":                        "I am not in that channel",
	"is_archived":                           "the channel was archived",
	"user_not_found":                        "that person is not there any more",
	"user_disabled":                         "that person's account was switched off",
	"user_not_visible":                      "that person cannot be reached from here",
	"cannot_dm_bot":                         "that is a bot",
	"messages_tab_disabled":                 "direct messages with me are switched off in the app's settings",
	"restricted_action":                     "this workspace lets only some people write there",
	"account_inactive":                      "my access to this workspace was switched off",
	"invalid_auth":                          "my access to this workspace ended",
	"not_authed":                            "my access to this workspace ended",
	"token_revoked":                         "my access to this workspace was taken back",
	"token_expired":                         "my access to this workspace ended",
	"team_access_not_granted":               "my access to this workspace ended",
	"missing_scope":                         "I lack a permission for that: install the app again from its manifest",
	"msg_too_long":                          "the message was too long",
	"msg_blocks_too_long":                   "the message was too long",
	"invalid_blocks":                        "the message could not be drawn",
	"invalid_arguments":                     "the message could not be drawn",
	"user_not_in_channel":                   "that person is not in that channel",
	"no_permission":                         "I may not write there",
	"ekm_access_denied":                     "this workspace's key management does not let me write",
	"team_not_found":                        "the workspace is not there any more",
	"cant_update_message":                   "",
	"message_not_found":                     "",
	"edit_window_closed":                    "",
	"not_allowed_token_type":                "the token is of the wrong kind",
	"free_team_not_allowed":                 "this workspace's plan does not allow it",
	"method_not_supported_for_channel_type": "that cannot be done in this kind of conversation",
}

// refusal is what an answer that is not ok comes to: certainly nothing was
// done.
func refusal(method, code string) error {
	err := &apiError{method, code}
	reason, permanent := reasons[code]
	switch {
	case code == "ratelimited" || code == "rate_limited" || code == "message_limit_exceeded":
		return &bot.Outcome{After: 5 * time.Second, Err: err}
	case permanent && reason == "":
		return &bot.Outcome{Gone: true, Permanent: true, Reason: "the message is not there any more", Err: err}
	case permanent:
		return &bot.Outcome{Permanent: true, Reason: reason, Err: err}
	case code == "internal_error" || code == "fatal_error" || code == "service_unavailable" || code == "request_timeout":
		return err // it may have been done all the same
	}
	return &bot.Outcome{Permanent: true, Reason: "Slack refused it", Err: err}
}
