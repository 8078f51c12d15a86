package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/infracloudio/msbotbuilder-go/connector/client"
	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// exchange sends one message for the kit's helpers, which make addresses but
// know neither contexts nor answers: both are kept here while the call lasts.
// The message is written already: the kit's type writes what nobody set, which
// Teams takes for values, such as the year 1 or an empty sender.
type exchange struct {
	ctx       context.Context
	connector *connector
	bot       Bot
	body      []byte
	onlyFor   bool // one person alone sees it

	id  string // of what was sent; Teams does not always tell
	err error  // without what the helpers put around it
}

var _ client.Client = (*exchange)(nil)

// Post sends a new activity.
func (x *exchange) Post(to url.URL, _ schema.Activity) error {
	if x.onlyFor {
		to.RawQuery = "isTargetedActivity=true"
	}
	return x.send(http.MethodPost, to)
}

// Put replaces an activity.
func (x *exchange) Put(to url.URL, _ schema.Activity) error { return x.send(http.MethodPut, to) }

// Delete is nothing that this bot does.
func (x *exchange) Delete(url.URL, schema.Activity) error { return errors.ErrUnsupported }

func (x *exchange) send(method string, to url.URL) error {
	var sent schema.ResourceResponse
	x.err = x.connector.call(x.ctx, request{x.bot, method, to.String(), x.body, method == http.MethodPut}, &sent)
	x.id = sent.ID
	return x.err
}

// request is one call of the connector.
type request struct {
	bot      Bot
	method   string
	url      string
	body     []byte
	harmless bool // doing it twice comes to the same
}

const (
	tries     = 3
	soon      = 2 * time.Second // a pause that Teams asks for and that is kept at once
	maxAnswer = 4 << 20
)

// call makes a request and reads the answer into a value, which may be nil.
// It tries again only what certainly was not done or is harmless, within the
// time of one call. Its errors are Outcomes, or ambiguous.
func (k *connector) call(ctx context.Context, r request, into any) error {
	if end, ok := ctx.Deadline(); !ok || time.Until(end) > timeout {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	for try := 0; ; try++ {
		token, err := k.token(ctx, r.bot)
		if err == nil {
			err = k.once(ctx, r, token, into)
		}
		if err == nil {
			return nil
		}
		wait, again := r.again(err, k.pause<<try)
		if status(err) == http.StatusUnauthorized {
			k.tokens.drop(r.bot, token)
			again = try == 0
		}
		if !again || try+1 >= tries || !bot.Rest(ctx, wait) {
			return outcome(r.method, err)
		}
	}
}

// again reports whether a failed call may be made once more in this request,
// and after what time.
func (r request) again(err error, pause time.Duration) (time.Duration, bool) {
	pause += rand.N(pause)
	var told *bot.Outcome
	switch no := (*refusal)(nil); {
	case errors.As(err, &told): // there is no token
		return 0, false
	case !errors.As(err, &no):
		return pause, r.harmless || unsent(err)
	case no.status == http.StatusPreconditionFailed:
		return pause, true
	case no.status == http.StatusTooManyRequests:
		return no.after + pause, no.after <= soon
	case no.status == http.StatusBadGateway, no.status == http.StatusServiceUnavailable, no.status == http.StatusGatewayTimeout:
		return pause, r.harmless
	case no.status/100 == 5:
		return pause, r.method == http.MethodGet
	}
	return 0, false
}

func status(err error) int {
	var no *refusal
	if errors.As(err, &no) {
		return no.status
	}
	return 0
}

func (k *connector) once(ctx context.Context, r request, token string, into any) error {
	req, err := http.NewRequestWithContext(ctx, r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return &bot.Outcome{Permanent: true, Reason: "it has no address", Err: errors.New("teams: the address cannot be read")}
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	resp, err := k.http.RoundTrip(req)
	if err != nil {
		return &url.Error{Op: r.method, URL: r.url, Err: err} // as a client has it: see withoutURL
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // half an answer is no JSON
	if resp.StatusCode/100 != 2 {
		return refusalOf(resp, answer)
	}
	if into == nil {
		return nil
	}
	if unread := json.Unmarshal(answer, into); unread != nil && r.method == http.MethodGet {
		return errors.New("the answer cannot be read")
	}
	return nil // what was asked is done, even if no id is told
}
