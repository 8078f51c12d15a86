package teams

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"secadvisor/bot"
)

const (
	appID = "11111111-1111-1111-1111-111111111111"
	org   = "22222222-2222-2222-2222-222222222222"
	other = "33333333-3333-3333-3333-333333333333"
)

// scene is a platform between a fake Teams and a handler that a test gives.
type scene struct {
	*testing.T
	platform *Platform
	address  string // of the bot
	teams    *httptest.Server
	key      *rsa.PrivateKey
	log      strings.Builder

	mu      sync.Mutex
	events  []bot.Event
	answer  bot.Reply
	posted  []posted
	fetched int // of the keys
	members map[string]member
	fail    []int // status codes of the next calls
	kid     string
}

type posted struct {
	method, path string
	body         map[string]any
}

// Handle remembers the event and answers as the test says.
func (s *scene) Handle(_ context.Context, e bot.Event) (bot.Reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, e)
	return s.answer, nil
}

func newScene(t *testing.T) *scene {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{T: t, key: key, kid: "k1", members: map[string]member{
		"29:sam":  {ID: "29:sam", Name: "Sam", ObjectID: "SAM-OID", Tenant: org, Role: "user"},
		"29:gus":  {ID: "29:gus", Name: "Gus", ObjectID: "gus-oid", Tenant: org, Role: "guest"},
		"29:fred": {ID: "29:fred", Name: "Fred", ObjectID: "fred-oid", Tenant: other, Role: "user"},
	}}
	s.teams = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.teams.Close)
	s.platform, err = New(Config{
		Bots: []Bot{{AppID: appID, Secret: "a secret", Tenant: org}}, Plain: true,
		MetadataURL: s.teams.URL + "/metadata", TokenURL: s.teams.URL + "/token",
	}, s, slog.New(slog.NewTextHandler(&s.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	s.platform.Routes(mux)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.address = server.URL + "/api/messages"
	return s
}

// serve is Teams: keys, tokens, and the connector.
func (s *scene) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.URL.Path == "/metadata":
		s.fetched++
		writeJSON(w, 200, map[string]string{"jwks_uri": s.teams.URL + "/keys"})
	case r.URL.Path == "/keys":
		public := s.key.PublicKey
		writeJSON(w, 200, map[string]any{"keys": []map[string]any{{
			"kid": s.kid, "kty": "RSA", "endorsements": []string{"msteams"},
			"n": base64.RawURLEncoding.EncodeToString(public.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(public.E)).Bytes()),
		}}})
	case r.URL.Path == "/token":
		writeJSON(w, 200, map[string]any{"access_token": "for-the-connector", "token_type": "Bearer", "expires_in": 3600})
	case r.Header.Get("Authorization") != "Bearer for-the-connector":
		w.WriteHeader(http.StatusUnauthorized)
	case len(s.fail) > 0:
		code := s.fail[0]
		s.fail = s.fail[1:]
		if code == 403 {
			writeJSON(w, code, map[string]any{"error": map[string]string{"code": "MessageWritesBlocked"}})
			return
		}
		w.Header().Set("Retry-After", "7")
		w.Header().Set("Location", "http://evil.example/")
		w.WriteHeader(code)
	case strings.Contains(r.URL.Path, "/members/"):
		m, ok := s.members[r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		writeJSON(w, 200, m)
	case strings.HasSuffix(r.URL.Path, "/pagedmembers"):
		all := []member{s.members["29:sam"]}
		if strings.Contains(r.URL.Path, "mixed") {
			all = append(all, s.members["29:fred"])
		}
		writeJSON(w, 200, map[string]any{"members": all})
	default:
		raw, _ := io.ReadAll(r.Body)
		var body map[string]any
		_ = json.Unmarshal(raw, &body)
		s.posted = append(s.posted, posted{r.Method, r.URL.Path, body})
		writeJSON(w, 201, map[string]string{"id": "sent-1"})
	}
}

// token is what Teams would send, with what a test changes.
func (s *scene) token(change func(c jwt.MapClaims, header map[string]any)) string {
	s.Helper()
	c := jwt.MapClaims{"iss": issuer, "aud": appID, "exp": time.Now().Add(time.Hour).Unix(), "nbf": time.Now().Add(-time.Minute).Unix(), "serviceurl": s.teams.URL}
	t := jwt.NewWithClaims(jwt.SigningMethodRS256, c)
	t.Header["kid"] = "k1"
	if change != nil {
		change(c, t.Header)
	}
	signed, err := t.SignedString(s.key)
	if err != nil {
		s.Fatal(err)
	}
	return signed
}

// activity is a message by Sam in a personal chat, with what a test changes.
func (s *scene) activity(change func(a map[string]any)) []byte {
	a := map[string]any{
		"type": "message", "id": "a1", "serviceUrl": s.teams.URL, "channelId": "msteams", "text": "who handles printers?",
		"from":         map[string]any{"id": "29:sam", "name": "Sam", "aadObjectId": "SAM-OID"},
		"recipient":    map[string]any{"id": "28:" + appID, "name": "Bot"},
		"conversation": map[string]any{"id": "a:personal", "conversationType": "personal", "tenantId": org},
	}
	if change != nil {
		change(a)
	}
	raw, err := json.Marshal(a)
	if err != nil {
		s.Fatal(err)
	}
	return raw
}

// send gives the bot an activity, and returns the status and the body.
func (s *scene) send(token string, body []byte) (int, string) {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.address, strings.NewReader(string(body)))
	if err != nil {
		s.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

func (s *scene) last() bot.Event {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.events) == 0 {
		s.Fatal("no event came through")
	}
	return s.events[len(s.events)-1]
}
