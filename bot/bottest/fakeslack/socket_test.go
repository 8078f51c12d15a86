package fakeslack_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// connect runs slack-go's Socket Mode client until the test ends; on is told
// of all that is not about the connection itself.
func connect(t *testing.T, s *fakeslack.Server, on func(*socketmode.Client, socketmode.Event)) {
	t.Helper()
	before := len(s.Sockets())
	c := socketmode.New(client(s))
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { c.RunContext(ctx) })
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-c.Events:
				switch e.Type {
				case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
					on(c, e)
				}
			}
		}
	})
	t.Cleanup(func() { stop(); running.Wait() })
	eventually(t, "socket", func() bool { return len(s.Sockets()) > before })
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("no %s within 10 s", what)
}

func TestSlackGosSocketModeClient(t *testing.T) {
	s := fakeslack.Start(t)
	var clicks []slack.InteractionCallback
	connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			c.Ack(*e.Request, map[string]any{"text": "You said " + data.Text})
		case slack.InteractionCallback:
			clicks = append(clicks, data)
			c.Ack(*e.Request)
		default:
			c.Ack(*e.Request)
		}
	})
	d := s.Command(fakeslack.Staff, "", "/sec", "hello")
	if m, ok := d.Answer(); !ok || m.Text != "You said hello" || d.Last().Socket != 1 {
		t.Fatalf("%+v %s", m, d.Problem())
	}
	if len(s.Ephemerals(fakeslack.Staff)) != 1 {
		t.Error("the payload of the acknowledgement was not shown")
	}
	_, ts, err := client(s).PostMessage(fakeslack.Staff, slack.MsgOptionText("card", false), card())
	if err != nil {
		t.Fatal(err)
	}
	m, _ := s.Message(fakeslack.Direct(fakeslack.Staff), ts)
	if d := s.Press(fakeslack.Staff, m, "Yes"); !d.Acked() || clicks[0].ActionCallback.BlockActions[0].Value != "run/1/yes" {
		t.Errorf("click: %v", d.Last().Err)
	}
	if d := s.DMText(fakeslack.Staff, "hello"); !d.Acked() {
		t.Errorf("event: %v", d.Last().Err)
	}
}

func TestSocketsTakeTurnsAndAreReplaced(t *testing.T) {
	s := fakeslack.Start(t)
	ack := func(c *socketmode.Client, e socketmode.Event) { c.Ack(*e.Request) }
	connect(t, s, ack)
	connect(t, s, ack)
	seen := map[int]int{}
	for range 10 {
		seen[s.DMText(fakeslack.Staff, "hello").Last().Socket]++
	}
	if seen[1] != 5 || seen[2] != 5 {
		t.Errorf("envelopes by socket: %v", seen)
	}
	s.Disconnect(1, fakeslack.RefreshRequested)
	for range 5 {
		if d := s.DMText(fakeslack.Staff, "hello"); !d.Acked() || d.Last().Socket == 1 {
			t.Errorf("while a socket is replaced: %v", d.Last())
		}
	}
	eventually(t, "replacement", func() bool { return len(s.Sockets()) == 2 })
	s.Drop(0)
	eventually(t, "new sockets", func() bool { all := s.Sockets(); return len(all) == 2 && all[0] > 3 })
}

// raw opens a socket by hand.
func raw(t *testing.T, s *fakeslack.Server) *websocket.Conn {
	t.Helper()
	_, address, err := client(s).StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	var hello struct {
		Type string `json:"type"`
	}
	if err := conn.ReadJSON(&hello); err != nil || hello.Type != "hello" {
		t.Fatalf("%+v, %v", hello, err)
	}
	if _, _, err := websocket.DefaultDialer.Dial(address, nil); err == nil {
		t.Error("a ticket opened two sockets")
	}
	return conn
}

type envelope struct {
	ID      string `json:"envelope_id"`
	Type    string `json:"type"`
	Reason  string `json:"reason"`
	Retry   int    `json:"retry_attempt"`
	Accepts bool   `json:"accepts_response_payload"`
}

func TestUnacknowledgedEnvelopeGoesToAnotherSocket(t *testing.T) {
	s := fakeslack.Start(t)
	silent, living := raw(t, s), raw(t, s)
	go func() {
		var e envelope
		silent.ReadJSON(&e)
		silent.Close()
	}()
	go func() {
		var e envelope
		living.ReadJSON(&e)
		living.WriteJSON(map[string]any{"envelope_id": e.ID})
	}()
	d := s.DMText(fakeslack.Staff, "hello")
	if a := d.Attempts(); len(a) != 1 || a[0].Err != nil || a[0].Socket != 2 || a[0].Retry != 0 {
		t.Errorf("attempts %+v", a)
	}
}

func TestEnvelopeIsRepeatedAfterSilence(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithAckWithin(30*time.Millisecond), fakeslack.WithRetries(0, 0))
	conn := raw(t, s)
	got := make(chan envelope, 3)
	go func() {
		for n := 0; ; n++ {
			var e envelope
			if conn.ReadJSON(&e) != nil {
				return
			}
			got <- e
			if n == 1 {
				conn.WriteJSON(map[string]any{"envelope_id": e.ID})
			}
		}
	}()
	d := s.DMText(fakeslack.Staff, "hello")
	if err := d.Wait(t.Context()); err != nil || !d.Acked() || len(d.Attempts()) != 2 {
		t.Fatalf("%v, %+v", err, d.Attempts())
	}
	first, second := <-got, <-got
	if first.Retry != 0 || second.Retry != 1 || first.Type != "events_api" || first.Accepts || first.ID == second.ID {
		t.Errorf("envelopes %+v, %+v", first, second)
	}
}

func TestOversizedAckIsDroppedSilently(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithAckWithin(100*time.Millisecond))
	conn := raw(t, s)
	go func() {
		var e envelope
		conn.ReadJSON(&e)
		conn.WriteJSON(map[string]any{"envelope_id": e.ID, "payload": map[string]any{"text": strings.Repeat("x", 20_000)}})
	}()
	if d := s.Command(fakeslack.Staff, "", "/sec", ""); d.Problem() != "operation_timeout" || s.OversizedAcks() != 1 {
		t.Errorf("%q, %d too big", d.Problem(), s.OversizedAcks())
	}
}

func TestSocketIsWarnedAndThenClosed(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithTimeScale(0.001))
	conn := raw(t, s)
	s.Disconnect(1, fakeslack.Warning)
	var e envelope
	if err := conn.ReadJSON(&e); err != nil || e.Type != "disconnect" || e.Reason != "warning" {
		t.Fatalf("%+v, %v", e, err)
	}
	if conn.ReadJSON(&e) == nil {
		t.Error("the socket stayed open")
	}
}

func TestTenSocketsAtMost(t *testing.T) {
	s := fakeslack.Start(t)
	for range 10 {
		raw(t, s)
	}
	_, address, _ := client(s).StartSocketModeContext(t.Context())
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var e envelope
	if conn.ReadJSON(&e); e.Reason != "too_many_websockets" {
		t.Errorf("the eleventh socket got %+v", e)
	}
}

func TestLeavingSocketGetsNothingNew(t *testing.T) {
	s := fakeslack.Start(t)
	raw(t, s)
	living := raw(t, s)
	go func() {
		for {
			var e envelope
			if living.ReadJSON(&e) != nil {
				return
			}
			living.WriteJSON(map[string]any{"envelope_id": e.ID})
		}
	}()
	s.Disconnect(1, fakeslack.Warning)
	for range 3 {
		if d := s.DMText(fakeslack.Staff, "hello"); !d.Acked() || d.Last().Socket != 2 {
			t.Errorf("%+v", d.Last())
		}
	}
}

func TestSocketIsPinged(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithPing(5*time.Millisecond))
	conn := raw(t, s)
	pinged := make(chan string, 100)
	conn.SetPingHandler(func(data string) error { pinged <- data; return nil })
	go conn.ReadMessage()
	select {
	case <-pinged:
	case <-time.After(5 * time.Second):
		t.Error("no ping")
	}
}
