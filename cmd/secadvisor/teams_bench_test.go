package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

// A question in Teams is a verified request, a turn that stores nothing, and a
// card that is posted through the connector before the request is
// acknowledged. The floor is a server that verifies the same
// token, makes one round trip to Redis and posts a fixed card of the same size
// to the same connector.
func BenchmarkTeamsByFloor(b *testing.B) { teamsByFloor(b, "who handles printers?") }

// An emergency is answered by a card, and then stored before it is acknowledged:
// that it was taken, and the time at which the bot asks whether somebody was
// reached. The floor is the same.
func BenchmarkTeamsDurableByFloor(b *testing.B) {
	teamsByFloor(b, "i typed my password into that sharepoint thing")
}

func teamsByFloor(b *testing.B, text string) {
	s := newTeamsBench(b)
	ask := s.ask(text)
	if err := ask.send(0, 0); err != nil { // how long the floor's card must be
		b.Fatal(err)
	}
	compareRates(b, s.floor(b), ask)
}

// teamsBench is a bot on Redis, connected to a fake Teams.
type teamsBench struct {
	fake   *faketeams.Server
	redis  *redistest.Server
	addr   string
	token  string // of what Teams sends
	client *http.Client
	posted map[string]chan struct{} // by conversation
	answer atomic.Int64             // bytes of the latest
}

func newTeamsBench(b *testing.B) *teamsBench {
	s := &teamsBench{fake: faketeams.Start(b), redis: redistest.Start(b), posted: map[string]chan struct{}{}}
	for u := range callers * shifts {
		s.fake.AddUser(teamsUser(u))
		s.posted["a:"+teamsUser(u)] = make(chan struct{}, 1)
	}
	s.fake.Load(func(conversation string, bytes int64) {
		s.answer.Store(bytes)
		select {
		case s.posted[conversation] <- struct{}{}:
		default:
		}
	})
	c := config.Defaults()
	c.Storage, c.Listen, c.Teams = s.redis.URL(), "127.0.0.1:0", teamsAt(s.fake.MetadataURL(), s.fake.TokenURL())
	s.addr, s.token = "http://"+serveBench(b, c, false)+"/api/messages", s.fake.Token(nil)
	s.client = callersClient()
	return s
}

// shifts is how many people ask in turn for each caller: nobody writes again in
// the instant in which the card arrives, before the bot has noted that it did.
const shifts = 4

func (s *teamsBench) ask(text string) load {
	const first = "the-id-100000000"
	var n [callers]int
	var bodies, ids [callers * shifts][]byte // an id is a part of its body
	for u := range bodies {
		bodies[u] = s.fake.Ask(teamsUser(u), first, text)
		at := bytes.Index(bodies[u], []byte(first))
		ids[u] = bodies[u][at : at+len(first)]
	}
	return load{send: func(c, _ int) error {
		n[c]++
		u := c*shifts + n[c]%shifts
		strconv.AppendInt(ids[u][:len("the-id-")], int64(100000000+n[c]), 10)
		if err := s.send(s.addr, bodies[u]); err != nil {
			return err
		}
		return s.answered(u)
	}}
}

// answered waits for somebody's card; most come before their question is
// acknowledged.
func (s *teamsBench) answered(u int) error {
	select {
	case <-s.posted["a:"+teamsUser(u)]:
		return nil
	default:
	}
	select {
	case <-s.posted["a:"+teamsUser(u)]:
		return nil
	case <-time.After(10 * time.Second):
		return fmt.Errorf("person %d got no answer", u)
	}
}

func (s *teamsBench) send(address string, body []byte) error {
	return post(s.client, address, body, map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + s.token})
}

// floor is the least that any such bot must do.
func (s *teamsBench) floor(b *testing.B) load {
	b.Helper()
	client := floorRedis(b, s.redis.URL())
	key, token, card := s.fake.PublicKey(), s.connectorToken(b), s.cardBody(b)
	verify := func(raw string) error {
		_, err := jwt.Parse(raw, func(*jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"RS256"}), jwt.WithAudience(faketeams.App))
		return err
	}
	address := serveFloor(b, func(w http.ResponseWriter, r *http.Request) {
		if err := verify(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")); err != nil {
			http.Error(w, "token", http.StatusUnauthorized)
			return
		}
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, "body", http.StatusBadRequest)
			return
		}
		if err := client.MGet(r.Context(), "floor:a", "floor:b").Err(); err != nil {
			http.Error(w, "redis", http.StatusInternalServerError)
			return
		}
		if err := post(s.client, s.fake.URL+"/v3/conversations/floor/activities", card, map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + token}); err != nil {
			http.Error(w, "post", http.StatusInternalServerError)
		}
	})
	body := s.fake.Ask(teamsUser(0), "floor", "who handles printers?")
	return load{send: func(int, int) error { return s.send(address, body) }}
}

// connectorToken is what a bot shows to the connector.
func (s *teamsBench) connectorToken(b *testing.B) string {
	b.Helper()
	response, err := s.client.PostForm(s.fake.TokenURL(), url.Values{
		"grant_type": {"client_credentials"}, "scope": {faketeams.Scope}, "client_id": {faketeams.App}, "client_secret": {"x"},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	var given struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&given); err != nil || given.Token == "" {
		b.Fatalf("no token: %v", err)
	}
	return given.Token
}

// cardBody is an activity as long as the answer is.
func (s *teamsBench) cardBody(b *testing.B) []byte {
	b.Helper()
	body, err := json.Marshal(map[string]any{"type": "message", "attachments": []any{map[string]any{
		"contentType": "application/vnd.microsoft.card.adaptive", "content": map[string]any{"type": "AdaptiveCard", "body": []any{}, "fallbackText": strings.Repeat("x", int(s.answer.Load())-200)},
	}}})
	if err != nil {
		b.Fatal(err)
	}
	return body
}
