package fakeslack

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// code is what the browser brings back to the bot.
type code struct {
	team, user, redirect, scope string
	until                       time.Time
	used                        bool
}

// renewal is a refresh token.
type renewal struct {
	team, scope string
	token       string // that came of it
	spent       bool
	dead        bool
}

// codeLife is how long a code works (docs.slack.dev/authentication/installing-with-oauth).
const codeLife = 10 * time.Minute

// Rotate chooses how long tokens live from now on; 0: for ever, without a
// refresh token.
func (h *Hub) Rotate(life time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.life = life
}

// Forgive lets a refresh token be used again as long as nobody has called with
// the token that came of it. Otherwise it works once.
func (h *Hub) Forgive() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lenient = true
}

// Change changes the answer to the next exchange of a code.
func (h *Hub) Change(f func(answer map[string]any)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.change = append(h.change, f)
}

// Renewed counts the tokens that were given out for a refresh token.
func (h *Hub) Renewed() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.renewed
}

// Allow is what a person presses on Slack's page: it returns the address that
// their browser is sent back to.
func (h *Hub) Allow(page, team, user string) (back string, err error) {
	q, err := h.asked(page)
	if err != nil {
		return "", err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.spaces[team]
	if s == nil || s == h.home || s.users[user] == nil {
		return "", fmt.Errorf("fakeslack: there is no %s in %s", user, team)
	}
	c := secret()
	h.codes[c] = &code{team: team, user: user, redirect: q.Get("redirect_uri"), scope: q.Get("scope"), until: s.set.now().Add(codeLife)}
	return backTo(q, url.Values{"code": {c}}), nil
}

// Cancel is the other button of that page.
func (h *Hub) Cancel(page string) (back string, err error) {
	q, err := h.asked(page)
	if err != nil {
		return "", err
	}
	return backTo(q, url.Values{"error": {"access_denied"}}), nil
}

func backTo(q, with url.Values) string {
	with.Set("state", q.Get("state"))
	return q.Get("redirect_uri") + "?" + with.Encode()
}

// asked checks what a bot wants of Slack's page.
func (h *Hub) asked(page string) (url.Values, error) {
	u, err := url.Parse(page)
	if err != nil {
		return nil, err
	}
	q := u.Query()
	switch {
	case !strings.HasPrefix(page, h.URL+"/oauth/v2/authorize?"):
		return nil, fmt.Errorf("fakeslack: %s is not Slack's page", page)
	case q.Get("client_id") != ClientID:
		return nil, errors.New("fakeslack: invalid client_id parameter")
	case q.Get("scope") == "":
		return nil, errors.New("fakeslack: invalid scope: no scopes were asked for")
	case q.Get("redirect_uri") == "":
		return nil, errors.New("fakeslack: redirect_uri did not match any configured URIs")
	}
	return q, nil
}

var page = template.Must(template.New("").Parse(`<!doctype html><title>Fake Slack</title>
<h1>An app wants to be installed</h1><p>It asks for {{.Scope}}</p>
<form action="decide">{{range .Teams}}<p><label><input type="radio" name="team" value="{{.}}">{{.}}</label>{{end}}
<input type="hidden" name="page" value="{{.Page}}">
<button name="do" value="allow">Allow</button><button name="do" value="cancel">Cancel</button></form>`))

func (h *Hub) servePage(w http.ResponseWriter, r *http.Request) {
	here := h.URL + r.URL.RequestURI()
	q, err := h.asked(here)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var teams []string
	for _, s := range h.workspaces() {
		if s != h.home {
			teams = append(teams, s.set.team)
		}
	}
	page.Execute(w, map[string]any{"Scope": q.Get("scope"), "Teams": teams, "Page": here})
}

func (h *Hub) serveDecision(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := h.Cancel(q.Get("page"))
	if err == nil && q.Get("do") == "allow" {
		back, err = h.Allow(q.Get("page"), q.Get("team"), Owner)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, back, http.StatusFound)
}

// exchange gives tokens for a code or a refresh token
// (docs.slack.dev/reference/methods/oauth.v2.access).
func (s *Server) exchange(a args) (reply, error) {
	h := s.hub
	switch {
	case h == nil || a["client_id"] != ClientID:
		return nil, refused("invalid_client_id")
	case a["client_secret"] != ClientSecret:
		return nil, refused("bad_client_secret")
	case a["grant_type"] == "refresh_token":
		return h.renew(a["refresh_token"])
	}
	h.mu.Lock()
	c := h.codes[a["code"]]
	var wrong error
	switch {
	case c == nil:
		wrong = refused("invalid_code")
	case c.used:
		wrong = refused("code_already_used")
	case s.set.now().After(c.until):
		wrong = refused("invalid_code")
	case a["redirect_uri"] != c.redirect:
		wrong = refused("bad_redirect_uri")
	default:
		c.used = true
	}
	var change func(map[string]any)
	if wrong == nil && len(h.change) > 0 {
		change, h.change = h.change[0], h.change[1:]
	}
	h.mu.Unlock()
	if wrong != nil {
		return nil, wrong
	}
	h.mu.Lock()
	installed := h.spaces[c.team]
	h.mu.Unlock()
	installed.Revoke("")
	answer := h.grant(c.team, c.scope)
	answer["authed_user"] = reply{"id": c.user}
	if change != nil {
		change(answer)
	}
	return answer, nil
}

// grant gives the bot tokens of a workspace.
func (h *Hub) grant(team, scope string) reply {
	h.mu.Lock()
	s, life := h.spaces[team], h.life
	h.mu.Unlock()
	token := "xoxb-" + team + "-" + secret()
	answer := reply{
		"token_type": "bot", "scope": scope, "bot_user_id": Bot, "app_id": App, "is_enterprise_install": false, "enterprise": nil,
		"team": reply{"id": team, "name": s.set.name},
	}
	if life > 0 {
		token = "xoxe." + token
		again := "xoxe-1-" + secret()
		h.mu.Lock()
		h.renewals[again] = &renewal{team: team, scope: scope}
		h.mu.Unlock()
		answer["refresh_token"], answer["expires_in"] = again, int(life.Seconds())
	}
	s.issue(token, life)
	answer["access_token"] = token
	return answer
}

func (h *Hub) renew(with string) (reply, error) {
	h.mu.Lock()
	r := h.renewals[with]
	if r == nil || r.dead || r.spent && !h.again(r) {
		h.mu.Unlock()
		return nil, refused("invalid_refresh_token")
	}
	r.spent = true
	h.renewed++
	h.mu.Unlock()
	answer := h.grant(r.team, r.scope)
	h.mu.Lock()
	defer h.mu.Unlock()
	r.token = answer["access_token"].(string)
	return answer, nil
}

// again reports whether a spent refresh token works once more. The caller
// holds the lock.
func (h *Hub) again(r *renewal) bool {
	s := h.spaces[r.team]
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.issued[r.token]
	return h.lenient && t != nil && !t.used
}

// forget ends the refresh tokens of a workspace.
func (h *Hub) forget(s *Server) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.renewals {
		if r.team == s.set.team {
			r.dead = true
		}
	}
}
