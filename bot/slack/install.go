package slack

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Where browsers come to install the bot.
const (
	installPath  = "/slack/install"
	callbackPath = "/slack/oauth/callback"
)

const (
	// stateFor is how long somebody may take on Slack's page.
	stateFor = 10 * time.Minute

	// Strangers can make this server remember states, and with each ask Slack
	// about one code: this many a second, for all of them together.
	installsPerSecond = 5
	installsAtOnce    = 50

	installLimit = 8 * time.Second // well within the server's own
)

// Of one sender so much is enough, and uses up little of what there is for all.
// Who comes back from Slack's page counts once more.
const (
	InstallsPerSecond = 0.2
	InstallsAtOnce    = 20
)

func (p *Platform) installRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+installPath, p.offer)
	mux.HandleFunc("POST "+installPath, p.begin)
	mux.HandleFunc("GET "+callbackPath, p.callback)
}

// offer says what the bot does, with a button that goes on to Slack.
func (p *Platform) offer(w http.ResponseWriter, _ *http.Request) {
	p.show(w, http.StatusOK, "offer", offerPage{KeepDays: p.config.KeepDays})
}

// begin sends a browser on to Slack's page with a state that this browser
// alone can bring back.
func (p *Platform) begin(w http.ResponseWriter, r *http.Request) {
	switch {
	case !p.companies.may(r):
		p.fail(w, http.StatusTooManyRequests, often)
		return
	case !p.installs.Allow():
		p.fail(w, http.StatusTooManyRequests, busy)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), installLimit)
	defer cancel()
	browser, state := p.browser(r), rand.Text()
	if browser == "" {
		browser = rand.Text()
	}
	if err := p.companies.registry.Begin(ctx, digest(state), digest(browser), stateFor); err != nil {
		p.log.Error("an installation was not begun", "err", err)
		p.fail(w, http.StatusServiceUnavailable, ourFault)
		return
	}
	http.SetCookie(w, p.cookie(browser))
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, p.config.authorize(state, p.companies.scopes), http.StatusSeeOther)
}

// authorize is Slack's page for installing the app.
// https://docs.slack.dev/authentication/installing-with-oauth
func (c Config) authorize(state string, scopes []string) string {
	q := url.Values{
		"client_id": {c.ClientID}, "scope": {strings.Join(scopes, ",")},
		"redirect_uri": {c.at(callbackPath)}, "state": {state},
	}
	return strings.TrimSuffix(c.api(), "api/") + "oauth/v2/authorize?" + q.Encode()
}

// cookie names a browser, to itself alone. Slack's page sends the browser back
// by a link, which Lax lets it come along with.
func (p *Platform) cookie(browser string) *http.Cookie {
	name, secure := p.cookieName()
	return &http.Cookie{Name: name, Value: browser, Path: "/", MaxAge: int(stateFor.Seconds()), HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
}

// cookieName has a beginning by which browsers take the cookie from this very
// host alone, and over https alone.
func (p *Platform) cookieName() (name string, secure bool) {
	if u, err := url.Parse(p.config.Address); err == nil && u.Scheme == "https" { // Parse makes its letters small
		return "__Host-secadvisor-install", true
	}
	return "secadvisor-install", false
}

func (p *Platform) browser(r *http.Request) string {
	name, _ := p.cookieName()
	c, err := r.Cookie(name)
	if err != nil || len(c.Value) != len(rand.Text()) {
		return ""
	}
	return c.Value
}

// digest is what is kept of a secret.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// callback is where Slack's page sends the browser back to.
func (p *Platform) callback(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	state, browser := q.Get("state"), p.browser(r)
	if state == "" || len(state) > 100 || browser == "" {
		p.fail(w, http.StatusBadRequest, otherBrowser)
		return
	}
	if !p.companies.may(r) {
		p.fail(w, http.StatusTooManyRequests, often)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), installLimit)
	defer cancel()
	mine, err := p.companies.registry.Redeem(ctx, digest(state), digest(browser))
	switch {
	case err != nil:
		p.log.Error("an installation was not taken", "err", err)
		p.fail(w, http.StatusServiceUnavailable, ourFault)
	case !mine:
		p.fail(w, http.StatusBadRequest, otherBrowser)
	case q.Get("error") == "access_denied":
		p.fail(w, http.StatusOK, cancelled)
	case q.Get("error") != "" || q.Get("code") == "":
		p.log.Warn("Slack did not install the bot", "said", q.Get("error") != "")
		p.fail(w, http.StatusBadGateway, slackSaidNo)
	default:
		p.install(ctx, w, q.Get("code"))
	}
}
