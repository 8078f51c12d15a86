package front

import (
	"fmt"
	"net/http"
	"testing"
)

func TestEachSenderHasAPaceOfTheirOwn(t *testing.T) {
	p, err := Config{Proxies: []string{"10.0.0.1"}}.Pace(0.0001, 3)
	if err != nil {
		t.Fatal(err)
	}
	allowed := func(n int, from, forwarded string) (did int) {
		for i := range n {
			r := &http.Request{RemoteAddr: from, Header: http.Header{}}
			if forwarded != "" {
				r.Header.Set("X-Forwarded-For", fmt.Sprintf(forwarded, i))
			}
			if p.Allow(r) {
				did++
			}
		}
		return did
	}
	for _, c := range []struct {
		from, forwarded string
		want            int
	}{
		{"203.0.113.9:5", "", 3},
		{"203.0.113.9:6", "198.51.100.%d", 0}, // no proxy of ours: what it writes does not count
		{"203.0.113.10:5", "", 3},
		{"10.0.0.1:5", "192.0.2.%d", 100},
		{"10.0.0.1:5", "2001:db8:1:%x::1", ofASite * 3},
		{"10.0.0.1:5", "2001:db8:2:%x::1", ofASite * 3},
		{"10.0.0.2:5", "", 100}, // perhaps a proxy that nobody named
		{"127.0.0.1:5", "", 100},
	} {
		if got := allowed(100, c.from, c.forwarded); got != c.want {
			t.Errorf("%s saying %q may %d times of 100, want %d", c.from, c.forwarded, got, c.want)
		}
	}
}

// Customers of one provider may lie in one site, each with a network of their
// own.
func TestWhoAsksTooOftenTakesNothingFromTheirSite(t *testing.T) {
	p, err := Config{}.Pace(0.0001, 3)
	if err != nil {
		t.Fatal(err)
	}
	did := func(n int, network int) (did int) {
		for range n {
			if p.Allow(&http.Request{RemoteAddr: fmt.Sprintf("[2001:db8:1:%x::1]:5", network)}) {
				did++
			}
		}
		return did
	}
	if got := did(1000, 1); got != 3 {
		t.Errorf("one visitor may %d times, want 3", got)
	}
	for network := 2; network < 2+ofASite-1; network++ {
		if got := did(1, network) + did(9, network); got != 3 {
			t.Errorf("visitor %d of the site may %d times, want 3", network, got)
		}
	}
	if got := did(10, 99); got != 0 {
		t.Errorf("the site may %d times more than its part", got)
	}
}
