package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/infracloudio/msbotbuilder-go/core"
	activities "github.com/infracloudio/msbotbuilder-go/core/activity"
	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// connector calls the Bot Connector's REST API.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
type connector struct {
	config Config
	http   http.RoundTripper // redirects are followed nowhere, and each call has a context with an end
	tokens *tokens
	pause  time.Duration // before a second try; twice that before a third
}

func newConnector(c Config) *connector {
	h := straight(c.client())
	return &connector{config: c, http: h.Transport, tokens: newTokens(c, h), pause: 200 * time.Millisecond}
}

// token is what a call of a bot carries; empty without authentication.
func (k *connector) token(ctx context.Context, b Bot) (string, error) {
	if k.config.NoAuth {
		return "", nil
	}
	return k.tokens.get(ctx, b)
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
