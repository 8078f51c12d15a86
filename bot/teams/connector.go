package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/infracloudio/msbotbuilder-go/core"
	activities "github.com/infracloudio/msbotbuilder-go/core/activity"
	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// connector calls the Bot Connector's REST API.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
type connector struct {
	config Config
	http   *http.Client
	tokens *tokens
	pause  time.Duration // before a second try; twice that before a third
}

func newConnector(c Config) *connector {
	h := straight(c.client())
	return &connector{config: c, http: h, tokens: newTokens(c, h), pause: 200 * time.Millisecond}
}

// token is what a call of a bot carries; empty without authentication.
func (k *connector) token(ctx context.Context, b Bot) (string, error) {
	if k.config.NoAuth {
		return "", nil
	}
	return k.tokens.get(ctx, b)
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

// post sends an activity, and returns its id, if Teams tells it. Entities,
// such as mentions, go out as they are.
func (k *connector) post(ctx context.Context, at place, a schema.Activity, entities ...json.RawMessage) (string, error) {
	x, err := k.exchange(ctx, at)
	if err != nil {
		return "", err
	}
	x.entities = entities
	return x.post(at, a)
}

// reply is post beneath another activity.
func (k *connector) reply(ctx context.Context, at place, to string, a schema.Activity, entities ...json.RawMessage) (string, error) {
	x, err := k.exchange(ctx, at, to)
	if err != nil {
		return "", err
	}
	x.entities = entities
	a.ID, a.ReplyToID = to, to // the helper takes the address from ID
	return x.post(at, a)
}

// postTo is post for the eyes of one person alone among those who read along.
// https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
func (k *connector) postTo(ctx context.Context, at place, user string, a schema.Activity) (string, error) {
	x, err := k.exchange(ctx, at, user)
	if err != nil {
		return "", err
	}
	x.onlyFor, a.Recipient = true, schema.ChannelAccount{ID: user}
	return x.post(at, a)
}

func (x *exchange) post(at place, a schema.Activity) (string, error) {
	a.ServiceURL, a.Conversation.ID = at.Service, at.Conversation
	response, err := activities.NewActivityResponse(x)
	if err == nil {
		err = x.ended(response.SendActivity(a))
	}
	return x.id, err
}

// update replaces an activity.
func (k *connector) update(ctx context.Context, at place, id string, a schema.Activity) error {
	if id == "" { // Teams did not tell it when the activity was sent
		return &bot.Outcome{Gone: true, Err: errors.New("teams: the id of the message is not known")}
	}
	x, err := k.exchange(ctx, at, id)
	if err != nil {
		return err
	}
	a.ID, a.ServiceURL, a.Conversation.ID = id, at.Service, at.Conversation
	return x.ended(x.adapter().UpdateActivity(ctx, a))
}

// remove takes an activity away. One that is not there is no error.
func (k *connector) remove(ctx context.Context, at place, id string) error {
	x, err := k.exchange(ctx, at, id)
	if err != nil {
		return err
	}
	ref := schema.ConversationReference{ServiceURL: at.Service, Conversation: schema.ConversationAccount{ID: at.Conversation}}
	err = x.ended(x.adapter().DeleteActivity(ctx, id, ref))
	if status(err) == http.StatusNotFound {
		return nil
	}
	return err
}

// adapter is the kit's adapter without what it verifies and sends by itself.
func (x *exchange) adapter() *core.BotFrameworkAdapter { return &core.BotFrameworkAdapter{Client: x} }

// ended is how a call by the kit's helpers ended.
func (x *exchange) ended(byHelper error) error {
	if x.err != nil {
		return x.err
	}
	return byHelper
}

// exchange begins a call, if its place is allowed and ids cannot lead it
// elsewhere.
func (k *connector) exchange(ctx context.Context, at place, ids ...string) (*exchange, error) {
	b, err := k.allowed(at, append(ids, at.Conversation)...)
	return &exchange{ctx: ctx, connector: k, bot: b}, err
}

func (k *connector) allowed(at place, ids ...string) (Bot, error) {
	b, ours := k.config.bot(at.Bot)
	if !k.config.allowed(at.Service) || !k.config.NoAuth && !ours {
		return b, &bot.Outcome{Permanent: true, Reason: "the bot is not connected to this organisation", Err: errors.New("teams: the service or the bot is not an allowed one")}
	}
	for _, id := range ids {
		if !plain(id) {
			return b, &bot.Outcome{Permanent: true, Reason: "it has no address", Err: errors.New("teams: an id cannot stand in an address")}
		}
	}
	return b, nil
}

const maxID = 1024

// plain reports whether an id is one step of a path: no climbing, no more
// steps.
func plain(id string) bool {
	return id != "" && id != "." && id != ".." && len(id) <= maxID &&
		!strings.ContainsFunc(id, func(r rune) bool {
			return r == '/' || r == '\\' || unicode.IsControl(r) || r == unicode.ReplacementChar
		})
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
	b, err := k.allowed(at, at.Conversation, user)
	if err != nil {
		return m, err
	}
	err = k.call(ctx, request{bot: b, method: http.MethodGet, harmless: true, url: at.address(at.Conversation, "members", user)}, &m)
	return m, err
}

const (
	pageOf    = 500 // members: the most that Teams gives at once
	mostPages = 10
)

// members are those who read a conversation, and whether there are more.
func (k *connector) members(ctx context.Context, at place) (all []member, more bool, err error) {
	b, err := k.allowed(at, at.Conversation)
	if err != nil {
		return nil, false, err
	}
	query := url.Values{"pageSize": {strconv.Itoa(pageOf)}}
	for range mostPages {
		var page struct {
			Members []member `json:"members"`
			Next    string   `json:"continuationToken"`
		}
		address := at.address(at.Conversation, "pagedmembers") + "?" + query.Encode()
		if err := k.call(ctx, request{bot: b, method: http.MethodGet, harmless: true, url: address}, &page); err != nil {
			return nil, false, err
		}
		all = append(all, page.Members...)
		if page.Next == "" {
			return all, false, nil
		}
		query.Set("continuationToken", page.Next)
	}
	return all, true, nil
}

// direct opens the conversation of a bot with one person; there is only one,
// however often it is opened.
func (k *connector) direct(ctx context.Context, at place, user, tenant string) (place, error) {
	b, err := k.allowed(at, user)
	if err != nil {
		return place{}, err
	}
	wish, err := json.Marshal(map[string]any{
		"bot": map[string]string{"id": at.BotID}, "members": []map[string]string{{"id": user}}, "isGroup": false,
		"tenantId": tenant, "channelData": map[string]any{"tenant": map[string]string{"id": tenant}},
	})
	if err != nil {
		return place{}, err
	}
	var made schema.ConversationResourceResponse
	if err := k.call(ctx, request{b, http.MethodPost, at.address(), wish, true}, &made); err != nil {
		return place{}, err
	}
	if made.ID == "" {
		return place{}, &bot.Outcome{After: 2 * time.Second, Err: errors.New("teams: no conversation was opened")}
	}
	at.Conversation = made.ID
	return at, nil
}

// address is that of conversations, or of something below them.
func (p place) address(steps ...string) string {
	whole := strings.TrimSuffix(p.Service, "/") + "/v3/conversations"
	for _, step := range steps {
		whole += "/" + url.PathEscape(step)
	}
	return whole
}
