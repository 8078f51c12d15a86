package fakeslack

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Hub is a Slack with several workspaces, into each of which people may
// install the same app. A bot is pointed at it by its api_url.
//
//	hub := fakeslack.StartHub(t)
//	alpha := hub.Workspace("T0ALPHA", "Alpha Ltd")
//	back, err := hub.Allow(address that the bot sent the browser to, "T0ALPHA", fakeslack.Owner)
//	alpha.Command(fakeslack.Owner, "", "/sec", "claim CODE")
type Hub struct {
	URL string

	options []Option
	home    *Server // the workspace of whoever made the app: it is never installed there
	web     *http.Server
	serving sync.WaitGroup

	joined atomic.Uint64 // workspaces, each with faults of its own

	mu       sync.Mutex // guards what follows
	spaces   map[string]*Server
	bots     []string // where they listen
	life     time.Duration
	lenient  bool
	codes    map[string]*code
	renewals map[string]*renewal
	change   []func(answer map[string]any)
	renewed  int
}

// rotation is how long a token lives
// (docs.slack.dev/authentication/using-token-rotation).
const rotation = 12 * time.Hour

// StartHub runs a hub until the test ends. The options are those of each
// workspace.
func StartHub(t testing.TB, options ...Option) *Hub {
	t.Helper()
	h := &Hub{
		options: append(options, func(set *settings) { set.test, set.bot = t, "" }),
		spaces:  map[string]*Server{}, codes: map[string]*code{}, renewals: map[string]*renewal{}, life: rotation,
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.URL = "http://" + l.Addr().String()
	h.home = h.Workspace("T0HOME", "Whoever made the app")
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", h.serveAPI)
	mux.HandleFunc("/w/{team}/", h.serveWorkspace)
	mux.HandleFunc("GET /oauth/v2/authorize", h.servePage)
	mux.HandleFunc("GET /oauth/v2/decide", h.serveDecision)
	h.web = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	h.serving.Go(func() { h.web.Serve(l) })
	t.Cleanup(h.close)
	return h
}

func (h *Hub) close() {
	h.web.Close()
	for _, s := range h.workspaces() {
		s.Close()
	}
	h.serving.Wait()
}

// Workspace adds a workspace, with the people and channels of workspace.go;
// they have the same ids in each. The bot is not installed there yet.
func (h *Hub) Workspace(team, name string) *Server {
	s := New(append(h.options, func(set *settings) { set.team, set.name, set.seed = team, name, set.seed+h.joined.Add(1) })...)
	s.URL, s.hub = h.URL+"/w/"+team, h
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.home != nil {
		s.sockets = h.home.sockets
	}
	s.Connect(h.bots...)
	h.spaces[team] = s
	return s
}

// Connect is Server.Connect for all workspaces, later ones too.
func (h *Hub) Connect(bases ...string) {
	h.mu.Lock()
	h.bots = bases
	h.mu.Unlock()
	for _, s := range h.workspaces() {
		s.Connect(bases...)
	}
}

// APIURL is what a bot is configured with.
func (h *Hub) APIURL() string { return h.URL + "/api/" }

// Fail is Server.Fail for methods that belong to no workspace, such as
// oauth.v2.access.
func (h *Hub) Fail(method string, fault Fault, n int) { h.home.Fail(method, fault, n) }

// Count is Server.Count for such methods.
func (h *Hub) Count(method string) int { return h.home.Count(method) }

func (h *Hub) workspaces() (all []*Server) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.spaces {
		all = append(all, s)
	}
	return all
}

// serveAPI finds the workspace by the token, as Slack does.
func (h *Hub) serveAPI(w http.ResponseWriter, r *http.Request) {
	as, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	for _, s := range h.workspaces() {
		if s.knows(as) {
			s.serveAPI(w, r)
			return
		}
	}
	h.home.serveAPI(w, r)
}

func (h *Hub) serveWorkspace(w http.ResponseWriter, r *http.Request) {
	team := r.PathValue("team")
	h.mu.Lock()
	s := h.spaces[team]
	h.mu.Unlock()
	if s == nil {
		http.NotFound(w, r)
		return
	}
	http.StripPrefix(fmt.Sprintf("/w/%s", team), s.routes()).ServeHTTP(w, r)
}
