package front

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A flood of what nobody signed is answered slowly, and after its first
// seconds hardly read at all. What is signed is answered at once meanwhile,
// wherever it comes from.
func TestJunkSlowsItsSenderAlone(t *testing.T) {
	const junk, slack, crowd = "203.0.113.9", "198.51.100.7", "10.0.0.4"
	var verified, slowed atomic.Int64
	s := opened(t, behindProxy, TLS{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Signed") == "" {
			if r.Header.Get("X-Forwarded-For") == junk {
				verified.Add(1)
			}
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		reads(w, r)
	}, func(what string) {
		if what == "slowed" {
			slowed.Add(1)
		}
	}, usual)
	send := func(from, signed string) (status int, took time.Duration) {
		r, err := http.NewRequest(http.MethodPost, "http://"+s.Addr().String(), strings.NewReader("{}"))
		if err != nil {
			t.Error(err)
			return 0, 0
		}
		r.Header.Set("X-Forwarded-For", from)
		if signed != "" {
			r.Header.Set("Signed", signed)
		}
		begun := time.Now()
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return 0, time.Since(begun)
		}
		response.Body.Close()
		return response.StatusCode, time.Since(begun)
	}

	var flood sync.WaitGroup
	stop := make(chan struct{})
	defer func() { close(stop); flood.Wait() }()
	for i := range 60 {
		from := []string{junk, crowd}[i%2]
		flood.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					send(from, "")
				}
			}
		})
	}
	eventually(t, "it is slowed, five times as often as it is looked at", func() bool {
		return slowed.Load() > 300 && slowed.Load() > 5*verified.Load()
	})
	for i := range 30 {
		from := []string{slack, crowd}[i%2] // somebody else, and many behind a proxy that nobody named
		if status, took := send(from, "yes"); status != http.StatusOK || took > slowest {
			t.Errorf("a signed request of %s is answered %d after %v", from, status, took)
		}
	}
	if status, _ := send(junk, ""); status != http.StatusTooManyRequests {
		t.Errorf("junk is answered %d", status)
	}
}

func TestAFewFailuresAreRefusedAtOnce(t *testing.T) {
	now := time.Now()
	s := newSlowed(nil, func(string) {})
	s.now = func() time.Time { return now }
	who := netip.MustParseAddr("203.0.113.9")
	for i := range failures {
		if wait, _ := s.fail(who); wait != 0 {
			t.Errorf("failure %d is held back for %v", i, wait)
		}
	}
	var releases []func()
	for range heldPerAddress {
		wait, release := s.fail(who)
		if wait == 0 || release == nil {
			t.Fatalf("held back for %v", wait)
		}
		releases = append(releases, release)
	}
	if wait, release := s.fail(who); wait == 0 || release != nil {
		t.Error("more than may be are held back")
	}
	if !s.shuts(netip.MustParseAddr("203.0.113.9")) || s.shuts(netip.MustParseAddr("203.0.113.10")) {
		t.Error("the address that fails, and no other, is not read")
	}
	for _, release := range releases {
		release()
	}
	if s.shuts(netip.MustParseAddr("203.0.113.9")) || s.held != 0 {
		t.Error("it is still shut out")
	}
	now = now.Add(2 * time.Second)
	if wait, _ := s.fail(who); wait != 0 {
		t.Error("after two seconds it may fail once more")
	}
}

func TestOnlySoManyAddressesAreRemembered(t *testing.T) {
	s := newSlowed(nil, func(string) {})
	first := netip.MustParseAddr("203.0.113.9")
	for range failures + 1 {
		s.fail(first)
	}
	for i := range 5 * remembered {
		s.fail(netip.AddrFrom4([4]byte{100, byte(i >> 16), byte(i >> 8), byte(i)}))
		if i%remembered == remembered/2 { // it goes on
			if wait, _ := s.fail(first); wait == 0 {
				t.Fatalf("after %d others it is forgotten", i)
			}
		}
	}
	if n := len(s.known.recent) + len(s.known.before); n > 2*remembered {
		t.Errorf("%d are remembered", n)
	}
}

func TestTheSenderBehindAProxyIsWhomTheProxySaw(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"203.0.113.9:5", "", "203.0.113.9/32"},
		{"203.0.113.9:5", "198.51.100.7", "203.0.113.9/32"}, // no proxy of ours: anybody can write that
		{"10.0.0.1:5", "198.51.100.7", "198.51.100.7/32"},
		{"10.0.0.1:5", "8.8.8.8, 198.51.100.7", "198.51.100.7/32"}, // the visitor wrote the first
		{"10.0.0.1:5", "198.51.100.7, 10.0.0.2", "198.51.100.7/32"},
		{"10.0.0.1:5", "198.51.100.7,junk", "10.0.0.1/32"},
		{"10.0.0.1:5", "", "10.0.0.1/32"},
		{"[::1]:5", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:9::9]:5", "", "2001:db8:1:2::/64"}, // who has one address of a network has all
		{"[::ffff:203.0.113.9]:5", "", "203.0.113.9/32"},
		{"[::ffff:10.0.0.1]:5", "::ffff:198.51.100.7", "198.51.100.7/32"},
		{"10.0.0.1:5", "[2001:db8:1:2::9]", "2001:db8:1:2::/64"},
		{"10.0.0.1:5", "198.51.100.7:4711", "198.51.100.7/32"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := visitor(sender(r, proxies)).String(); got != c.want {
			t.Errorf("%s saying %q is %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
