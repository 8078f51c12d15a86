package front

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// visitor is who counts as one sender: an address, or the network of an IPv6
// address, of which one sender has 2^64.
func visitor(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, _ := a.Prefix(bits) // fails for an address that is none: then it is the zero Prefix
	return p
}

// site is the network that a provider hands to one customer at most without
// asking why: it has 65,536 visitors. IPv4 has none. Nothing larger is counted: a
// /32 is all customers of a provider, who must not wait for each other, and whoever
// has one to themselves meets the limits for all.
// https://www.rfc-editor.org/rfc/rfc6177
func site(a netip.Addr) (p netip.Prefix, ok bool) {
	if a = a.Unmap().WithZone(""); !a.Is6() {
		return p, false
	}
	p, err := a.Prefix(48)
	return p, err == nil
}

// ofASite is how many times what one visitor may, those of one site may
// together.
const ofASite = 4

// holder is who has what an address takes, and how many times as much as a
// visitor it may have.
type holder struct {
	netip.Prefix
	times int
}

// holders are the larger first.
func holders(a netip.Addr) []holder {
	own := holder{visitor(a), 1}
	if s, ok := site(a); ok {
		return []holder{{s, ofASite}, own}
	}
	return []holder{own}
}

// mayBeProxy reports whether an address may be that of a proxy that nobody told
// us of: what one behind it does must not be taken for what all do.
func mayBeProxy(a netip.Addr) bool {
	return a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast()
}

// peer is the address at the other end of a connection.
func peer(address string) netip.Addr {
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	a, _ := netip.ParseAddr(strings.Trim(address, "[]"))
	return a.Unmap()
}

func among(a netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// sender is who sent a request: the other end of the connection, unless that
// is a proxy of ours. Then it is the last address in X-Forwarded-For that no
// proxy of ours has: what stands before it, anybody can write.
func sender(r *http.Request, proxies []netip.Prefix) netip.Addr {
	at := peer(r.RemoteAddr)
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(said) - 1; i >= 0 && among(at, proxies); i-- {
		next := peer(strings.TrimSpace(said[i]))
		if !next.IsValid() {
			break
		}
		at = next
	}
	return at
}
