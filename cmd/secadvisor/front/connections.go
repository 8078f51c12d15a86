package front

import (
	"net"
	"net/netip"
	"sync"
)

// shared is a listener that lets one address hold so many connections and no
// more: what comes beyond is hung up on. Exempt are addresses that many come
// through.
type shared struct {
	net.Listener
	most   int
	exempt []netip.Prefix
	watch  Watch

	mu   sync.Mutex
	open map[netip.Prefix]int // connections; none where nobody is connected
}

// thisMachine is where a proxy on this machine comes from.
var thisMachine = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func share(l net.Listener, most int, exempt []netip.Prefix, watch Watch) *shared {
	return &shared{Listener: l, most: most, exempt: exempt, watch: watch, open: map[netip.Prefix]int{}}
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
		who := visitor(from)
		if l.enter(who) {
			return &counted{Conn: conn, leave: sync.OnceFunc(func() { l.leave(who) })}, nil
		}
		conn.Close()
		l.watch("connection")
	}
}

func (l *shared) enter(who netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[who] >= l.most {
		return false
	}
	l.open[who]++
	return true
}

func (l *shared) leave(who netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[who]--; l.open[who] == 0 {
		delete(l.open, who)
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
