package trial

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play/web"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows/content"
)

// web serves the playground to browsers on this machine until ctx ends. Open
// is told its address.
func (c Command) web(ctx context.Context, out io.Writer, open func(address string)) error {
	listener, err := listenHere(cmp.Or(c.Listen, "127.0.0.1:0"))
	if err != nil {
		return err
	}
	defer listener.Close()
	site, err := c.site(listener.Addr().String())
	if err != nil {
		return err
	}
	address := "http://" + site.Address + "/"
	if site.Key != "" {
		address += "?" + url.Values{"key": {site.Key}}.Encode()
	}
	fmt.Fprintf(out, "The playground is at %s\nIt answers this machine alone. Ctrl+C ends it.\n", address)
	open(address)
	return serveSite(ctx, listener, site)
}

// site makes the pages. A company that is kept is shared by every browser that
// has the key; else each has its own.
func (c Command) site(address string) (*web.Site, error) {
	lib, matcher, err := knowledge.Load(content.Settings{Command: c.Command, Country: c.Country, Folder: c.Content})
	if err != nil {
		return nil, err
	}
	all := allFlows(lib, matcher)
	config := web.Config{
		Command: c.Command,
		Address: address,
		Log:     slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Open: func(p bot.Platform) (web.Backstage, error) {
			s, err := c.stage(all, p, &engine.Clock{})
			if err != nil {
				return web.Backstage{}, err
			}
			return s.backstage(lib)
		},
	}
	if c.Demo {
		config.Fill = demo
	}
	if c.Data != "" {
		config.Key = rand.Text()
	}
	return web.New(config)
}

// backstage is the stage as the page needs it.
func (s *stage) backstage(lib *content.Library) (web.Backstage, error) {
	known, _, err := s.store.Tenants(context.Background(), "", 1)
	if err != nil {
		return web.Backstage{}, errors.Join(err, s.Close())
	}
	return web.Backstage{
		Engine:  s.engine,
		Clock:   s.clock,
		Waiting: func(ctx context.Context) ([]web.Due, error) { return s.waiting(ctx, lib) },
		Close:   s.Close,
		Fresh:   len(known) == 0,
	}, nil
}

// serveSite answers until ctx ends.
func serveSite(ctx context.Context, listener net.Listener, site *web.Site) error {
	requests, end := context.WithCancel(context.Background())
	defer end()
	server := &http.Server{
		Handler:           site,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return requests },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	ran := make(chan error, 1)
	go func() { ran <- site.Run(ctx) }()
	select {
	case err := <-failed:
		return fmt.Errorf("the playground: %w", err)
	case <-ctx.Done():
	}
	end() // pages that wait for changes would wait on
	stop, cancel := context.WithTimeout(context.Background(), endWithin)
	defer cancel()
	err := server.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close() // a browser holds connections on which it asked nothing
	}
	return errors.Join(err, <-ran)
}

// endWithin is how long what is being answered may take once the program ends.
const endWithin = time.Second

// listenHere listens on this machine alone.
func listenHere(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("--listen needs an address with a port, such as 127.0.0.1:8080, and not %q", address)
	}
	ip := net.ParseIP(host)
	if host == "localhost" {
		ip = net.IPv4(127, 0, 0, 1)
	}
	if ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("--listen %s would let other machines in, and everybody there could be everybody: it takes 127.0.0.1, [::1] or localhost only", address)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(ip.String(), port))
	if err != nil {
		return nil, fmt.Errorf("--listen %s can't be used, choose another port or leave --listen out: %w", address, err)
	}
	return listener, nil
}
