// Package fakeslack is a server that speaks like Slack, with a small made-up
// workspace inside, and with people in it who type commands and press buttons.
// A bot is pointed at it by its api_url; the test then acts as a person and
// reads what that person would see.
//
// A scene:
//
//	slack := fakeslack.Start(t)
//	slack.Connect("http://127.0.0.1:8080") // or let the bot open a socket
//	slack.Command(fakeslack.Owner, "", "/sec", "assess")
//	card := slack.DM(fakeslack.Owner)[0]
//	slack.Press(fakeslack.Owner, card, "Start")
//	slack.FailRate(0.01)
//
// What Slack refuses is refused here, with Slack's names of errors.
//
// # A tour
//
// Each name below is a file.
//
//   - Starting one, or several behind one address: fakeslack, options, hub.
//   - What a bot calls: api takes every call (args, with tokens) and hands it to
//     chat, conversations, users, views or files (view is one form); response
//     takes what comes to a response_url. calls remembers all of it. oauth is the
//     page that installs a bot, grant its tokens.
//   - What Slack refuses: block is what a bot may send, check and check_element
//     say what is wrong with it, limits how much is too much; bucket is a rate.
//   - The workspace: workspace, message, ids.
//   - What a person does: person, form, control and choose; typed is what Slack
//     makes of a text. deliver sends it to the bot as a payload, by http or by
//     socket (socket_people ends one).
//   - What a person sees: screen, shown.
//   - What goes wrong: faults.
package fakeslack

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// The installed app, as a bot is configured with it.
const (
	Team          = "T0FAKE"
	App           = "A0FAKE"
	Bot           = "U0BOT" // the bot's user
	BotID         = "B0BOT"
	BotToken      = "xoxb-fakeslack"
	AppToken      = "xapp-fakeslack"
	SigningSecret = "fakeslack-signing-secret"
	ClientID      = "1234567890.9876543210"
	ClientSecret  = "fakeslack-client-secret"
)

// Server is one fake Slack. All methods may be called at the same time.
type Server struct {
	URL string // such as "http://127.0.0.1:40001"; set when it listens

	set     settings
	web     *http.Server
	client  *http.Client
	methods map[string]method
	faults  faults
	calls   calls
	targets targets
	sockets *sockets
	hub     *Hub            // that the workspace is one of several in; nil: it stands alone
	ctx     context.Context // ends when the server is closed
	stop    context.CancelFunc
	running sync.WaitGroup

	mu        sync.Mutex         // guards what follows
	revoked   string             // the error that the bot's tokens get, if any
	issued    map[string]*issued // the bot's tokens
	lastMicro int64
	serial    int64
	users     map[string]*User
	channels  map[string]*Channel
	rooms     map[string]*room // messages by channel
	private   []*Message       // that one person sees, in order
	views     []*View
	homes     map[string]*View
	triggers  map[string]*trigger
	responses map[string]*response
	files     map[string]*File
	dropped   int
}

// Start runs a server until the test ends.
func Start(t testing.TB, options ...Option) *Server {
	t.Helper()
	s := New(append(options, func(set *settings) { set.test = t })...)
	if err := s.Serve("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// New makes a server with the people and channels of workspace.go.
func New(options ...Option) *Server {
	s := &Server{
		set:     defaults(),
		methods: map[string]method{},
		users:   map[string]*User{}, channels: map[string]*Channel{}, rooms: map[string]*room{},
		homes: map[string]*View{}, triggers: map[string]*trigger{}, responses: map[string]*response{},
		files: map[string]*File{}, sockets: &sockets{}, issued: map[string]*issued{},
	}
	for _, o := range options {
		o(&s.set)
	}
	for _, m := range allMethods() {
		s.methods[m.name] = m
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.client = &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 10 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	s.faults.begin(s.set.seed)
	s.calls.begin(s.set.keepCalls)
	s.sockets.begin()
	if s.set.bot != "" {
		s.issued[s.set.bot] = &issued{}
	}
	s.settle()
	return s
}

// Serve listens on an address of this machine and returns at once.
func (s *Server) Serve(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("fakeslack: listen on %s: %w", addr, err)
	}
	s.URL = "http://" + l.Addr().String()
	s.web = &http.Server{Handler: s.routes(), ReadHeaderTimeout: 10 * time.Second}
	s.running.Go(func() { s.web.Serve(l) })
	return nil
}

// routes are the addresses of a workspace.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("POST /commands/{team}/{app}/{secret}", s.serveResponse)
	mux.HandleFunc("POST /actions/{team}/{app}/{secret}", s.serveResponse)
	mux.HandleFunc("POST /upload/{id}", s.serveUpload)
	mux.HandleFunc("/link/", s.serveSocket)
	return mux
}

// APIURL is what slack-go calls OptionAPIURL and Bolt slackApiUrl; it ends
// in a slash.
func (s *Server) APIURL() string { return s.URL + "/api/" }

// Close ends everything that the server began.
func (s *Server) Close() {
	s.stop()
	if s.web != nil {
		s.web.Close()
	}
	s.sockets.closeAll()
	s.running.Wait()
	s.client.CloseIdleConnections()
}
