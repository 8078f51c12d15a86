// Package front is the door that the internet knocks at: an HTTP server that
// bounds what any visitor can hold, drops those who are slow, and slows those
// who keep sending what nobody signed.
package front

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/netutil"
)

// Config says how many may come in. The zero value has the defaults.
type Config struct {
	Connections int      `yaml:"connections" env:"CONNECTIONS"` // at once, in all
	PerAddress  int      `yaml:"per_address" env:"PER_ADDRESS"` // at once, from one address
	Proxies     []string `yaml:"proxies" env:"PROXIES"`         // addresses and networks whose X-Forwarded-For is believed
}

// TLS names the files of a certificate, for where no proxy stands in front.
type TLS struct {
	Cert string `yaml:"cert" env:"CERT"` // PEM, with the whole chain
	Key  string `yaml:"key" env:"KEY"`
}

// On reports whether the server speaks TLS itself.
func (t TLS) On() bool { return t.Cert != "" }

const (
	defaultConnections = 1000
	defaultPerAddress  = 50

	maxHeader = 32 << 10 // bytes; a token of Teams has 2 KB
)

// patience is how long a visitor may take: whoever is not done is dropped.
type patience struct {
	header time.Duration
	body   time.Duration // the header included
	answer time.Duration // to be read by them, from the end of the header
	idle   time.Duration // between two requests
	large  time.Duration // a body that has grown large, from there on
}

// Platforms send a few KB in one go, and give up after 3 s (Slack) or 15 s
// (Teams).
var usual = patience{header: 5 * time.Second, body: 10 * time.Second, answer: 10 * time.Second, idle: time.Minute, large: largeWithin}

// Watch is told of what is turned away: a "connection" too many, a
// "signature" that fails, and what is "slowed" for it.
type Watch func(what string)

// Server answers one address.
type Server struct {
	http      *http.Server
	listener  net.Listener
	encrypted bool
}

// Listen opens the port; nothing is answered before Serve.
func Listen(address string, c Config, t TLS, handler http.Handler, watch Watch, log *slog.Logger) (*Server, error) {
	return listen(address, c, t, handler, watch, log, usual)
}

func listen(address string, c Config, t TLS, handler http.Handler, watch Watch, log *slog.Logger, within patience) (*Server, error) {
	proxies, err := c.networks()
	if err != nil {
		return nil, err
	}
	plain, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, Mend("listen", err))
	}
	s := &Server{encrypted: t.On()}
	s.listener = netutil.LimitListener(plain, atLeast(c.Connections, defaultConnections))
	s.listener = share(s.listener, atLeast(c.PerAddress, defaultPerAddress), slices.Concat(proxies, thisMachine), watch)
	s.http = &http.Server{
		Handler:           newSlowed(proxies, watch).guard(fewLarge(proxies, within.large, handler)),
		ReadHeaderTimeout: within.header,
		ReadTimeout:       within.body,
		WriteTimeout:      within.answer,
		IdleTimeout:       within.idle,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // of visitors who hang up: theirs, and many
		Protocols:         new(http.Protocols),
	}
	s.http.Protocols.SetHTTP1(true) // a request a connection: what bounds one bounds the other
	if t.On() {
		renewed, err := newCertificate(t, log)
		if err != nil {
			plain.Close()
			return nil, fmt.Errorf("%w\n%s", err, MendCertificate)
		}
		s.http.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: renewed.get}
	}
	return s, nil
}

// Serve answers until Shutdown, and then returns http.ErrServerClosed.
func (s *Server) Serve() error {
	if s.encrypted {
		return s.http.ServeTLS(s.listener, "", "")
	}
	return s.http.Serve(s.listener)
}

// Shutdown takes nothing more, and waits until what was taken is answered.
func (s *Server) Shutdown(ctx context.Context) error { return s.http.Shutdown(ctx) }

// Close hangs up on everybody.
func (s *Server) Close() error { return errors.Join(s.http.Close(), s.listener.Close()) }

// Addr is where it listens.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Check names the first value that cannot work, by its key below "http", and
// what can.
func (c Config) Check() (key, want string) {
	switch _, err := c.networks(); {
	case c.Connections < 0:
		return "connections", fmt.Sprintf("a number above 0, or nothing for %d", defaultConnections)
	case c.PerAddress < 0:
		return "per_address", fmt.Sprintf("a number above 0, or nothing for %d", defaultPerAddress)
	case err != nil:
		return "proxies", "addresses or networks of your proxies, such as [10.0.0.7, 10.1.0.0/16]"
	}
	return "", ""
}

func (c Config) networks() (all []netip.Prefix, err error) {
	for _, text := range c.Proxies {
		network, err := netip.ParsePrefix(text)
		if at := network.Addr(); err == nil && at.Is4In6() && network.Bits() >= 96 {
			network = netip.PrefixFrom(at.Unmap(), network.Bits()-96)
		}
		if !strings.Contains(text, "/") {
			var one netip.Addr
			if one, err = netip.ParseAddr(text); err == nil {
				network = netip.PrefixFrom(one.Unmap(), one.Unmap().BitLen())
			}
		}
		if err != nil {
			return nil, fmt.Errorf("http.proxies: %w", err)
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

func atLeast(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}
