package front

import (
	"net"
	"net/netip"
)

// shared is a listener that lets one sender hold so many connections and no
// more: what comes beyond is hung up on. Exempt are addresses that many come
// through.
type shared struct {
	net.Listener
	places *places
	exempt []netip.Prefix
	watch  Watch
}

// thisMachine is where a proxy on this machine comes from.
var thisMachine = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func share(l net.Listener, most int, exempt []netip.Prefix, watch Watch) *shared {
	return &shared{Listener: l, places: newPlaces(most), exempt: exempt, watch: watch}
}

func (l *shared) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := peer(conn.RemoteAddr().String())
		if among(from, l.exempt) {
			return conn, nil
		}
		if leave, ok := l.places.take(from); ok {
			return &counted{Conn: conn, leave: leave}, nil
		}
		conn.Close()
		l.watch("connection")
	}
}

// counted is a connection that gives its place back when it is closed.
type counted struct {
	net.Conn
	leave func()
}

func (c *counted) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
