package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	slackapi "github.com/slack-go/slack"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

func BenchmarkWhoByFloor(b *testing.B) {
	s := newBench(b)
	compareRates(b, s.floor(b), s.who())
}

// What the seal costs: a bot that seals by one that does not, each with a Redis of
// its own.
func BenchmarkSealByNone(b *testing.B) {
	plain, sealed := newBenchWith(b, true), newBench(b)
	b.Run("who", func(b *testing.B) { compareRates(b, plain.who(), sealed.who()) })
	b.Run("click", func(b *testing.B) { compareRates(b, plain.clicks(b), sealed.clicks(b)) })
}

// A click is a durable turn and its delivery: each person answers a question
// of an assessment and goes back to it, and clicks again when the card has
// changed, as people do.
func BenchmarkClickByFloor(b *testing.B) {
	s := newBench(b)
	compareRates(b, s.floor(b), s.clicks(b))
}

// bench is a bot on Redis, connected to a fake Slack.
type bench struct {
	slack  *fakeslack.Server
	redis  *redistest.Server
	addr   string
	client *http.Client
	edited [callers]chan struct{} // the card of a person has changed
	person map[string]int         // by the channel of their direct messages
}

func newBench(b *testing.B) *bench { return newBenchWith(b, false) }

func newBenchWith(b *testing.B, unsealed bool) *bench {
	s := &bench{redis: redistest.Start(b), person: map[string]int{}}
	for c := range s.edited {
		s.person[fakeslack.Direct(userID(c))] = c
		s.edited[c] = make(chan struct{}, 1)
	}
	s.slack = fakeslack.Start(b, fakeslack.WithSigningSecret(signingSecret), fakeslack.WithLoad(), fakeslack.WithEdited(s.changed))
	for i := range callers {
		s.slack.AddUser(userID(i))
	}
	c := config.Defaults()
	c.Storage, c.Listen = s.redis.URL(), "127.0.0.1:0"
	c.Slack.Mode, c.Slack.SigningSecret, c.Slack.BotToken, c.Slack.APIURL = "http", signingSecret, fakeslack.BotToken, s.slack.APIURL()
	for i := range callers {
		c.Slack.Owners = append(c.Slack.Owners, userID(i))
	}
	s.addr = serveBench(b, c, unsealed)
	s.slack.Connect("http://" + s.addr)
	s.client = callersClient()
	return s
}

// changed tells the person whose direct messages have a new card.
func (s *bench) changed(channel string) {
	select {
	case s.edited[s.person[channel]] <- struct{}{}:
	default:
	}
}

const urlEncoded = "application/x-www-form-urlencoded"

// who asks about a fixed topic.
func (s *bench) who() load {
	body := []byte(url.Values{
		"team_id": {fakeslack.Team}, "user_id": {userID(0)}, "channel_id": {fakeslack.Direct(userID(0))}, "channel_name": {"directmessage"},
		"command": {"/sec"}, "text": {"who handles printers?"}, "trigger_id": {"1.2.fixed"},
	}.Encode())
	return load{send: func(int, int) error { return s.send("http://"+s.addr+"/slack/commands", urlEncoded, body) }}
}

// clicks answer the first question of an assessment and go back to it, over
// and over; each is a durable turn that edits the person's card.
func (s *bench) clicks(b *testing.B) load {
	var runs [callers]struct {
		run, message string
		step         int
		answered     bool
	}
	for c := range callers {
		s.slack.Command(userID(c), "", "/sec", "assess")
		for _, label := range []string{"11 to 49", "An IT provider", "IT alone"}[:3*btoi(c == 0)] { // the company is described once
			s.slack.Press(userID(c), s.card(b, c), label)
		}
		m := s.card(b, c)
		found := regexp.MustCompile(`assess/answer/(\w+)/(\d+)/`).FindStringSubmatch(string(m.Blocks))
		if found == nil {
			b.Fatalf("person %d has no question: %s", c, m.Text)
		}
		runs[c].run, runs[c].message = found[1], m.TS
		runs[c].step, _ = strconv.Atoi(found[2])
	}
	return load{
		send: func(c, _ int) error {
			r := &runs[c]
			value := fmt.Sprintf("assess/answer/%s/%d/acc-mfa-email/yes", r.run, r.step)
			if r.answered {
				value = fmt.Sprintf("assess/back/%s/%d", r.run, r.step)
			}
			r.answered = !r.answered
			r.step++
			if err := s.send("http://"+s.addr+"/slack/actions", urlEncoded, press(c, r.message, value, r.step)); err != nil {
				return err
			}
			select {
			case <-s.edited[c]:
				return nil
			case <-time.After(10 * time.Second):
				return fmt.Errorf("the card of person %d did not change", c)
			}
		},
	}
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// card is a person's latest message from the bot, once it is there.
func (s *bench) card(b *testing.B, c int) fakeslack.Message {
	b.Helper()
	for range 200 {
		time.Sleep(20 * time.Millisecond)
		if all := s.slack.DM(userID(c)); len(all) > 0 {
			return all[len(all)-1]
		}
	}
	b.Fatalf("person %d got no card", c)
	return fakeslack.Message{}
}

// press is the body of a pressed button, as Slack sends it.
func press(c int, message, value string, n int) []byte {
	payload, _ := json.Marshal(map[string]any{
		"type": "block_actions", "trigger_id": fmt.Sprintf("%d.%d", c, n), "team": map[string]string{"id": fakeslack.Team},
		"user":      map[string]string{"id": userID(c), "team_id": fakeslack.Team},
		"channel":   map[string]string{"id": fakeslack.Direct(userID(c)), "name": "directmessage"},
		"container": map[string]any{"type": "message", "message_ts": message, "channel_id": fakeslack.Direct(userID(c)), "is_ephemeral": false},
		"actions":   []map[string]string{{"type": "button", "action_id": "a1", "block_id": "b", "value": value, "action_ts": fmt.Sprint(n)}},
	})
	return []byte(url.Values{"payload": {string(payload)}}.Encode())
}

func (s *bench) send(address, kind string, body []byte) error {
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	return post(s.client, address, body, map[string]string{
		"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(stamp, body),
	})
}

// floor is the least that any such bot must do.
func (s *bench) floor(b *testing.B) load {
	b.Helper()
	client := floorRedis(b, s.redis.URL())
	fixed := bytes.Repeat([]byte("x"), 900)
	address := serveFloor(b, func(w http.ResponseWriter, r *http.Request) {
		verifier, err := slackapi.NewSecretsVerifier(r.Header, signingSecret)
		if err != nil {
			http.Error(w, "signature", http.StatusUnauthorized)
			return
		}
		if _, err := io.Copy(&verifier, r.Body); err != nil || verifier.Ensure() != nil {
			http.Error(w, "signature", http.StatusUnauthorized)
			return
		}
		if _, err := client.Pipelined(r.Context(), func(p goredis.Pipeliner) error {
			p.Get(r.Context(), "floor:a")
			p.Get(r.Context(), "floor:b")
			return nil
		}); err != nil && err != goredis.Nil {
			http.Error(w, "redis", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(fixed)
	})
	body := []byte(url.Values{"team_id": {fakeslack.Team}, "command": {"/sec"}, "text": {"who handles printers?"}}.Encode())
	return load{send: func(int, int) error { return s.send(address, urlEncoded, body) }}
}
