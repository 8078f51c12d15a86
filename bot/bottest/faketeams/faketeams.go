// Package faketeams is Microsoft Teams for tests: an identity provider with
// keys and tokens, the Bot Connector, and people who type, press and fill in
// forms.
//
//	fake := faketeams.Start(t)
//	fake.Connect(address of the bot)
//	fake.Say(faketeams.Owner, "who handles printers?")
//	fake.Press(faketeams.Owner, "Printers", "Why IT?")
//	fake.FailAt(faketeams.Post, faketeams.AcceptedBut(500), 1)
//
// What Teams refuses is refused here, with Teams' names of errors.
package faketeams

import (
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// The organisation of the fake, its bot, and another organisation.
const (
	App   = "11111111-1111-1111-1111-111111111111"
	Org   = "22222222-2222-2222-2222-222222222222"
	Other = "33333333-3333-3333-3333-333333333333"
)

// The people, by their ids in Teams.
const (
	Owner    = "29:olga"
	Staff    = "29:sam"
	Guest    = "29:gus"
	Stranger = "29:fred" // of the other organisation
)

// Channels of the organisation.
const (
	General = "19:general@thread.tacv2"
	Mixed   = "19:mixed@thread.tacv2" // with people of the other organisation
)

// Server is the fake. It listens on this machine alone.
type Server struct {
	URL      string // of everything, and the serviceUrl of activities
	t        testing.TB
	identity identity
	faults   faults
	closing  chan struct{}

	mu      sync.Mutex // guards what follows
	bot     string     // the address of its endpoint
	posted  []Posted
	chats   map[string][]*Card  // what each conversation shows now
	read    map[string][]string // all that was ever shown there
	closed  map[string]Fault    // conversations that take nothing
	people  map[string]person
	without map[string]bool // people who have not installed the app
	members map[string][]string
	page    int // members that are given at once
	strayed int
	n       int

	patience time.Duration // of See

	load func(conversation string, bytes int64) // instead of keeping what is posted; nil: none
}

// person is somebody as the connector tells of them.
type person struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Object string `json:"aadObjectId"`
	Tenant string `json:"tenantId"`
	Role   string `json:"userRole"`
}

func everybody() map[string]person {
	return map[string]person{
		Owner:    {Owner, "Olga", "OLGA-OID", Org, "user"},
		Staff:    {Staff, "Sam", "SAM-OID", Org, "user"},
		Guest:    {Guest, "Gus", "GUS-OID", Org, "guest"},
		Stranger: {Stranger, "Fred", "FRED-OID", Other, "user"},
	}
}

// AddUser lets somebody work in the organisation.
func (s *Server) AddUser(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people[id] = person{id, id, id + "-oid", Org, "user"}
}

// Start begins a fake that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t, closing: make(chan struct{}), chats: map[string][]*Card{}, read: map[string][]string{}, closed: map[string]Fault{}, without: map[string]bool{}, people: everybody(), page: mostMembers, patience: 10 * time.Second, members: map[string][]string{
		Mixed: {Owner, Staff, Stranger},
	}}
	s.identity.begin()
	s.faults.begin()
	mux := http.NewServeMux()
	s.routes(mux)
	server := httptest.NewServer(mux)
	t.Cleanup(func() {
		close(s.closing)
		server.Close()
	})
	s.URL = server.URL
	return s
}

func (s *Server) routes(mux *http.ServeMux) {
	for pattern, route := range map[string]struct {
		call string
		do   http.HandlerFunc
	}{
		"GET /metadata":              {Metadata, s.metadata},
		"GET /keys":                  {Keys, s.keys},
		"POST /token":                {Token, s.giveToken},
		"POST /login/{tenant}/token": {Token, s.giveToken},
		"POST /v3/conversations":     {Create, s.asBot(s.create)},
		"POST /v3/conversations/{conversation}/activities":           {Post, s.asBot(s.post)},
		"PUT /v3/conversations/{conversation}/activities/{activity}": {Update, s.asBot(s.update)},
		"GET /v3/conversations/{conversation}/members/{user}":        {Member, s.asBot(s.member)},
		"GET /v3/conversations/{conversation}/pagedmembers":          {Members, s.asBot(s.pagedMembers)},
	} {
		mux.HandleFunc(pattern, s.faulty(route.call, route.do))
	}
	mux.HandleFunc("/elsewhere", func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.strayed++
	})
}

// Connect says where the bot listens.
func (s *Server) Connect(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bot = address + "/api/messages"
}

// Strayed counts the calls that followed a redirect, which none should.
func (s *Server) Strayed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.strayed
}

func (s *Server) next(kind string) string {
	s.n++
	return kind + "-" + big.NewInt(int64(s.n)).String()
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who is gone does not hear it
}
