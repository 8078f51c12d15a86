package teams

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"secadvisor/bot"
)

// tokens are what the bots show when they call Teams: one for each, asked
// for when it is first needed and a while before it ends.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#bot-to-connector
type tokens struct {
	config Config
	http   *http.Client
	now    func() time.Time

	mu  sync.Mutex
	all map[string]*renewed[*oauth2.Token] // by app id
}

const (
	tokenSpare = 5 * time.Minute  // before the end: a new one is asked for
	tokenLast  = 20 * time.Second // before the end: no call begins with it
	tokenPause = 5 * time.Second
	tokenFor   = 30 * time.Minute // where nobody says for how long
)

func newTokens(c Config, client *http.Client) *tokens {
	return &tokens{config: c, http: client, now: time.Now, all: map[string]*renewed[*oauth2.Token]{}}
}

// get is the token of a bot. An error is an Outcome: nothing was sent yet.
func (t *tokens) get(ctx context.Context, b Bot) (string, error) {
	token, is, err := t.of(b).get(ctx, func(token *oauth2.Token, age time.Duration) worth {
		left := tokenFor - age
		if !token.Expiry.IsZero() {
			left = token.Expiry.Sub(t.now())
		}
		switch {
		case left < tokenLast:
			return useless
		case left < tokenSpare:
			return old
		}
		return good
	})
	if is == useless {
		after := time.Minute // for whoever runs the bot to mend
		if err != nil && !saysNo(err) {
			after = tokenPause // Microsoft gave no answer, and is asked again then
		}
		return "", &bot.Outcome{After: after, Err: noToken(err)}
	}
	return token.AccessToken, nil
}

// drop ends a token that Teams no longer takes.
func (t *tokens) drop(b Bot, used string) {
	t.of(b).forget(func(token *oauth2.Token) bool { return token.AccessToken == used })
}

func (t *tokens) of(b Bot) *renewed[*oauth2.Token] {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, ok := t.all[b.AppID]
	if !ok {
		app := t.app(b)
		r = &renewed[*oauth2.Token]{now: t.now, pause: tokenPause, hopeless: saysNo, fetch: func(ctx context.Context) (*oauth2.Token, error) {
			return app.Token(context.WithValue(ctx, oauth2.HTTPClient, t.http))
		}}
		t.all[b.AppID] = r
	}
	return r
}

// saysNo reports whether Microsoft refuses a token, for now or for good, rather
// than failing to give one.
func saysNo(err error) bool {
	var no *oauth2.RetrieveError
	return errors.As(err, &no) && no.Response != nil && no.Response.StatusCode/100 == 4
}

// app is how a bot asks for tokens.
func (t *tokens) app(b Bot) *clientcredentials.Config {
	return &clientcredentials.Config{
		ClientID: b.AppID, ClientSecret: b.Secret, TokenURL: t.config.token(b.Tenant),
		Scopes: []string{scope}, AuthStyle: oauth2.AuthStyleInParams,
	}
}

var codeWord = regexp.MustCompile(`^[A-Za-z_]{1,64}$`)

// noToken says why there is no token, without what was sent or answered.
func noToken(err error) error {
	var no *oauth2.RetrieveError
	switch {
	case err == nil:
		return errors.New("teams: the token for this bot was refused, and a new one is not asked for yet")
	case errors.As(err, &no) && codeWord.MatchString(no.ErrorCode):
		return fmt.Errorf("teams: no token is given for this bot (%s): check app_id, secret and tenant", no.ErrorCode)
	case errors.As(err, &no) && no.Response != nil:
		return fmt.Errorf("teams: no token is given for this bot: status %d", no.Response.StatusCode)
	}
	return fmt.Errorf("teams: ask for a token: %w", withoutURL(err))
}
