package faketeams

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Issuer and Scope are what a bot must expect and ask for.
const (
	Issuer = "https://api.botframework.com"
	Scope  = "https://api.botframework.com/.default"
)

// identity signs what Teams sends, and gives bots tokens of their own.
type identity struct {
	mu       sync.Mutex
	key      *rsa.PrivateKey
	keyID    string
	endorses []string
	secret   string            // empty: any
	asked    int               // tokens asked for
	valid    map[string]string // tokens, and the bots that have them
	bots     map[string]string // the organisation of each
	lasts    time.Duration
}

// pair is made once for all servers: a key takes long to find.
var pair = sync.OnceValue(func() (pair [2]*rsa.PrivateKey) {
	for i := range pair {
		var err error
		if pair[i], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			panic(err) // the system gives no random numbers
		}
	}
	return pair
})

func (i *identity) begin() {
	i.key, i.keyID, i.endorses, i.lasts = pair()[0], "k1", []string{"msteams"}, time.Hour
	i.valid, i.bots = map[string]string{}, map[string]string{App: Org}
}

// Register adds the bot of another organisation.
func (s *Server) Register(app, org string) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	s.identity.bots[app] = org
}

// MetadataURL and TokenURL are what a bot is told instead of the true ones.
func (s *Server) MetadataURL() string { return s.URL + "/metadata" }

// TokenURL is where the bot gets its own tokens.
func (s *Server) TokenURL() string { return s.URL + "/token" }

// LoginURL is TokenURL of the organisation that stands for {tenant} in it.
func (s *Server) LoginURL() string { return s.URL + "/login/{tenant}/token" }

// Rotate signs by another key from now on, and no longer publishes the one
// before.
func (s *Server) Rotate(id string) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	other := pair()[0]
	if s.identity.key == other {
		other = pair()[1]
	}
	s.identity.key, s.identity.keyID = other, id
}

// Endorse names the channels that the key speaks for.
func (s *Server) Endorse(channels ...string) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	s.identity.endorses = channels
}

// Fetched is how often keys were asked for.
func (s *Server) Fetched() int { return s.Count(Metadata) }

// Secret lets only bots that know it have tokens from now on.
func (s *Server) Secret(secret string) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	s.identity.secret = secret
}

// Revoke ends the tokens that bots have. Those that come last as long as it
// says.
func (s *Server) Revoke(lasts time.Duration) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	s.identity.valid, s.identity.lasts = map[string]string{}, lasts
}

// Token is what Teams would send with an activity, with what a test changes.
// Where alg then names another signature by an RSA key, it is signed that way.
func (s *Server) Token(change func(claims jwt.MapClaims, header map[string]any)) string {
	s.t.Helper()
	now := time.Now()
	c := jwt.MapClaims{"iss": Issuer, "aud": App, "exp": now.Add(time.Hour).Unix(), "nbf": now.Add(-time.Minute).Unix(), "serviceurl": s.URL}
	t := jwt.NewWithClaims(jwt.SigningMethodRS256, c)
	s.identity.mu.Lock()
	key := s.identity.key
	t.Header["kid"] = s.identity.keyID
	s.identity.mu.Unlock()
	if change != nil {
		change(c, t.Header)
	}
	switch alg, _ := t.Header["alg"].(string); alg {
	case "RS384", "RS512", "PS256":
		t.Method = jwt.GetSigningMethod(alg)
	}
	signed, err := t.SignedString(key)
	if err != nil {
		s.t.Fatal(err)
	}
	return signed
}

func (s *Server) metadata(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"issuer": Issuer, "jwks_uri": s.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
}

func (s *Server) keys(w http.ResponseWriter, _ *http.Request) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	n, e := s.identity.key.N.Bytes(), big.NewInt(int64(s.identity.key.E)).Bytes()
	answer(w, http.StatusOK, map[string]any{"keys": []any{
		map[string]any{"kid": "of another kind", "kty": "EC", "crv": "P-256"},
		map[string]any{
			"kid": s.identity.keyID, "kty": "RSA", "use": "sig", "endorsements": s.identity.endorses,
			"n": base64.RawURLEncoding.EncodeToString(n), "e": base64.RawURLEncoding.EncodeToString(e),
		},
	}})
}

// giveToken is the endpoint of the client credentials flow.
func (s *Server) giveToken(w http.ResponseWriter, r *http.Request) {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	refuse := func(code string, numbers ...int) {
		answer(w, http.StatusBadRequest, map[string]any{
			"error": code, "error_description": "AADSTS: " + r.FormValue("client_secret"), "error_codes": numbers,
		})
	}
	secret, app := r.FormValue("client_secret"), r.FormValue("client_id")
	switch tenant := r.PathValue("tenant"); {
	case tenant != "" && tenant != Org:
		refuse("invalid_request", 90002)
	case r.FormValue("grant_type") != "client_credentials":
		refuse("unsupported_grant_type")
	case r.FormValue("scope") != Scope:
		refuse("invalid_scope")
	case s.identity.bots[app] == "":
		refuse("unauthorized_client", 700016)
	case secret == "" || s.identity.secret != "" && secret != s.identity.secret:
		refuse("invalid_client", 7000215)
	default:
		s.identity.asked++
		token := fmt.Sprintf("for-the-connector-%d", s.identity.asked)
		s.identity.valid[token] = app
		answer(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": int(s.identity.lasts.Seconds())})
	}
}

// caller is the organisation whose bot calls, by the token that it was given;
// empty: it has none.
func (i *identity) caller(r *http.Request) string {
	i.mu.Lock()
	defer i.mu.Unlock()
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return i.bots[i.valid[token]]
}

// PublicKey is the other half of the key that signs.
func (s *Server) PublicKey() *rsa.PublicKey {
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	return &s.identity.key.PublicKey
}
