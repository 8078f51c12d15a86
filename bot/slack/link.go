package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	silence  = 45 * time.Second // without a ping for so long, a socket is dead; slack-go waits 30 s
	leaveIn  = 8 * time.Second  // an old socket is read on while its successor opens; Slack closes it after 10 s
	finishIn = 3 * time.Second  // for requests in hand when a socket ends
	writeIn  = 5 * time.Second
	dialIn   = 10 * time.Second
)

// link is one open socket.
type link struct {
	conn    *websocket.Conn
	work    sync.WaitGroup // requests in hand
	writing sync.Mutex

	reading sync.Mutex // guards what follows
	final   bool       // the time to read until is fixed
}

// dial opens a socket. The address is a secret and stays out of the error.
func dial(ctx context.Context, address string) (*link, error) {
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: dialIn}
	conn, _, err := dialer.DialContext(ctx, address, nil)
	if err != nil {
		return nil, errors.New("slack: the socket cannot be opened")
	}
	l := &link{conn: conn}
	conn.SetReadLimit(maxBody)
	l.expect(silence, false)
	conn.SetPingHandler(func(data string) error {
		l.expect(silence, false)
		return conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeIn))
	})
	return l, nil
}

// expect gives the socket so long for its next sign of life, or for all.
func (l *link) expect(d time.Duration, final bool) {
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.final && !final {
		return
	}
	l.final = final
	l.conn.SetReadDeadline(time.Now().Add(d))
}

// errReplace says that Slack wants another socket instead of this one.
var errReplace = errors.New("slack: the socket is to be replaced")

// errSocketOff is for whoever runs the bot: the app does not use sockets any more.
var errSocketOff = errors.New("Socket Mode is switched off in Slack (link_disabled): switch it on again under Socket Mode on the app's page at api.slack.com/apps, then start me again")

// read serves a socket until it breaks, is to be replaced, or ctx ends (nil).
func (p *Platform) read(ctx context.Context, l *link) error {
	for ctx.Err() == nil {
		var e envelope
		if err := l.conn.ReadJSON(&e); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return errors.New("slack: the socket broke")
		}
		l.expect(silence, false)
		switch {
		case e.Type == "hello":
			p.log.Info("socket open")
		case e.Type == "disconnect" && e.Reason == "link_disabled":
			return errSocketOff
		case e.Type == "disconnect":
			return errReplace
		default:
			l.work.Go(func() { p.answerEnvelope(l, e) })
		}
	}
	return nil
}

// end lets requests in hand be answered, then closes.
func (l *link) end() {
	done := make(chan struct{})
	go func() { l.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(finishIn):
	}
	l.conn.Close()
}

// ack says that an envelope was taken, with what the person is to see.
func (l *link) ack(id string, body []byte) error {
	answer := struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload,omitempty"`
	}{ID: id}
	if len(body) > 0 && body[0] == '{' {
		answer.Payload = body
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	l.conn.SetWriteDeadline(time.Now().Add(writeIn))
	return l.conn.WriteJSON(answer)
}
