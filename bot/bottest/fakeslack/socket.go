package fakeslack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxSockets  = 10      // docs.slack.dev/apis/events-api/using-socket-mode
	maxAckBytes = 20_000  // larger acknowledgements are dropped without a word
	maxReadFrom = 1 << 20 // one message of the bot
	ticketLife  = 30 * time.Second
)

// sockets are the bot's open connections in Socket Mode.
type sockets struct {
	mu      sync.Mutex
	tickets map[string]time.Time
	open    []*socket
	opened  int
	turn    int
	waiting map[string]*waiting // by envelope_id
	big     int
}

// socket is one connection. Its number counts from 1 in the order of opening.
type socket struct {
	number  int
	conn    *websocket.Conn
	leaving bool // asked to go: gets nothing new
	write   sync.Mutex
	gone    chan struct{}
}

// waiting is an envelope that is not acknowledged yet.
type waiting struct {
	acked chan json.RawMessage
}

func (k *sockets) begin() {
	k.tickets, k.waiting = map[string]time.Time{}, map[string]*waiting{}
}

func (s *Server) openConnection(args) (reply, error) {
	ticket := secret()
	s.sockets.mu.Lock()
	defer s.sockets.mu.Unlock()
	s.sockets.tickets[ticket] = time.Now().Add(ticketLife)
	return reply{"url": fmt.Sprintf("ws%s/link/?ticket=%s&app_id=%s", strings.TrimPrefix(s.URL, "http"), ticket, App)}, nil
}

// serveSocket keeps one connection until either side ends it.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	k := s.sockets
	ticket := r.URL.Query().Get("ticket")
	k.mu.Lock()
	until, known := k.tickets[ticket]
	delete(k.tickets, ticket)
	k.mu.Unlock()
	if !known || time.Now().After(until) {
		http.Error(w, "unknown ticket", http.StatusForbidden)
		return
	}
	// The ticket is the proof; slack-go names api.slack.com as its origin.
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	conn.SetReadLimit(maxReadFrom)
	c := &socket{conn: conn, gone: make(chan struct{})}
	count, full := k.add(c)
	if full {
		c.send(disconnect("too_many_websockets"))
		return
	}
	defer close(c.gone)
	defer k.remove(c)
	c.send(map[string]any{
		"type": "hello", "num_connections": count, "connection_info": map[string]any{"app_id": App},
		"debug_info": map[string]any{"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060},
	})
	s.running.Go(func() { c.ping(s.set.pingEvery) })
	k.listen(c)
}

// add takes a connection in, unless there are too many.
func (k *sockets) add(c *socket) (count int, full bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.open) >= maxSockets {
		return 0, true
	}
	k.opened++
	c.number = k.opened
	k.open = append(k.open, c)
	return len(k.open), false
}

func (k *sockets) remove(c *socket) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open = slices.DeleteFunc(k.open, func(o *socket) bool { return o == c })
}

// listen takes acknowledgements until the connection ends. They may come
// over another connection than the envelope went.
func (k *sockets) listen(c *socket) {
	for {
		_, message, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			Envelope string          `json:"envelope_id"`
			Payload  json.RawMessage `json:"payload"`
		}
		if json.Unmarshal(message, &ack) != nil {
			continue
		}
		k.mu.Lock()
		w := k.waiting[ack.Envelope]
		if len(message) >= maxAckBytes {
			k.big++
			w = nil
		}
		if w != nil {
			delete(k.waiting, ack.Envelope)
		}
		k.mu.Unlock()
		if w != nil {
			w.acked <- ack.Payload
		}
	}
}

func (c *socket) send(message any) error {
	c.write.Lock()
	defer c.write.Unlock()
	c.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return c.conn.WriteJSON(message)
}

// ping keeps the connection awake; clients give up a silent one.
func (c *socket) ping(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-c.gone:
			return
		case <-tick.C:
			c.conn.WriteControl(websocket.PingMessage, fmt.Appendf(nil, "Ping from applink-fake %d", n), time.Now().Add(time.Second))
		}
	}
}

var (
	errNoSocket = errors.New("no open socket, and no address to post to")
	errCutOff   = errors.New("the socket closed before the acknowledgement")
)

// reasonUnacked is the reason of a retry over sockets.
const reasonUnacked = "timeout"

// deliver sends an envelope to one of the sockets in turn and waits for its
// acknowledgement. If the socket ends meanwhile, it goes to the next one,
// within the time that the bot has.
func (k *sockets) deliver(s *Server, d *Delivery, a *Attempt, why string) {
	envelope := map[string]any{"type": d.Kind, "payload": d.envelopePayload(), "accepts_response_payload": d.Kind != Events}
	if d.Kind == Events {
		envelope["retry_attempt"], envelope["retry_reason"] = a.Retry, why
	}
	late := time.NewTimer(s.set.ackWithin)
	defer late.Stop()
	for {
		c := k.next()
		if c == nil {
			a.Err, a.Reason = errNoSocket, reasonConnection
			return
		}
		id := secret()
		envelope["envelope_id"], a.Socket = id, c.number
		w := k.expect(id)
		if c.send(envelope) != nil {
			k.forget(id)
			c.conn.Close()
			k.remove(c)
			continue
		}
		select {
		case payload := <-w.acked:
			a.Body, a.Kind, a.Err = payload, "application/json", nil
			return
		case <-c.gone:
			k.forget(id)
			a.Err = errCutOff
			continue
		case <-late.C:
			a.Err, a.Reason = fmt.Errorf("no acknowledgement within %s", s.set.ackWithin), reasonUnacked
		case <-s.ctx.Done():
			a.Err = s.ctx.Err()
		}
		k.forget(id)
		return
	}
}

func (k *sockets) expect(id string) *waiting {
	k.mu.Lock()
	defer k.mu.Unlock()
	w := &waiting{acked: make(chan json.RawMessage, 1)}
	k.waiting[id] = w
	return w
}

func (k *sockets) forget(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.waiting, id)
}

// next is the socket whose turn it is; nil where there is none.
func (k *sockets) next() *socket {
	k.mu.Lock()
	defer k.mu.Unlock()
	for range k.open {
		c := k.open[k.turn%len(k.open)]
		if k.turn++; !c.leaving {
			return c
		}
	}
	return nil
}

// envelopePayload is what an envelope carries: for a command, its fields.
func (d *Delivery) envelopePayload() json.RawMessage {
	if d.Kind != Commands {
		return d.payload
	}
	fields := map[string]string{}
	for name, values := range d.form {
		fields[name] = values[0]
	}
	raw, _ := json.Marshal(fields)
	return raw
}
