// Package web is the playground in a browser: the company of bot/play drawn as
// a page, where a visitor becomes one person after another, moves time and sees
// what the advisor says to whom. It needs no account, listens to this machine
// alone, and asks nothing of any other.
//
// # A tour
//
// web is the site, and each browser in it has a company. Each name below is a
// file.
//
//   - A request: guard lets only this machine's own pages in; sessions knows
//     the browser; deeds are what a visitor does: events takes it to the
//     engine, form fills in one.
//   - The company, which is the engine's platform: company, its rooms, its
//     messages; deliver takes what the engine posts.
//   - The page: page draws what sheet gathers; draw and fields are what its
//     templates ask for, stage shows what happens behind, tour is the three
//     hints at first. live tells an open page what is new; static and file hand
//     over the rest.
//   - A company in which much has happened is played by story.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"secadvisor/bot"
)

// Config is what a site needs.
type Config struct {
	Command string                                // "/sec"
	Open    func(bot.Platform) (Backstage, error) // what a new company runs on
	Fill    func(context.Context, *Company) error // lets things happen in a new company; nil: it begins empty
	Key     string                                // of the one company that is kept; empty: each browser has its own
	Address string                                // where the site listens: "127.0.0.1:8080"
	Log     *slog.Logger
}

// Site is the pages, the companies behind them, and the browsers that are here.
type Site struct {
	Config
	handler  http.Handler
	sessions sessions
}

// New makes a site; Run keeps its time.
func New(c Config) (*Site, error) {
	s := &Site{Config: c}
	s.sessions.init(s)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /parts", s.parts)
	mux.HandleFunc("GET /live", s.live)
	mux.HandleFunc("GET /file/{message}/{name}", s.file)
	mux.HandleFunc("GET /static/{name}", static)
	for path, do := range map[string]deed{
		"/say": say, "/press": press, "/fill": fill, "/cancel": cancel,
		"/clock": clock, "/break": breaks, "/tour": tour,
	} {
		mux.HandleFunc("POST "+path, s.deed(do))
	}
	s.handler = s.guard(mux)
	if c.Key == "" {
		return s, nil
	}
	return s, s.sessions.openKept()
}

// ServeHTTP answers a request of a browser on this machine.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// beat is how often what has become due is looked for.
const beat = time.Second

// Run does what becomes due by itself, until ctx ends. Then it closes the
// companies.
func (s *Site) Run(ctx context.Context) error {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return s.sessions.close()
		case <-tick.C:
		}
		for _, c := range s.sessions.all() {
			if err := c.tick(ctx); err != nil && !errors.Is(err, context.Canceled) {
				s.Log.Error("what was due was not done", "err", err)
			}
		}
		s.sessions.forget(time.Now())
	}
}
