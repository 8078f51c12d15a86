package front

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var behindProxy = Config{Proxies: []string{"127.0.0.0/8"}}

// opened is a server at a port of its own until the test ends.
func opened(t *testing.T, c Config, tls TLS, handler http.HandlerFunc, watch Watch, within patience) *Server {
	t.Helper()
	if watch == nil {
		watch = func(string) {}
	}
	s, err := listen("127.0.0.1:0", c, tls, handler, watch, slog.New(slog.DiscardHandler), within)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve() }()
	t.Cleanup(func() {
		s.Close()
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

func reads(w http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	fmt.Fprint(w, "heard")
}

// knock opens a connection and writes what it is given.
func knock(t *testing.T, s *Server, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return conn
}

// drip sends a byte now and then, until the other side has hung up.
func drip(conn net.Conn) error {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, err := conn.Write([]byte("x")); err != nil {
			return nil
		}
	}
	return errors.New("it is still listened to")
}

func TestSlowVisitorsAreDropped(t *testing.T) {
	const long, short = time.Minute, 400 * time.Millisecond
	request := func(more string) string { return "POST /slack/events HTTP/1.1\r\nHost: x\r\n" + more }
	for name, c := range map[string]struct {
		within patience
		sends  string
	}{
		"a slow header": {patience{header: short, body: long, answer: long, idle: long}, request("X-Slow: ")},
		"a slow body":   {patience{header: long, body: short, answer: long, idle: long}, request("Content-Length: 1000000\r\n\r\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := opened(t, Config{}, TLS{}, reads, nil, c.within)
			conn := knock(t, s, c.sends)
			if response, err := http.Post("http://"+s.Addr().String(), "text/plain", strings.NewReader("quick")); err != nil || response.StatusCode != http.StatusOK {
				t.Errorf("meanwhile somebody quick is answered %v, %v", response, err)
			}
			if err := drip(conn); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("who reads nothing", func(t *testing.T) {
		t.Parallel()
		ended := make(chan error, 1)
		s := opened(t, Config{}, TLS{}, func(w http.ResponseWriter, r *http.Request) {
			var err error
			for page := make([]byte, 1<<20); err == nil; {
				_, err = w.Write(page)
			}
			ended <- err
		}, nil, patience{header: long, body: long, answer: short, idle: long})
		knock(t, s, request("\r\n"))
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Error("it still writes")
		}
	})
	t.Run("who stays and asks nothing", func(t *testing.T) {
		t.Parallel()
		s := opened(t, Config{}, TLS{}, reads, nil, patience{header: long, body: long, answer: long, idle: short})
		conn := knock(t, s, request("Content-Length: 0\r\n\r\n"))
		conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		if answer, err := io.ReadAll(conn); err != nil || !strings.HasSuffix(string(answer), "heard") {
			t.Errorf("%q, %v", answer, err)
		}
	})
}

func TestWhatIsTooLargeIsNotRead(t *testing.T) {
	s := opened(t, Config{}, TLS{}, reads, nil, usual)
	r, err := http.NewRequest(http.MethodGet, "http://"+s.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", strings.Repeat("x", 2*maxHeader))
	response, err := http.DefaultClient.Do(r)
	if err != nil || response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a header of 64 KB: %v, %v", response, err)
	}
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not come to that: %s", what)
		}
	}
}

func TestSoManyConnectionsInAll(t *testing.T) {
	s := opened(t, Config{Connections: 3}, TLS{}, reads, nil, usual)
	var held []net.Conn
	for range 3 {
		conn := knock(t, s, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
	}
	next := knock(t, s, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	next.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if _, err := next.Read(make([]byte, 1)); err == nil {
		t.Error("a fourth is answered while three are there")
	}
	held[0].Close()
	next.SetReadDeadline(time.Now().Add(15 * time.Second))
	if _, err := next.Read(make([]byte, 1)); err != nil {
		t.Errorf("one left, and the fourth is not answered: %v", err)
	}
}

func TestOneAddressHoldsItsShareAlone(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs many addresses of this machine, as Linux has them")
	}
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	var away atomic.Int32
	l := share(plain, 3, []netip.Prefix{netip.MustParsePrefix("127.0.0.9/32")}, func(string) { away.Add(1) })
	taken := make(chan net.Conn, 100)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			taken <- conn
		}
	}()
	come := func(from string, n int) {
		t.Helper()
		for range n {
			d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
			conn, err := d.Dial("tcp", plain.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { conn.Close() })
		}
	}
	come("127.0.0.2", 8)
	eventually(t, "five of eight are hung up on", func() bool { return away.Load() == 5 && len(taken) == 3 })
	come("127.0.0.3", 1)
	come("127.0.0.9", 8) // a proxy
	eventually(t, "others come in", func() bool { return away.Load() == 5 && len(taken) == 12 })
	first := <-taken
	first.Close()
	first.Close() // twice gives back one place
	come("127.0.0.2", 2)
	eventually(t, "one left, so one more comes in", func() bool { return away.Load() == 6 && len(taken) == 12 })
	for len(taken) > 0 {
		(<-taken).Close()
	}
	if len(l.places.held) != 0 {
		t.Errorf("all left, and %v are remembered", l.places.held)
	}
}
