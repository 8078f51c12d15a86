package teams

import (
	"context"
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

// post sends a card, and returns the id of the message, if Teams tells it.
func (k *connector) post(ctx context.Context, at place, c *card) (string, error) {
	x, err := k.exchange(ctx, at, c.message)
	if err != nil {
		return "", err
	}
	return x.post(at)
}

// postTo is post for the eyes of one person alone among those who read along.
// https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
func (k *connector) postTo(ctx context.Context, at place, user string, c *card) (string, error) {
	x, err := k.exchange(ctx, at, c.to(user), user)
	if err != nil {
		return "", err
	}
	x.onlyFor = true
	return x.post(at)
}

func (x *exchange) post(at place) (string, error) {
	response, err := activities.NewActivityResponse(x)
	if err == nil {
		err = x.ended(response.SendActivity(at.activity("")))
	}
	return x.id, err
}

// update puts a card in place of a message.
func (k *connector) update(ctx context.Context, at place, id string, c *card) error {
	if id == "" { // Teams did not tell it when the message was sent
		return &bot.Outcome{Gone: true, Err: errors.New("teams: the id of the message is not known")}
	}
	x, err := k.exchange(ctx, at, c.message, id)
	if err != nil {
		return err
	}
	return x.ended(x.adapter().UpdateActivity(ctx, at.activity(id)))
}

// activity is what the kit makes an address of.
func (p place) activity(id string) schema.Activity {
	return schema.Activity{ID: id, ServiceURL: p.Service, Conversation: schema.ConversationAccount{ID: p.Conversation}}
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

// exchange begins a call, if its place is allowed, ids cannot lead it elsewhere
// and the message is not too long.
func (k *connector) exchange(ctx context.Context, at place, message []byte, ids ...string) (*exchange, error) {
	b, err := k.allowed(at, append(ids, at.Conversation)...)
	if err == nil {
		err = fits(message)
	}
	return &exchange{ctx: ctx, connector: k, bot: b, body: message}, err
}
