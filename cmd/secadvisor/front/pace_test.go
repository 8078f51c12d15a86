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
