package teams

import (
	"bytes"
	"crypto/rand"
	"errors"
	"hash/maphash"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"secadvisor/bot"
)

// Platform is the bot in Teams.
type Platform struct {
	config  Config
	handler bot.Handler
	verify  *verifier
	calls   *connector
	log     *slog.Logger
	now     func() time.Time

	people memo[string, member]   // by bot and id
	rooms  memo[string, bot.Room] // by company and conversation
	doors  memo[string, place]    // by company: where Teams was last heard from
	within memo[string, bool]     // by bot, conversation and id: who is a member

	answered memo[uint64, bool] // messages, by a hash of company and event; false: the answer is out, and something is still to be stored
	seed     maphash.Seed       // of those hashes

	trial []byte // the key of links to files where no bot is configured
}

const (
	maxBody = 1 << 20
	lookUp  = 2 * time.Second
)

// New checks the configuration and connects nothing yet.
func New(c Config, h bot.Handler, log *slog.Logger) (*Platform, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if c.NoAuth {
		log.Warn("nobody is authenticated on Teams' address: this is for local clients alone")
	}
	return &Platform{config: c, handler: h, log: log, now: time.Now, calls: newConnector(c), verify: newVerifier(c), seed: maphash.MakeSeed(), trial: []byte(rand.Text())}, nil
}

// Serves reports whether a company is one of ours.
func (p *Platform) Serves(tenant string) bool {
	id, ok := strings.CutPrefix(tenant, "teams.")
	if !ok {
		return false
	}
	if p.config.NoAuth {
		return true
	}
	for _, b := range p.config.Bots {
		if strings.EqualFold(b.Tenant, id) {
			return true
		}
	}
	return false
}

// Owners are the people whom the configuration makes owners of a company.
func (p *Platform) Owners(tenant string) []string {
	for _, b := range p.config.Bots {
		if strings.EqualFold("teams."+b.Tenant, tenant) {
			ids := make([]string, len(b.Owners))
			for i, id := range b.Owners {
				ids[i] = strings.ToLower(strings.TrimSpace(id))
			}
			return ids
		}
	}
	return nil
}

// Routes adds the address that Teams calls, and that of links to files.
func (p *Platform) Routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/messages", p.messages)
	mux.HandleFunc("GET /teams/files/{link}", p.file)
}

// messages takes an activity: the token first, the body only then.
func (p *Platform) messages(w http.ResponseWriter, r *http.Request) {
	from := sender{}
	if p.config.NoAuth {
		if !local(r) {
			http.Error(w, "only this machine may speak without authentication", http.StatusForbidden)
			return
		}
	} else {
		var err error
		if from, err = p.verify.verify(r.Context(), r.Header.Get("Authorization")); err != nil {
			p.log.Warn("a request to Teams' address was refused", "err", err)
			if errors.Is(err, errNoKeys) {
				http.Error(w, "try again", http.StatusServiceUnavailable)
				return
			}
			http.Error(w, "not authorised", http.StatusUnauthorized)
			return
		}
	}
	var body bytes.Buffer
	body.Grow(int(min(max(r.ContentLength, 0), maxBody)) + bytes.MinRead)
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	if p.config.NoAuth && len(bytes.TrimSpace(body.Bytes())) == 0 {
		return // a local client knocks
	}
	a, err := read(body.Bytes())
	if err != nil {
		http.Error(w, "this is not an activity", http.StatusBadRequest)
		return
	}
	if !p.config.allowed(a.ServiceURL) || !p.config.NoAuth && (!from.mayBe(a.ChannelID, a.ServiceURL) || !strings.EqualFold(a.Conversation.TenantID, from.bot.Tenant)) {
		p.log.Warn("an activity was refused: its service, channel or organisation is not the token's")
		http.Error(w, "not authorised", http.StatusForbidden)
		return
	}
	p.take(w, r, a, from.bot)
}
