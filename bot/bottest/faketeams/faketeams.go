// Package faketeams is Microsoft Teams for tests: an identity provider with
// keys and tokens, the Bot Connector, and people who type, press and fill in
// forms.
//
//	fake := faketeams.Start(t)
//	fake.Connect(address of the bot)
//	fake.Say(faketeams.Owner, "who handles printers?")
//	fake.Press(faketeams.Owner, "Printers", "Why IT?")
package faketeams

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// The organisation of the fake, its bot, and another organisation.
const (
	App   = "11111111-1111-1111-1111-111111111111"
	Org   = "22222222-2222-2222-2222-222222222222"
	Other = "33333333-3333-3333-3333-333333333333"
)

// The people, by their ids in Teams.
const (
	Owner    = "29:olga"
	Staff    = "29:sam"
	Guest    = "29:gus"
	Stranger = "29:fred" // of the other organisation
)

// Channels of the organisation.
const (
	General = "19:general@thread.tacv2"
	Mixed   = "19:mixed@thread.tacv2" // with people of the other organisation
)

// Server is the fake. It listens on this machine alone.
type Server struct {
	URL string
	t   testing.TB
	key *rsa.PrivateKey

	mu      sync.Mutex
	bot     string // the address of its endpoint
	keyID   string
	fetched int
	fail    []int
	posted  []Posted
	chats   map[string][]*Card // what each conversation shows now
	n       int
}

// Posted is one call of the connector that wrote something.
type Posted struct {
	Method, Path string
	Body         map[string]any
}

// person is somebody as the connector tells of them.
type person struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Object string `json:"aadObjectId"`
	Tenant string `json:"tenantId"`
	Role   string `json:"userRole"`
}

var people = map[string]person{
	Owner:    {Owner, "Olga", "OLGA-OID", Org, "user"},
	Staff:    {Staff, "Sam", "SAM-OID", Org, "user"},
	Guest:    {Guest, "Gus", "GUS-OID", Org, "guest"},
	Stranger: {Stranger, "Fred", "FRED-OID", Other, "user"},
}

// Start begins a fake that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, key: key, keyID: "k1", chats: map[string][]*Card{}}
	server := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// MetadataURL and TokenURL are what a bot is told instead of the true ones.
func (s *Server) MetadataURL() string { return s.URL + "/metadata" }

// TokenURL is where the bot gets its own tokens.
func (s *Server) TokenURL() string { return s.URL + "/token" }

// Connect says where the bot listens.
func (s *Server) Connect(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bot = address + "/api/messages"
}

// Rotate changes the id of the key.
func (s *Server) Rotate(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keyID = id
}

// Fetched is how often the keys were asked for.
func (s *Server) Fetched() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fetched
}

// Fail lets the next calls of the connector fail with these codes.
func (s *Server) Fail(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = append(s.fail, codes...)
}

// Posted lists what was written so far.
func (s *Server) Posted() []Posted {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Posted{}, s.posted...)
}

// connectorToken is what the fake gives the bot, and wants to see.
const connectorToken = "for-the-connector"

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.URL.Path {
	case "/metadata":
		s.fetched++
		answer(w, 200, map[string]string{"jwks_uri": s.URL + "/keys"})
	case "/keys":
		n, e := s.key.N.Bytes(), big.NewInt(int64(s.key.E)).Bytes()
		answer(w, 200, map[string]any{"keys": []any{map[string]any{
			"kid": s.keyID, "kty": "RSA", "endorsements": []string{"msteams"},
			"n": base64.RawURLEncoding.EncodeToString(n), "e": base64.RawURLEncoding.EncodeToString(e),
		}}})
	case "/token":
		answer(w, 200, map[string]any{"access_token": connectorToken, "token_type": "Bearer", "expires_in": 3600})
	default:
		s.connector(w, r)
	}
}

func (s *Server) connector(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+connectorToken {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/v3/conversations"), "/")
	if r.Method != http.MethodGet && len(s.fail) > 0 {
		code := s.fail[0]
		s.fail = s.fail[1:]
		if code/100 != 2 {
			s.refuse(w, code)
			return
		}
	}
	switch {
	case strings.HasSuffix(r.URL.Path, "/pagedmembers"):
		all := []person{people[Owner], people[Staff]}
		if parts[1] == Mixed {
			all = append(all, people[Stranger])
		}
		answer(w, 200, map[string]any{"members": all})
	case r.Method == http.MethodGet:
		p, ok := find(parts[len(parts)-1])
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		answer(w, 200, p)
	default:
		s.write(w, r, parts)
	}
}

// find is somebody by their id in Teams or in Entra.
func find(id string) (person, bool) {
	for _, p := range people {
		if p.ID == id || strings.EqualFold(p.Object, id) {
			return p, true
		}
	}
	return person{}, false
}

func (s *Server) refuse(w http.ResponseWriter, code int) {
	w.Header().Set("Retry-After", "7")
	w.Header().Set("Location", s.URL+"/elsewhere")
	if code == http.StatusForbidden {
		answer(w, code, map[string]any{"error": map[string]string{"code": "MessageWritesBlocked"}})
		return
	}
	w.WriteHeader(code)
}

// write opens a conversation, posts into one, or edits what stands there.
func (s *Server) write(w http.ResponseWriter, r *http.Request, parts []string) {
	raw, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var body map[string]any
	if json.Unmarshal(raw, &body) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.posted = append(s.posted, Posted{r.Method, r.URL.Path, body})
	if len(parts) == 1 { // a conversation with one person
		to := body["members"].([]any)[0].(map[string]any)["id"].(string)
		answer(w, 201, map[string]string{"id": personal(to)})
		return
	}
	card := readCard(body)
	if r.Method == http.MethodPut {
		for _, c := range s.chats[parts[1]] {
			if c.id == parts[3] {
				id := c.id
				*c = card
				c.id = id
				answer(w, 200, map[string]string{"id": id})
				return
			}
		}
		w.WriteHeader(http.StatusNotFound)
		return
	}
	card.id = s.next("sent")
	s.chats[parts[1]] = append(s.chats[parts[1]], &card)
	answer(w, 201, map[string]string{"id": card.id})
}

func (s *Server) next(kind string) string {
	s.n++
	return kind + "-" + big.NewInt(int64(s.n)).String()
}

// personal is the conversation of the bot with one person.
func personal(user string) string { return "a:" + user }

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who is gone does not hear it
}

// Token is what Teams would send with an activity, with what a test changes.
func (s *Server) Token(change func(claims jwt.MapClaims, header map[string]any)) string {
	s.t.Helper()
	c := jwt.MapClaims{"iss": "https://api.botframework.com", "aud": App, "exp": time.Now().Add(time.Hour).Unix(), "nbf": time.Now().Add(-time.Minute).Unix(), "serviceurl": s.URL}
	t := jwt.NewWithClaims(jwt.SigningMethodRS256, c)
	s.mu.Lock()
	t.Header["kid"] = s.keyID
	s.mu.Unlock()
	if change != nil {
		change(c, t.Header)
	}
	signed, err := t.SignedString(s.key)
	if err != nil {
		s.t.Fatal(err)
	}
	return signed
}
