package front

import (
	"net/http"
	"net/netip"
	"testing"
)

// Whatever stands in the header, a stranger is who they are, and what a proxy
// hands on is an address.
func FuzzSender(f *testing.F) {
	f.Add("203.0.113.9:5", "198.51.100.7, 10.0.0.2")
	f.Add("10.0.0.1:5", "[2001:db8::1%eth0]:7,,")
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	f.Fuzz(func(t *testing.T, from, forwarded string) {
		r := &http.Request{RemoteAddr: from, Header: http.Header{"X-Forwarded-For": {forwarded}}}
		got := sender(r, proxies)
		visitor(got)
		if at := peer(from); !among(at, proxies) && got != at {
			t.Errorf("%s, no proxy, is taken for %s by %q", from, got, forwarded)
		}
	})
}
