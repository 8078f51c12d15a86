package teams

import (
	"context"
	"errors"
	"fmt"
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
	parser *jwt.Parser
}

func newVerifier(c Config) *verifier {
	v := &verifier{config: c, keys: newKeys(c.metadata(), straight(c.client()), time.Now), now: time.Now}
	v.parser = jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithIssuer(issuer), jwt.WithExpirationRequired(), jwt.WithLeeway(leeway),
		jwt.WithTimeFunc(func() time.Time { return v.now() }))
	return v
}

// claims are what a token says.
type claims struct {
	jwt.RegisteredClaims
	ServiceURL string `json:"serviceurl"`
}

// sender is what a verified token proves.
type sender struct {
	bot      Bot
	service  string   // the address that answers go to
	endorsed []string // the channels that the key speaks for
}

const (
	channelID = "msteams"
	leeway    = 5 * time.Minute
	maxToken  = 16 << 10
)

var (
	errNoToken  = errors.New("teams: there is no bearer token")
	errBadToken = errors.New("teams: the token does not hold")
)

// verify checks the Authorization header of a request. It fails by
// errNoToken, errBadToken, or errNoKeys where nobody can say; an error never
// holds the token or a part of it.
func (v *verifier) verify(ctx context.Context, authorization string) (sender, error) {
	scheme, raw, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || raw == "" || len(raw) > maxToken {
		return sender{}, errNoToken
	}
	var c claims
	var signed key
	var noKey error
	_, err := v.parser.ParseWithClaims(raw, &c, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		if id == "" {
			return nil, errUnknownKey
		}
		signed, noKey = v.keys.find(ctx, id)
		return signed.public, noKey
	})
	switch {
	case errors.Is(noKey, errNoKeys):
		return sender{}, noKey
	case err != nil:
		return sender{}, refused(err)
	}
	if len(c.Audience) == 1 {
		if b, ok := v.config.bot(c.Audience[0]); ok {
			return sender{b, c.ServiceURL, signed.endorses}, nil
		}
	}
	return sender{}, fmt.Errorf("%w: it is for another bot", errBadToken)
}

// refused tells in words that are ours why a token does not hold.
func refused(err error) error {
	for _, row := range []struct {
		is  error
		why string
	}{
		{errUnknownKey, "its key is not known"},
		{jwt.ErrTokenMalformed, "it is no token"},
		{jwt.ErrTokenUnverifiable, "it cannot be verified"},
		{jwt.ErrTokenSignatureInvalid, "its signature or algorithm is wrong"},
		{jwt.ErrTokenRequiredClaimMissing, "something is missing in it"},
		{jwt.ErrTokenExpired, "it has expired"},
		{jwt.ErrTokenNotValidYet, "its time is still to come"},
		{jwt.ErrTokenInvalidIssuer, "somebody else has issued it"},
	} {
		if errors.Is(err, row.is) {
			return fmt.Errorf("%w: %s", errBadToken, row.why)
		}
	}
	return errBadToken
}

// mayBe reports whether a verified sender may send an activity of a channel
// from a service. Keys speak for other channels, too, in which people choose
// their own names: this bot is for Teams alone.
func (s sender) mayBe(channel, service string) bool {
	return channel == channelID && slices.Contains(s.endorsed, channel) && service != "" && s.service == service
}
