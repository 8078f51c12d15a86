package teams

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// verifier tells requests of the Bot Connector from all others, by the token
// that they carry, before anything of their body is read.
type verifier struct {
	config Config
	keys   *keys
	now    func() time.Time
}

// claims are what a token says.
type claims struct {
	jwt.RegisteredClaims
	ServiceURL string `json:"serviceurl"`
}

// sender is what a verified token proves.
type sender struct {
	bot     Bot
	service string   // the address that answers go to
	serves  []string // the channels that the key speaks for
}

var (
	errNoToken  = errors.New("teams: there is no bearer token")
	errBadToken = errors.New("teams: the token does not hold")
)

const leeway = 5 * time.Minute

// verify checks the Authorization header of a request. An error never holds
// the token.
func (v *verifier) verify(ctx context.Context, authorization string) (sender, error) {
	raw, ok := strings.CutPrefix(authorization, "Bearer ")
	if !ok || raw == "" || len(raw) > 16<<10 {
		return sender{}, errNoToken
	}
	var c claims
	var used key
	_, err := jwt.ParseWithClaims(raw, &c, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		if id == "" {
			return nil, errUnknownKey
		}
		found, err := v.keys.find(ctx, id)
		used = found
		return found.public, err
	}, jwt.WithValidMethods([]string{"RS256"}), jwt.WithIssuer(issuer), jwt.WithExpirationRequired(), jwt.WithLeeway(leeway), jwt.WithTimeFunc(v.now))
	if err != nil {
		return sender{}, errBadToken
	}
	for _, audience := range c.Audience {
		if bot, ok := v.config.bot(audience); ok && len(c.Audience) == 1 {
			return sender{bot, c.ServiceURL, used.serves}, nil
		}
	}
	return sender{}, errBadToken
}

// mayBe reports whether a verified sender may send an activity of a channel
// from a service.
func (s sender) mayBe(channel, service string) bool {
	return service != "" && s.service == service && slices.Contains(s.serves, channel)
}
