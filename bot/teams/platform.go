package teams

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"

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

	mu     sync.Mutex
	people map[string]known // by tenant and id, for peopleFor
}

// known is what Teams said of a person.
type known struct {
	member member
	until  time.Time
}

const (
	peopleFor  = 10 * time.Minute
	mostPeople = 10_000
	maxBody    = 1 << 20
	lookUp     = 2 * time.Second
)

// New checks the configuration and connects nothing yet.
func New(c Config, h bot.Handler, log *slog.Logger) (*Platform, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	return &Platform{
		config: c, handler: h, log: log, now: time.Now, calls: newConnector(c), people: map[string]known{},
		verify: newVerifier(c),
	}, nil
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
			return b.Owners
		}
	}
	return nil
}

// Routes adds the address that Teams calls.
func (p *Platform) Routes(mux *http.ServeMux) { mux.HandleFunc("POST /api/messages", p.messages) }

// messages takes an activity: the token first, the body only then.
func (p *Platform) messages(w http.ResponseWriter, r *http.Request) {
	from := sender{}
	if p.config.NoAuth {
		if host, _, err := net.SplitHostPort(r.RemoteAddr); err != nil || !net.ParseIP(host).IsLoopback() {
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
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	if p.config.NoAuth && len(strings.TrimSpace(string(body))) == 0 {
		return // a local client knocks
	}
	a, err := read(body)
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

// take answers one activity of an organisation that is ours.
func (p *Platform) take(w http.ResponseWriter, r *http.Request, a activity, b Bot) {
	at := place{Service: a.ServiceURL, Conversation: a.Conversation.ID, Bot: b.AppID, BotID: a.Recipient.ID}
	switch {
	case a.Type == schema.Message && len(a.Value) > 2 && a.Text == "":
		p.pressed(w, r, a, at)
	case a.Type == schema.Message:
		p.said(w, r, a, at)
	case a.Type == schema.Invoke && a.Name == "adaptiveCard/action":
		p.pressed(w, r, a, at)
	case a.Type == schema.Invoke:
		writeJSON(w, http.StatusNotImplemented, map[string]any{})
	case a.Type == schema.InstallationUpdate && a.Action != "remove" && a.kind() == bot.Direct,
		a.Type == schema.ConversationUpdate && a.kind() == bot.Direct && a.addsBot():
		e := p.event(r.Context(), a, at)
		e.Kind, e.ID = bot.Installed, "installed/"+e.From.ID
		p.finish(w, r, e)
	}
}

func (a activity) addsBot() bool {
	for _, m := range a.Added {
		if m.ID == a.Recipient.ID {
			return true
		}
	}
	return false
}

// event is what every activity tells: who, where, and how to answer.
func (p *Platform) event(ctx context.Context, a activity, at place) bot.Event {
	e := bot.Event{ID: a.Conversation.ID + "/" + a.ID, Tenant: "teams." + strings.ToLower(a.Conversation.TenantID), Now: p.now()}
	if a.ID == "" {
		e.ID = ""
	}
	e.From = p.person(ctx, a, at)
	e.Place = bot.Place{Channel: a.channel(), Kind: a.kind()}
	e.Reach = place{at.Service, a.channel(), at.Bot, at.BotID}.reach()
	return e
}

// said answers a message: what goes out at once, in a message of its own.
func (p *Platform) said(w http.ResponseWriter, r *http.Request, a activity, at place) {
	e := p.event(r.Context(), a, at)
	e.Kind, e.Text, e.Inline = bot.Message, a.said(), true
	reply, err := p.handler.Handle(r.Context(), e)
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	var c *card
	switch {
	case reply.View != nil:
		c = Render(*reply.View, false)
	case reply.Form != nil:
		c = Form(*reply.Form, nil, nil)
	}
	if c != nil {
		if err := p.answer(r.Context(), a, at, c); err != nil {
			p.log.Warn("an answer did not arrive", "tenant", e.Tenant, "err", err)
		}
	}
}

// answer shows a card to whoever asked, and to nobody else: in their own
// conversation with the bot.
func (p *Platform) answer(ctx context.Context, a activity, at place, c *card) error {
	if a.kind() != bot.Direct {
		own, err := p.calls.direct(ctx, at, a.From.ID, a.Conversation.TenantID)
		if err != nil {
			return err
		}
		at = own
	}
	_, err := p.calls.post(ctx, at, message(c))
	return err
}

// message is an activity that shows a card.
func message(c *card) schema.Activity {
	return schema.Activity{Type: schema.Message, Summary: cut(c.Fallback, maxTitle),
		Attachments: []schema.Attachment{{ContentType: cardType, Content: c}}}
}

const cardType = "application/vnd.microsoft.card.adaptive"

// pressed answers a button: with a card in place of the one that was pressed,
// for the one who pressed.
func (p *Platform) pressed(w http.ResponseWriter, r *http.Request, a activity, at place) {
	press, data, err := a.press()
	if err != nil {
		writeJSON(w, http.StatusOK, invokeMessage("That button is from an older version of me. Type a question instead."))
		return
	}
	e := p.event(r.Context(), a, at)
	e.Kind, e.Action, e.Values, e.Inline = press.Kind, press.Action, press.Values, true
	e.Picked = p.picked(r.Context(), at, data.Form, press.Values)
	reply, err := p.handler.Handle(r.Context(), e)
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	var c *card
	switch {
	case reply.View != nil:
		c = Render(*reply.View, false)
	case reply.Form != nil:
		c = Form(*reply.Form, nil, nil)
	case reply.Refused != nil && data.Form != nil:
		c = Form(*data.Form, press.Values, reply.Refused)
	}
	if c != nil && (data.Kept || a.Type != schema.Invoke) {
		if err := p.answer(r.Context(), a, at, c); err != nil {
			p.log.Warn("an answer did not arrive", "tenant", e.Tenant, "err", err)
		}
		c = nil
	}
	switch {
	case c != nil:
		writeJSON(w, http.StatusOK, map[string]any{"statusCode": 200, "type": cardType, "value": c})
	case a.Type == schema.Invoke:
		writeJSON(w, http.StatusOK, invokeMessage(""))
	}
}

func invokeMessage(text string) map[string]any {
	return map[string]any{"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who is gone does not hear it
}

// finish takes an event that is answered by what comes of it.
func (p *Platform) finish(w http.ResponseWriter, r *http.Request, e bot.Event) {
	if _, err := p.handler.Handle(r.Context(), e); err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}

var errNoReach = errors.New("teams: nothing is known of how to reach them")

// Deliver posts or edits. See bot.Platform. A receipt is the id of the
// conversation and of the activity.
func (p *Platform) Deliver(ctx context.Context, post bot.Post) (string, error) {
	at, ok := placeOf(post.Reach)
	if !ok || !p.Serves(post.Tenant) {
		return "", &bot.Outcome{Permanent: true, Reason: "they have not opened the bot in Teams yet", Err: errNoReach}
	}
	m := message(Render(post.View, true))
	if post.File != nil {
		m.Text = post.File.Name + "\n\n" + string(post.File.Body)
	}
	if conversation, id, edits := strings.Cut(post.Edit, "|"); edits {
		at.Conversation = conversation
		return post.Edit, p.calls.update(ctx, at, id, m)
	}
	if post.To.Channel != "" && post.To.User == "" {
		if room, err := p.room(ctx, at, post.Tenant); err != nil || room.Kind != bot.Channel {
			return "", &bot.Outcome{Permanent: err == nil, Reason: "people of other companies can read that channel", Err: errors.Join(errors.New("teams: the channel may be shared"), err)}
		}
	}
	id, err := p.calls.post(ctx, at, m)
	return at.Conversation + "|" + id, err
}
