package redis_test

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

func open(t *testing.T, address string, opts ...redis.Option) *redis.Store {
	t.Helper()
	s, err := redis.Open(t.Context(), address, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func event(id string) storage.Change {
	return storage.Change{
		Jobs: []storage.Job{{ID: id, Lane: "lane", Body: []byte("x"), Dedupe: true}},
		Take: []string{"lane"}, Lease: time.Minute,
	}
}

// TestLostAnswerIsNotHidden: Redis makes the change, its answer does not
// arrive. To apply it again in secret would tell the caller that the event had
// been seen before, and nobody would work on it until the lease ends.
func TestLostAnswerIsNotHidden(t *testing.T) {
	server := redistest.Start(t)
	line := newLine(t, server.Addr())
	s := open(t, "redis://"+line.addr)

	line.deaf.Store(true)
	_, err := s.Apply(t.Context(), "acme", event("1"))
	if err == nil || errors.Is(err, storage.ErrConflict) || errors.Is(err, storage.ErrLost) {
		t.Fatalf("error %v, want one of the connection", err)
	}
	applied, err := s.Apply(t.Context(), "acme", event("1"))
	if err != nil || len(applied.Dropped) != 1 || len(applied.Taken) != 0 {
		t.Errorf("the second attempt came to %+v, %v; want the event dropped", applied, err)
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Items != 1 {
		t.Errorf("stats %+v, %v, want one lane", stats, err)
	}
}

func TestReadingOutlastsALostAnswer(t *testing.T) {
	server := redistest.Start(t)
	line := newLine(t, server.Addr())
	s := open(t, "redis://"+line.addr)
	if _, err := s.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("x")}}}); err != nil {
		t.Fatal(err)
	}
	line.deaf.Store(true)
	if docs, err := s.Get(t.Context(), "acme", "k"); err != nil || string(docs[0].Body) != "x" {
		t.Errorf("got %v, %v", docs, err)
	}
}

// line leads to a server. When it is deaf it breaks instead of bringing the
// next answer, once.
type line struct {
	addr string
	deaf atomic.Bool
}

func newLine(t *testing.T, server string) *line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	l := &line{addr: listener.Addr().String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.join(client, server)
		}
	}()
	return l
}

func (l *line) join(client net.Conn, server string) {
	defer client.Close()
	far, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer far.Close()
	go func() { _, _ = io.Copy(far, client) }()
	answer := make([]byte, 64<<10)
	for {
		n, err := far.Read(answer)
		if err != nil || l.deaf.Swap(false) {
			return
		}
		if _, err := client.Write(answer[:n]); err != nil {
			return
		}
	}
}

// TestChangeOutlastsARestart: while nobody listens, nothing can have been done.
func TestChangeOutlastsARestart(t *testing.T) {
	server := redistest.Start(t)
	s := open(t, server.URL())
	if _, err := s.Apply(t.Context(), "acme", event("1")); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	done := make(chan error, 1)
	go func() {
		applied, err := s.Apply(t.Context(), "acme", event("2"))
		if err == nil && len(applied.Dropped) > 0 {
			err = errors.New("a new event was dropped")
		}
		done <- err
	}()
	time.Sleep(100 * time.Millisecond)
	server.Restart()
	if err := <-done; err != nil {
		t.Errorf("apply while the server was away: %v", err)
	}
	if applied, err := s.Apply(t.Context(), "acme", event("1")); err != nil || len(applied.Dropped) != 1 {
		t.Errorf("what was acknowledged before the crash: %+v, %v", applied, err)
	}
}

func TestServerMayForgetTheScripts(t *testing.T) {
	server := redistest.Start(t)
	s := open(t, server.URL())
	client := server.Client()
	defer client.Close()
	forget := func() {
		t.Helper()
		if err := client.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
	forget()
	change := event("1")
	change.Take = nil
	if _, err := s.Apply(t.Context(), "acme", change); err != nil {
		t.Fatal(err)
	}
	forget()
	claims, err := s.Claim(t.Context(), 1, time.Minute)
	if err != nil || len(claims) != 1 {
		t.Fatalf("claimed %+v, %v", claims, err)
	}
	forget()
	if _, err := s.Extend(t.Context(), claims[0], time.Minute); err != nil {
		t.Error(err)
	}
	forget()
	if err := s.Erase(t.Context(), "acme"); err != nil {
		t.Error(err)
	}
}

// TestClockIsThatOfTheServer needs real time to pass.
func TestClockIsThatOfTheServer(t *testing.T) {
	s := open(t, redistest.Start(t).URL())
	const soon = 100 * time.Millisecond
	_, err := s.Apply(t.Context(), "acme", storage.Change{
		Put:    []storage.Write{{Key: "k", Body: []byte("x"), TTL: soon}},
		Timers: []storage.Timer{{Name: "t", At: time.Now().Add(soon)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	look := func() string {
		t.Helper()
		docs, err := s.Get(t.Context(), "acme", "k")
		claims, claimErr := s.Claim(t.Context(), 1, soon)
		if err := errors.Join(err, claimErr); err != nil {
			t.Fatal(err)
		}
		return strings.Repeat("document ", len(docs[0].Body)) + strings.Repeat("timer ", len(claims))
	}
	if got := look(); got != "document " {
		t.Errorf("at once: %s", got)
	}
	time.Sleep(soon + 20*time.Millisecond)
	if got := look(); got != "timer " {
		t.Errorf("when the time has come: %s", got)
	}
	if got := look(); got != "" {
		t.Errorf("while it is held: %s", got)
	}
	time.Sleep(soon + 20*time.Millisecond)
	if got := look(); got != "timer " {
		t.Errorf("after the lease: %s", got)
	}
}
