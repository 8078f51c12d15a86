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
