package faketeams

import (
	"slices"
	"strings"
	"time"
)

// Chat is what somebody's personal chat shows now.
func (s *Server) Chat(user string) []Card { return s.In(personal(user)) }

// In is what a conversation shows now.
func (s *Server) In(conversation string) []Card {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Card
	for _, c := range s.chats[conversation] {
		all = append(all, *c)
	}
	return all
}

// Read is all that anybody ever read in a conversation, in order; what answers a
// press is read in the chat of whoever pressed.
func (s *Server) Read(conversation string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.read[conversation])
}

// See waits for a card in somebody's personal chat that says something.
func (s *Server) See(user, words string) Card {
	s.t.Helper()
	return s.Wait(personal(user), words)
}

// Patience is how long See and its kin wait; ten seconds if nobody says.
func (s *Server) Patience(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patience = d
}

// Wait waits for a card in a conversation that says something.
func (s *Server) Wait(conversation, words string) Card {
	s.t.Helper()
	s.mu.Lock()
	patience := s.patience
	s.mu.Unlock()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		all := s.In(conversation)
		for i := len(all) - 1; i >= 0; i-- {
			if strings.Contains(all[i].Shown(), words) {
				return all[i]
			}
		}
	}
	s.t.Fatalf("%s does not show %q, but %d cards, the last %q", conversation, words, len(s.In(conversation)), last(s.In(conversation)))
	return Card{}
}

func last(all []Card) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Shown()
}

// lies is the conversation that a card stands in.
func (s *Server) lies(card Card) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for in, all := range s.chats {
		if slices.ContainsFunc(all, func(c *Card) bool { return c.id == card.id }) {
			return in
		}
	}
	return ""
}
