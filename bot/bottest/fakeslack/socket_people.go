package fakeslack

import (
	"slices"
	"time"
)

// Sockets lists the numbers of the open sockets, counted from 1 as they were
// opened.
func (s *Server) Sockets() []int {
	s.sockets.mu.Lock()
	defer s.sockets.mu.Unlock()
	var all []int
	for _, c := range s.sockets.open {
		if !c.leaving {
			all = append(all, c.number)
		}
	}
	return all
}

// OversizedAcks counts the acknowledgements that were dropped because they
// were 20 KB or larger.
func (s *Server) OversizedAcks() int {
	s.sockets.mu.Lock()
	defer s.sockets.mu.Unlock()
	return s.sockets.big
}

// Reasons for which Slack ends a socket.
const (
	Warning          = "warning"           // about ten seconds before the end
	RefreshRequested = "refresh_requested" // the server is being replaced
	LinkDisabled     = "link_disabled"     // Socket Mode was turned off
)

func disconnect(reason string) map[string]any {
	return map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-fake"}}
}

// Disconnect tells a socket (0: all of them) that it will end; it gets
// nothing new, and ten seconds later it is closed if the bot has not done so.
func (s *Server) Disconnect(number int, reason string) {
	for _, c := range s.sockets.pick(number) {
		s.sockets.mu.Lock()
		c.leaving = true
		s.sockets.mu.Unlock()
		c.send(disconnect(reason))
		s.running.Go(func() {
			select {
			case <-c.gone:
			case <-s.ctx.Done():
			case <-time.After(s.set.refreshGrace):
				c.conn.Close()
			}
		})
	}
}

// Drop cuts a socket (0: all of them) without a word.
func (s *Server) Drop(number int) {
	for _, c := range s.sockets.pick(number) {
		c.conn.Close()
	}
}

func (k *sockets) pick(number int) []*socket {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := slices.Clone(k.open)
	return slices.DeleteFunc(all, func(c *socket) bool { return number != 0 && c.number != number })
}

func (k *sockets) closeAll() {
	for _, c := range k.pick(0) {
		c.conn.Close()
	}
}
