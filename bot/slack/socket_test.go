package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

func socketScene(t *testing.T, options ...fakeslack.Option) *scene {
	t.Helper()
	s := newScene(t, "socket", append([]fakeslack.Option{fakeslack.WithTimeScale(0.01)}, options...)...)
	s.run()
	s.eventually("two sockets", func() bool { return len(s.slack.Sockets()) == 2 })
	return s
}

func TestTheSameIsSaidOverSockets(t *testing.T) {
	s := socketScene(t)
	s.shows(one(bot.Row(bot.Press("Go", bot.Do("who", "topic", "x")))))
	got, ok := s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "who <handles> printers?").Answer()
	if !ok || got.For != fakeslack.Staff {
		t.Fatalf("answer = %+v, %t", got, ok)
	}
	if e := s.last(); e.Kind != bot.Command || e.Text != "who <handles> printers?" || e.Place.Kind != bot.Channel || e.From.Affiliation != bot.Home {
		t.Errorf("command = %+v", e)
	}
	s.slack.Press(fakeslack.Staff, got, "Go")
	if e := s.last(); e.Kind != bot.Click || e.Action.String() != "who/topic/x" {
		t.Errorf("press = %+v", e)
	}
	s.slack.DMText(fakeslack.Staff, "hello")
	if e := s.last(); e.Kind != bot.Message || e.Text != "hello" {
		t.Errorf("message = %+v", e)
	}
}

// Sockets are refreshed, warned of and dropped while people write: nothing is
// lost.
func TestNoEventIsLostWhileSocketsAreReplaced(t *testing.T) {
	s := socketScene(t, fakeslack.WithRetries(0, 500*time.Millisecond, time.Second, time.Second))
	ends := []func(){
		func() { s.slack.Disconnect(0, fakeslack.RefreshRequested) },
		func() { s.slack.Disconnect(s.slack.Sockets()[0], fakeslack.Warning) },
		func() { s.slack.Drop(s.slack.Sockets()[0]) },
	}
	const events = 300
	var all sync.WaitGroup
	for i := range events {
		if i%100 == 50 {
			ends[i/100]()
		}
		all.Go(func() {
			d := s.slack.DMText(fakeslack.Staff, fmt.Sprintf("question %d", i))
			d.Wait(t.Context())
			if !d.Acked() {
				t.Errorf("question %d was not acknowledged: %+v", i, d.Attempts())
			}
		})
		time.Sleep(2 * time.Millisecond)
	}
	all.Wait()
	texts := map[string]bool{}
	for _, e := range s.told() {
		texts[e.Text] = true
	}
	if len(texts) != events {
		t.Errorf("the bot was told %d different questions, want %d", len(texts), events)
	}
	s.eventually("two sockets again", func() bool { return len(s.slack.Sockets()) >= 2 })
}

// What still comes over a socket that is to be replaced is taken.
func TestASocketIsReadOnUntilItsSuccessorIsOpen(t *testing.T) {
	acks := make(chan string, 1)
	opened := make(chan *websocket.Conn, 2)
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"ok":true,"url":"ws://%s/link","team_id":"T0FAKE","user_id":"U0BOT"}`, r.Host)
	})
	mux.HandleFunc("/link", func(w http.ResponseWriter, r *http.Request) {
		conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		opened <- conn
		for {
			_, ack, err := conn.ReadMessage()
			if err != nil {
				return
			}
			acks <- string(ack)
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	p, err := New(Config{Mode: "socket", BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: server.URL + "/api/"}, "/sec", nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { p.keep(ctx) })
	defer running.Wait()
	defer stop()

	first := <-opened
	first.WriteJSON(envelope{Type: "hello"})
	first.WriteJSON(envelope{Type: "disconnect", Reason: "warning"})
	second := <-opened
	defer second.Close()
	first.WriteJSON(envelope{Type: "unheard_of", ID: "late"})
	select {
	case ack := <-acks:
		if !strings.Contains(ack, `"late"`) {
			t.Errorf("ack = %s", ack)
		}
	case <-time.After(3 * time.Second):
		t.Error("what came late was not acknowledged")
	}
	first.Close()
}

func TestWhatTheBotDidNotTakeIsSentAgain(t *testing.T) {
	s := socketScene(t, fakeslack.WithAckWithin(100*time.Millisecond), fakeslack.WithRetries(time.Millisecond, time.Millisecond))
	failed := 0
	s.says(func(bot.Event) (bot.Reply, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if failed++; failed == 1 {
			return bot.Reply{}, errors.New("the store is away")
		}
		return bot.Reply{}, nil
	})
	d := s.slack.DMText(fakeslack.Staff, "hello")
	d.Wait(t.Context())
	if all := d.Attempts(); len(all) != 2 || all[0].Err == nil || all[1].Err != nil {
		t.Errorf("attempts = %+v, want one that failed and one taken", all)
	}
	if all := s.told(); len(all) != 2 || all[0].ID != all[1].ID {
		t.Errorf("told = %+v, want the same event twice", all)
	}
	got, _ := func() (fakeslack.Message, bool) {
		s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("the store is away") })
		return s.slack.Command(fakeslack.Staff, "", "/sec", "x").Answer()
	}()
	if !strings.Contains(got.Shown(), "try again") {
		t.Errorf("a command that failed is answered %q", got.Shown())
	}
}

func TestALargeAnswerGoesThroughTheResponseURL(t *testing.T) {
	s := socketScene(t)
	s.shows(bot.View{Blocks: []bot.Block{bot.Say(strings.Repeat("漢", 2900)), bot.Say(strings.Repeat("字", 2900)), bot.Say(strings.Repeat("漢", 2900))}})
	d := s.slack.Command(fakeslack.Staff, "", "/sec", "x")
	if _, inline := d.Answer(); inline || !d.Acked() || s.slack.OversizedAcks() != 0 {
		t.Errorf("inline %t, acked %t, oversized %d", inline, d.Acked(), s.slack.OversizedAcks())
	}
	if all := s.slack.Ephemerals(fakeslack.Staff); len(all) != 1 || !strings.Contains(all[0].Shown(), "字") {
		t.Errorf("%d answers", len(all))
	}
	s.slack.Fail(fakeslack.ResponseURL, fakeslack.Broken(500), mostTries)
	got, _ := s.slack.Command(fakeslack.Staff, "", "/sec", "x").Answer()
	if !strings.Contains(got.Shown(), "did not take my answer") {
		t.Errorf("when that fails too: %q", got.Shown())
	}
}

func TestStoppingFinishesWhatIsInHand(t *testing.T) {
	s := newScene(t, "socket")
	stop := s.run()
	s.eventually("two sockets", func() bool { return len(s.slack.Sockets()) == 2 })
	begun := make(chan struct{})
	s.says(func(bot.Event) (bot.Reply, error) {
		close(begun)
		time.Sleep(300 * time.Millisecond)
		return bot.Reply{View: &bot.View{Title: "Done"}}, nil
	})
	answered := make(chan string)
	go func() {
		got, _ := s.slack.Command(fakeslack.Staff, "", "/sec", "x").Answer()
		answered <- got.Shown()
	}()
	<-begun
	stop()
	if got := <-answered; !strings.Contains(got, "Done") {
		t.Errorf("answer = %q", got)
	}
	s.eventually("no sockets", func() bool { return len(s.slack.Sockets()) == 0 })
}

func TestAnAppTokenThatSlackDeniesEndsTheRun(t *testing.T) {
	s := newScene(t, "socket")
	s.slack.Fail("apps.connections.open", fakeslack.Refused("invalid_auth"), 2)
	err := s.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "connections:write") {
		t.Errorf("Run = %v, want what to do", err)
	}
}

func TestAnEnvelopeThatNobodyKnowsIsAcknowledged(t *testing.T) {
	s := socketScene(t)
	d := s.slack.Command(fakeslack.Staff, "", "/other", hush)
	if !d.Acked() || len(s.told()) != 0 || strings.Contains(s.logs.String(), hush) {
		t.Errorf("acked %t, told %d, log %s", d.Acked(), len(s.told()), s.logs)
	}
}

func TestSocketModeThatIsSwitchedOffEndsTheRun(t *testing.T) {
	s := newScene(t, "socket", fakeslack.WithTimeScale(0.01))
	ended := make(chan error, 1)
	go func() { ended <- s.Run(t.Context()) }()
	s.eventually("two sockets", func() bool { return len(s.slack.Sockets()) == 2 })
	s.slack.Disconnect(0, fakeslack.LinkDisabled)
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), "switch it on again") {
			t.Errorf("Run = %v, want what to do", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Run goes on without Socket Mode")
	}
}
