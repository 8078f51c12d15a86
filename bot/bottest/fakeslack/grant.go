package fakeslack

import (
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
