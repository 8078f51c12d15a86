package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"secadvisor/bot"
)

// connector calls the Bot Connector's REST API.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
type connector struct {
	config Config
	http   *http.Client

	mu     sync.Mutex
	tokens map[string]oauth2.TokenSource // by app id
}

func newConnector(c Config) *connector {
	return &connector{config: c, http: c.client(), tokens: map[string]oauth2.TokenSource{}}
}

// token is what a call of a bot carries; empty without authentication.
func (k *connector) token(ctx context.Context, b Bot) (string, error) {
	if k.config.NoAuth {
		return "", nil
	}
	k.mu.Lock()
	source, ok := k.tokens[b.AppID]
	if !ok {
		app := clientcredentials.Config{ClientID: b.AppID, ClientSecret: b.Secret, TokenURL: k.config.token(b.Tenant), Scopes: []string{scope}}
		source = app.TokenSource(context.WithValue(context.Background(), oauth2.HTTPClient, k.http))
		k.tokens[b.AppID] = source
	}
	k.mu.Unlock()
	t, err := source.Token()
	if err != nil {
		return "", &bot.Outcome{After: time.Minute, Err: errors.New("teams: no token was given for this bot: check app_id, secret and tenant")}
	}
	return t.AccessToken, nil
}

// place is a conversation at a service.
type place struct {
	Service      string `json:"s"`
	Conversation string `json:"c"`
	Bot          string `json:"b"`           // app id; empty without authentication
	BotID        string `json:"i,omitempty"` // of the bot in the channel: "28:..."
}

// reach is a place as the engine keeps it.
func (p place) reach() string {
	raw, _ := json.Marshal(p) // four strings always encode
	return string(raw)
}

func placeOf(reach string) (p place, ok bool) {
	return p, json.Unmarshal([]byte(reach), &p) == nil && p.Service != "" && p.Conversation != ""
}

// post sends an activity, and returns its id.
func (k *connector) post(ctx context.Context, at place, a schema.Activity) (string, error) {
	var sent schema.ResourceResponse
	err := k.call(ctx, at, http.MethodPost, []string{"v3", "conversations", at.Conversation, "activities"}, a, &sent)
	return sent.ID, err
}

// update replaces an activity.
func (k *connector) update(ctx context.Context, at place, id string, a schema.Activity) error {
	return k.call(ctx, at, http.MethodPut, []string{"v3", "conversations", at.Conversation, "activities", id}, a, nil)
}

// member is somebody in a conversation.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
type member struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	ObjectID string `json:"aadObjectId"`
	Object   string `json:"objectId"`
	Tenant   string `json:"tenantId"`
	Role     string `json:"userRole"`
}

func (k *connector) member(ctx context.Context, at place, user string) (m member, err error) {
	return m, k.call(ctx, at, http.MethodGet, []string{"v3", "conversations", at.Conversation, "members", user}, nil, &m)
}

// members are the first of those who read a conversation, and whether there
// are more.
func (k *connector) members(ctx context.Context, at place) (all []member, more bool, err error) {
	var page struct {
		Members []member `json:"members"`
		Next    string   `json:"continuationToken"`
	}
	err = k.call(ctx, at, http.MethodGet, []string{"v3", "conversations", at.Conversation, "pagedmembers"}, nil, &page)
	return page.Members, page.Next != "", err
}

// direct opens the conversation of a bot with one person.
func (k *connector) direct(ctx context.Context, at place, user, tenant string) (place, error) {
	var made struct {
		ID string `json:"id"`
	}
	wish := map[string]any{
		"bot": map[string]string{"id": at.BotID}, "members": []map[string]string{{"id": user}}, "isGroup": false,
		"tenantId": tenant, "channelData": map[string]any{"tenant": map[string]string{"id": tenant}},
	}
	if err := k.call(ctx, at, http.MethodPost, []string{"v3", "conversations"}, wish, &made); err != nil {
		return place{}, err
	}
	at.Conversation = made.ID
	return at, nil
}

const (
	maxSent   = 100 << 10 // bytes of an activity as UTF-16, of which JSON has at most twice
	maxAnswer = 1 << 20
)

// call makes one request. Nothing is tried again here: the outbox does that.
func (k *connector) call(ctx context.Context, at place, method string, path []string, body, into any) error {
	b, _ := k.config.bot(at.Bot)
	if !k.config.allowed(at.Service) || !k.config.NoAuth && b.AppID == "" {
		return &bot.Outcome{Permanent: true, Reason: "the bot is not connected to this organisation", Err: errors.New("teams: the service is not allowed")}
	}
	for i, part := range path {
		if part == "" || part == "." || part == ".." {
			return &bot.Outcome{Permanent: true, Reason: "it has no address", Err: errors.New("teams: a part of the address is empty")}
		}
		path[i] = url.PathEscape(part)
	}
	var send io.Reader
	if body != nil {
		raw, err := compact(body)
		if err != nil || len(raw) > maxSent {
			return &bot.Outcome{Permanent: true, Reason: "it is too long for a message", Err: fmt.Errorf("teams: %d bytes cannot be sent (%v)", len(raw), err)}
		}
		send = bytes.NewReader(raw)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(at.Service, "/")+"/"+strings.Join(path, "/"), send)
	if err != nil {
		return &bot.Outcome{Permanent: true, Reason: "it has no address", Err: errors.New("teams: the address cannot be read")}
	}
	token, err := k.token(ctx, b)
	if err != nil {
		return err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if send != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := k.http.Do(req)
	if err != nil {
		return fmt.Errorf("teams: %s: %w", method, withoutURL(err))
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if resp.StatusCode/100 != 2 {
		return outcome(resp, answer)
	}
	if err != nil {
		return fmt.Errorf("teams: %s: read the answer: %w", method, err)
	}
	if into == nil || len(bytes.TrimSpace(answer)) == 0 {
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("teams: %s: the answer is not JSON", method)
	}
	return nil
}

// withoutURL is an error without the address that it came from: that holds a
// conversation's id.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// outcome classifies a refusal.
func outcome(resp *http.Response, answer []byte) error {
	var said struct {
		Error struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	_ = json.Unmarshal(answer, &said) // not every refusal says why
	err := fmt.Errorf("teams: status %d %s", resp.StatusCode, said.Error.Code)
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests:
		after := 5 * time.Second
		if s, bad := strconv.Atoi(resp.Header.Get("Retry-After")); bad == nil && s > 0 && s < 3600 {
			after = time.Duration(s) * time.Second
		}
		return &bot.Outcome{After: after, Err: err}
	case code == http.StatusPreconditionFailed:
		return &bot.Outcome{After: time.Second, Err: err}
	case code == http.StatusForbidden && said.Error.Code == "MessageWritesBlocked":
		return &bot.Outcome{Permanent: true, Reason: "they have blocked the bot", Err: err}
	case code == http.StatusForbidden || code == http.StatusUnauthorized:
		return &bot.Outcome{Permanent: true, Reason: "the bot is not installed there", Err: err}
	case code == http.StatusNotFound && resp.Request.Method == http.MethodPut:
		return &bot.Outcome{Gone: true, Err: err}
	case code == http.StatusNotFound:
		return &bot.Outcome{Permanent: true, Reason: "that conversation is no longer there", Err: err}
	case code == http.StatusRequestEntityTooLarge, code == http.StatusBadRequest:
		return &bot.Outcome{Permanent: true, Reason: "Teams did not take the message", Err: err}
	case code/100 == 3:
		return &bot.Outcome{Permanent: true, Reason: "Teams sent it elsewhere, which I don't follow", Err: err}
	}
	return err
}

// compact encodes without zero fields: the schema's types write every one,
// and the service takes some of them for values.
func compact(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var loose any
	if err := json.Unmarshal(raw, &loose); err != nil {
		return nil, err
	}
	return json.Marshal(strip(loose))
}

func strip(v any) any {
	fields, ok := v.(map[string]any)
	if !ok {
		return v
	}
	for name, field := range fields {
		switch field := strip(field).(type) {
		case nil:
			delete(fields, name)
		case string:
			if field == "" || field == "0001-01-01T00:00:00Z" {
				delete(fields, name)
			}
		case map[string]any:
			if len(field) == 0 {
				delete(fields, name)
			}
		}
		if name == "content" { // a card is ours, and whole
			continue
		}
	}
	return fields
}
