package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	sockets    = 2                // so that one is open while the other is replaced
	stagger    = 10 * time.Second // between the first and the second
	silence    = 90 * time.Second // without a ping for so long, a socket is dead; Slack pings every few seconds
	ackLimit   = 20 << 10         // bytes; a larger answer goes through the response_url
	maxBackoff = 30 * time.Second
	finishIn   = 3 * time.Second // for requests in hand when a socket ends
)

// Run keeps the connection to Slack until ctx ends. In HTTP mode there is
// none to keep.
func (p *Platform) Run(ctx context.Context) error {
	if p.config.Mode == "http" {
		<-ctx.Done()
		return nil
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	for i := range sockets {
		all.Go(func() {
			wait(ctx, time.Duration(i)*p.stagger)
			if err := p.keep(ctx); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// keep opens one socket after another. It ends with an error only where
// trying again cannot help.
func (p *Platform) keep(ctx context.Context) error {
	backoff := time.Second
	for ctx.Err() == nil {
		begun := time.Now()
		err := p.socket(ctx)
		switch {
		case denied(err):
			return fmt.Errorf("Slack does not accept the app token: make a new one with connections:write (%w)", err)
		case err == nil || time.Since(begun) > time.Minute:
			backoff = time.Second
		default:
			p.log.Warn("socket ended", "err", err)
			wait(ctx, backoff/2+rand.N(backoff))
			backoff = min(2*backoff, maxBackoff)
		}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// link is one open socket.
type link struct {
	*websocket.Conn
	writing sync.Mutex
	work    sync.WaitGroup
}

// envelope is what arrives on a socket.
// https://docs.slack.dev/apis/events-api/using-socket-mode#events
type envelope struct {
	Type    string          `json:"type"`
	ID      string          `json:"envelope_id"`
	Reason  string          `json:"reason"`
	Payload json.RawMessage `json:"payload"`
}

// socket opens one socket and serves it until it ends: with nil, because
// Slack wants it replaced or ctx ended.
func (p *Platform) socket(ctx context.Context) error {
	address, err := p.socketAddress(ctx)
	if err != nil {
		return err
	}
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, address, nil)
	if err != nil {
		return errors.New("slack: the socket cannot be opened")
	}
	l := &link{Conn: conn}
	defer l.end()
	stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	defer stop()
	conn.SetReadLimit(maxBody)
	l.alive()
	conn.SetPingHandler(func(data string) error {
		l.alive()
		return conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(5*time.Second))
	})
	for {
		var e envelope
		if err := conn.ReadJSON(&e); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return errors.New("slack: the socket broke")
		}
		l.alive()
		switch e.Type {
		case "hello":
			p.log.Info("socket open")
		case "disconnect":
			if e.Reason == "link_disabled" {
				return &apiError{"socket", "link_disabled"}
			}
			return nil
		default:
			l.work.Go(func() { p.answerEnvelope(l, e) })
		}
		if ctx.Err() != nil {
			return nil
		}
	}
}

// alive expects the next sign of life within the limit.
func (l *link) alive() { l.SetReadDeadline(time.Now().Add(silence)) }

// end lets requests in hand be answered, then closes.
func (l *link) end() {
	done := make(chan struct{})
	go func() { l.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(finishIn):
	}
	l.Close()
}

// socketAddress asks Slack where to connect.
func (p *Platform) socketAddress(ctx context.Context) (string, error) {
	var answer struct {
		URL string `json:"url"`
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := p.web.callAs(ctx, p.config.AppToken, "apps.connections.open", url.Values{}, &answer); err != nil {
		return "", err
	}
	u, err := url.Parse(answer.URL)
	if err != nil || u.Scheme != "wss" && !loopback(u.Hostname()) {
		return "", errors.New("slack: the socket's address is not a safe one")
	}
	return answer.URL, nil
}

// answerEnvelope takes what a socket brought and acknowledges it. What could
// not be taken is not acknowledged, so that Slack sends it again.
func (p *Platform) answerEnvelope(l *link, e envelope) {
	ctx := context.Background() // the request is finished even if the bot is stopping
	r, err := p.decodeEnvelope(e)
	if err != nil {
		p.log.Warn("envelope refused", "type", e.Type)
		l.ack(e.ID, nil)
		return
	}
	body, err := p.take(ctx, r)
	if err != nil {
		p.log.Error("envelope failed", "type", e.Type, "err", err)
		return
	}
	if len(body) >= ackLimit && r.reply != "" {
		if err := p.respond(ctx, r.reply, body); err != nil {
			p.log.Error("envelope failed", "type", e.Type, "err", err)
		}
		body = nil
	}
	if err := l.ack(e.ID, body); err != nil {
		p.log.Warn("acknowledgement lost", "type", e.Type)
	}
}

func (l *link) ack(id string, body []byte) error {
	answer := map[string]any{"envelope_id": id}
	if len(body) > 0 && body[0] == '{' {
		answer["payload"] = json.RawMessage(body)
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	l.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return l.WriteJSON(answer)
}

func (p *Platform) decodeEnvelope(e envelope) (request, error) {
	switch e.Type {
	case "slash_commands":
		var fields map[string]any
		if err := json.Unmarshal(e.Payload, &fields); err != nil {
			return request{}, errNotOurs
		}
		form := url.Values{}
		for name, v := range fields {
			if s, ok := v.(string); ok {
				form.Set(name, s)
			}
		}
		return decodeCommand(form, p.command)
	case "interactive":
		return decodeInteraction(e.Payload)
	case "events_api":
		return decodeEvent(e.Payload, p.people.me.user())
	}
	return request{}, errNotOurs
}
