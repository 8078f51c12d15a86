package front

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// grows sends the beginning of a body that does not end.
func grows(t *testing.T, s *Server, from string, bytes int) net.Conn {
	t.Helper()
	return knock(t, s, fmt.Sprintf("POST / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", from, 1<<20, strings.Repeat("x", bytes)))
}

// post sends a body of unknown length, and returns the status of the answer.
func post(t *testing.T, s *Server, from string, bytes int) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, "http://"+s.Addr().String(), io.MultiReader(strings.NewReader(strings.Repeat("x", bytes))))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", from)
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return 0 // it is hung up on while it sends
	}
	response.Body.Close()
	return response.StatusCode
}

// isRefused waits until no large body of a sender is taken any more.
func isRefused(t *testing.T, s *Server, from string) {
	t.Helper()
	eventually(t, "one large body too many is refused", func() bool {
		return post(t, s, from, large+1) == http.StatusServiceUnavailable
	})
}

var patient = patience{header: time.Minute, body: time.Minute, answer: time.Minute, idle: time.Minute, large: time.Minute}

func TestOneSenderKeepsNobodyFromSendingWhatIsLarge(t *testing.T) {
	s := opened(t, behindProxy, TLS{}, reads, nil, patient)
	for range largePerSender {
		grows(t, s, "203.0.113.9", large+1)
	}
	isRefused(t, s, "203.0.113.9")
	if got := post(t, s, "203.0.113.9", large); got != http.StatusOK {
		t.Errorf("a small one of the same sender is answered %d", got)
	}
	if got := post(t, s, "198.51.100.7", large+1); got != http.StatusOK {
		t.Errorf("a large one of somebody else is answered %d", got)
	}
	for i := range ofASite {
		for range largePerSender {
			grows(t, s, fmt.Sprintf("2001:db8:1:%d::1", i), large+1)
		}
	}
	isRefused(t, s, "2001:db8:1:ffff::1") // of the same site
	if got := post(t, s, "2001:db8:2::1", large+1); got != http.StatusOK {
		t.Errorf("a large one of another site is answered %d", got)
	}
}

// All places together are few, for they are memory.
func TestOnlySoManyLargeBodiesAtOnce(t *testing.T) {
	s := opened(t, Config{Proxies: []string{"127.0.0.1"}}, TLS{}, reads, nil, patient)
	for i := range mostLarge {
		grows(t, s, fmt.Sprintf("203.0.113.%d", i), large+1)
	}
	isRefused(t, s, "198.51.100.7")
	if got := post(t, s, "198.51.100.7", 1000); got != http.StatusOK {
		t.Errorf("a small one is answered %d", got)
	}
}

// What has sent little takes no place, however much it said that it has.
func TestWhoSendsLittleKeepsNobodyOut(t *testing.T) {
	s := opened(t, behindProxy, TLS{}, reads, nil, patient)
	for i := range 2 * mostLarge {
		grows(t, s, fmt.Sprintf("203.0.113.%d", i), large/2)
		knock(t, s, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx")
	}
	if got := post(t, s, "198.51.100.7", large+1); got != http.StatusOK {
		t.Errorf("a large one is answered %d", got)
	}
}

// A proxy that nobody told us of is one sender for many: what it passes on may
// take all places, but none for long.
func TestWhatIsLargeAndSlowIsDropped(t *testing.T) {
	within := patient
	within.large = 400 * time.Millisecond
	s := opened(t, Config{}, TLS{}, reads, nil, within)
	var slow []net.Conn
	for range mostLarge {
		slow = append(slow, grows(t, s, "203.0.113.9", large+1))
	}
	for _, conn := range slow[:3] {
		if err := drip(conn); err != nil {
			t.Error(err)
		}
	}
	eventually(t, "their places are free", func() bool { return post(t, s, "198.51.100.7", large+1) == http.StatusOK })
}

// The time to send is not the time to answer.
func TestALargeRequestMayTakeAWhileToAnswer(t *testing.T) {
	within := patient
	within.large = 50 * time.Millisecond
	s := opened(t, Config{}, TLS{}, func(w http.ResponseWriter, r *http.Request) {
		reads(w, r)
		select {
		case <-r.Context().Done():
			t.Error("whoever answers is stopped")
		case <-time.After(6 * within.large):
		}
	}, nil, within)
	for _, size := range []int{large + 1, 4 * large} {
		response, err := http.Post("http://"+s.Addr().String(), "text/plain", strings.NewReader(strings.Repeat("x", size)))
		if err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("%d bytes are answered %v, %v", size, response, err)
		}
	}
}
