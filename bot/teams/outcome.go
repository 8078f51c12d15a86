package teams

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"

	"secadvisor/bot"
)

// reasons are the refusals that trying again cannot help, as a person reads
// them.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
var reasons = map[string]string{
	"MessageWritesBlocked":        "they have blocked the bot in Teams, or removed it",
	"ConversationBlockedByUser":   "they have blocked the bot in Teams",
	"BotNotInConversationRoster":  "the bot is not installed there",
	"ForbiddenOperationException": "the bot is not installed there",
	"BotDisabledByAdmin":          "an administrator has switched the bot off in Teams",
	"NotEnoughPermissions":        "the bot may not write there",
	"InvalidBotApiHost":           "this organisation's Teams has another address, which whoever runs the bot must add",
	"ConversationNotFound":        "that conversation is no longer there",
	"MessageSizeTooBig":           "the message was too long",
}

// blameless are refusals that say nothing of the address: they would have come
// anywhere in the organisation, or for the same message.
var blameless = []string{"BotDisabledByAdmin", "InvalidBotApiHost", "MessageSizeTooBig"}

// refusal is an answer that is not a success, in Teams' own words.
type refusal struct {
	method string
	status int
	code   string
	after  time.Duration // of a 429
}

func (r *refusal) Error() string {
	if r.code == "" {
		return fmt.Sprintf("teams: %s: status %d", r.method, r.status)
	}
	return fmt.Sprintf("teams: %s: status %d %s", r.method, r.status, r.code)
}

const (
	pauseFor  = 5 * time.Second // after a 429 that names no time
	mostPause = 10 * time.Minute
)

func refusalOf(resp *http.Response, answer []byte) *refusal {
	r := &refusal{method: resp.Request.Method, status: resp.StatusCode, code: codeOf(answer)}
	if r.status == http.StatusTooManyRequests {
		r.after = pauseFor
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
			r.after = min(time.Duration(s)*time.Second, mostPause)
		}
	}
	return r
}

// codes finds the names of errors: some stand in JSON within a text of JSON.
var codes = regexp.MustCompile(`"(?:code|subCode)\\*"\s*:\s*\\*"(\w{1,64})\\*"`)

// codeOf is the name of an error: one that reasons knows, if there is any.
func codeOf(answer []byte) string {
	first := ""
	for _, found := range codes.FindAllSubmatch(answer[:min(len(answer), 8<<10)], 8) {
		code := string(found[1])
		if _, known := reasons[code]; known {
			return code
		}
		if first == "" {
			first = code
		}
	}
	return first
}

// outcome says what is certain of a call that failed.
func outcome(method string, err error) error {
	var no *refusal
	var told *bot.Outcome
	switch {
	case errors.As(err, &told):
		return err
	case errors.As(err, &no):
		return no.outcome()
	case unsent(err):
		return &bot.Outcome{After: 2 * time.Second, Err: fmt.Errorf("teams: %s: %w", method, withoutURL(err))}
	}
	return fmt.Errorf("teams: %s: %w", method, withoutURL(err))
}

func (r *refusal) outcome() error {
	permanent := func(otherwise string) error {
		if reason := reasons[r.code]; reason != "" {
			otherwise = reason
		}
		return &bot.Outcome{Permanent: true, Blameless: slices.Contains(blameless, r.code), Reason: otherwise, Err: r}
	}
	switch s := r.status; {
	case s == http.StatusTooManyRequests:
		return &bot.Outcome{After: r.after, Err: r}
	case s == http.StatusPreconditionFailed:
		return &bot.Outcome{After: time.Second, Err: r} // somebody else wrote there at that moment
	case s == http.StatusUnauthorized:
		return &bot.Outcome{After: time.Minute, Err: r} // for whoever runs the bot to mend
	case s == http.StatusForbidden:
		return permanent("the bot is not installed there")
	case s == http.StatusNotFound && r.method == http.MethodPut && r.code != "ConversationNotFound":
		return &bot.Outcome{Gone: true, Err: r}
	case s == http.StatusNotFound, s == http.StatusGone:
		return permanent("that conversation is no longer there")
	case s/100 == 3:
		return permanent("Teams sent it elsewhere, which I don't follow")
	case s/100 == 4 && s != http.StatusRequestTimeout:
		return permanent("Teams did not take the message")
	}
	return r // it may have arrived
}

// unsent reports whether a call certainly did not reach anybody.
func unsent(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && dial.Op == "dial"
}

// withoutURL is an error without the address that it came from, and without
// what the other side wrote: both hold a conversation's id.
func withoutURL(err error) error {
	var u *url.Error
	if !errors.As(err, &u) {
		return err
	}
	var network net.Error
	switch inner := u.Err; {
	case errors.As(inner, &network), errors.Is(inner, context.Canceled), errors.Is(inner, io.EOF), errors.Is(inner, io.ErrUnexpectedEOF):
		return inner
	}
	return errors.New("the answer cannot be read")
}
