package fakeslack

import "time"

// issued is a token of the bot.
type issued struct {
	until time.Time // zero: it does not expire
	dead  string    // the error that it gets; empty: none
	used  bool
}

// knows reports whether a token is or was one of the bot's in this workspace.
func (s *Server) knows(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.issued[token] != nil
}

// holds is why a token of the bot is refused; nil: it is not.
func (s *Server) holds(token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.issued[token]
	switch {
	case s.revoked != "":
		return refused(s.revoked)
	case t.dead != "":
		return refused(t.dead)
	case !t.until.IsZero() && s.set.now().After(t.until):
		return refused("token_expired")
	}
	t.used = true
	return nil
}

// issue gives the bot a token; life 0: it does not expire.
func (s *Server) issue(token string, life time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &issued{}
	if life > 0 {
		t.until = s.set.now().Add(life)
	}
	s.issued[token] = t
}

// Expire lets all tokens of the bot expire now.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.issued {
		t.until = s.set.now().Add(-time.Second)
	}
}

// Uninstall takes the bot out of the workspace, as an administrator does. The
// bot is told in two events, in this order
// (docs.slack.dev/reference/events/app_uninstalled).
func (s *Server) Uninstall() (revoked, uninstalled *Delivery) {
	s.mu.Lock()
	for _, t := range s.issued {
		t.dead = "account_inactive"
	}
	s.mu.Unlock()
	if s.hub != nil {
		s.hub.forget(s)
	}
	return s.TellRevoked(), s.TellUninstalled()
}

// TellRevoked tells the bot that its token was taken back.
func (s *Server) TellRevoked() *Delivery {
	return s.Event(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{Bot}}})
}

// TellUninstalled tells the bot that it was taken out of the workspace.
func (s *Server) TellUninstalled() *Delivery {
	return s.Event(map[string]any{"type": "app_uninstalled"})
}
