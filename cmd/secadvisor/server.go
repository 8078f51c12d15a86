package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/front"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/cmd/secadvisor/metrics"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
	"secadvisor/storage"
)

// server is everything that "secadvisor serve" runs.
type server struct {
	config config.Config
	log    *slog.Logger
	lib    *content.Library
	store  storage.Store
	engine *engine.Engine
	slack  *slack.Platform // nil: not served
	teams  *teams.Platform // nil: not served
	listen *front.Server

	ready   readiness
	metrics *metrics.Metrics
	erased  chan struct{} // a company was, so old bytes may be on the disk

	companies sync.Map // that were met without authentication, by id

	out   io.Writer // for what only the operator may see: the claim code
	claim bool      // print one even if somebody is an owner
}

// workers is how many queued items one process works on at once: most wait
// for Slack to answer.
const workers = 32

// newServer opens the store and the port, and connects the parts. Nothing
// is served before run.
func newServer(ctx context.Context, c config.Config, clock *engine.Clock, log *slog.Logger) (*server, error) {
	lib, matcher, err := knowledge.Load(c.Settings())
	if err != nil {
		return nil, err
	}
	s := &server{config: c, log: log, lib: lib, out: io.Discard, metrics: metrics.New(), erased: make(chan struct{}, 1)}
	if err := s.platforms(); err != nil {
		return nil, err
	}
	if err := s.open(ctx, clock); err != nil {
		return nil, err
	}
	matcher.Watch = s.metrics.Found
	if err := s.connect(matcher, clock); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	return s, nil
}

// platforms makes those that the configuration asks for. Nothing is said to
// them yet.
func (s *server) platforms() (err error) {
	c := s.config
	if c.SlackOn() {
		if s.slack, err = slack.New(c.Slack, c.Command, s, s.log); err != nil {
			return fmt.Errorf("%w\n\"secadvisor setup\" asks for each value, tries it at once and writes it down", err)
		}
	}
	if c.Teams.NoAuth {
		if host, _, err := net.SplitHostPort(c.Listen); err != nil || !net.ParseIP(host).IsLoopback() {
			return errors.New("listen: without authentication the address must be of this machine alone, such as 127.0.0.1:3978")
		}
	}
	if c.Teams.On() {
		if s.teams, err = teams.New(c.Teams, s, s.log); err != nil {
			return err
		}
	}
	return nil
}

// open opens the store, with the keys that everything is sealed under.
func (s *server) open(ctx context.Context, clock *engine.Clock) error {
	uncleared := clearFile(s.config, s.log)
	store, err := stores.Open(ctx, s.config, clock.Offset, s.log)
	if err != nil {
		return err
	}
	if uncleared != nil {
		s.log.Warn("old bytes of what was erased may be left in the file", "err", uncleared)
	}
	if err := keys.MayServe(ctx, store, s.config.Keys, s.log); err != nil {
		return errors.Join(err, store.Close())
	}
	s.metrics.Waiting(store)
	s.store = s.metrics.Timed(store)
	return nil
}

// connect puts the engine between platforms, flows and store, and opens the
// port.
func (s *server) connect(matcher *match.Matcher, clock *engine.Clock) (err error) {
	if err := s.host(clock); err != nil {
		return err
	}
	s.engine, err = engine.New(engine.Config{
		Store:    s.store,
		Flows:    flows.All(s.lib, matcher, s.owners),
		Platform: s.platform,
		Command:  s.config.Command,
		Roles:    s.role,
		Now:      clock.Now,
		Log:      s.log,
		Watch:    s.metrics,
		Workers:  workers,
		Chores:   s.chores(),
	})
	if err != nil {
		return err
	}
	s.listen, err = front.Listen(s.config.Listen, s.config.HTTP, s.config.TLS, s.routes(), s.metrics.TurnedAway, s.log)
	return err
}

// routes are the addresses that are answered, each by whom it belongs to.
func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", s.readyz)
	if s.slack != nil {
		s.slack.Routes(mux)
	}
	if s.teams != nil {
		s.teams.Routes(mux)
	}
	return mux
}

// Handle gives an event to the engine.
func (s *server) Handle(ctx context.Context, e bot.Event) (bot.Reply, error) {
	s.met(ctx, e.Tenant)
	if e.From.Zone == "" {
		e.From.Zone = s.config.Zone
	}
	return s.engine.Handle(ctx, e)
}

// File makes a file once more, for a link to it.
func (s *server) File(ctx context.Context, tenant, flow string, name bot.Action) (bot.File, error) {
	return s.engine.File(ctx, tenant, flow, name)
}

// owners are the people whom the configuration makes owners.
func (s *server) owners(tenant string) []string {
	switch {
	case strings.HasPrefix(tenant, "slack."):
		return s.config.Slack.Owners
	case s.teams != nil:
		return s.teams.Owners(tenant)
	}
	return nil
}

func (s *server) role(tenant, person string) bot.Role {
	if slices.Contains(s.owners(tenant), person) {
		return bot.Owner
	}
	return bot.Staff
}

func (s *server) platform(tenant string) (bot.Platform, bool) {
	if s.teams != nil && s.teams.Serves(tenant) {
		return s.teams, true
	}
	return s.slack, s.slack != nil && strings.HasPrefix(tenant, "slack.")
}
