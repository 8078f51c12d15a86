package fakeslack

import (
	"encoding/json"
	"slices"
	"sort"
	"time"
)

// Message is what people see in a channel. It is a copy: what happens to the
// message later does not change it, as an old screen does not change.
type Message struct {
	Channel string
	TS      string // names the message in its channel; ordered
	Thread  string // the TS of the first message of its thread
	User    string // who wrote it; Bot for the bot's
	For     string // who alone sees it; empty: everybody in the channel
	Content
	Edits   []Content // what it said before, oldest first
	Deleted bool
	Files   []string // ids, for Server.File
}

// Content is what a message says.
type Content struct {
	Text     string
	Blocks   json.RawMessage
	Metadata json.RawMessage
	At       time.Time
}

// room holds the messages of one channel.
type room struct {
	messages []*Message // ordered by TS
	posts    bucket
}

// Messages lists everything in a channel, oldest first, without what was
// deleted.
func (s *Server) Messages(channel string) []Message {
	return s.list(channel, func(m *Message) bool { return !m.Deleted })
}

// Deleted lists what was deleted from a channel.
func (s *Server) Deleted(channel string) []Message {
	return s.list(channel, func(m *Message) bool { return m.Deleted })
}

// DM lists what the bot has written to a person in direct messages and not
// deleted, oldest first.
func (s *Server) DM(user string) []Message {
	return s.list(Direct(user), func(m *Message) bool { return !m.Deleted && m.User == Bot })
}

// Ephemerals lists what a person alone has seen, in any channel, oldest
// first: answers to commands, and messages sent to them alone.
func (s *Server) Ephemerals(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.private {
		if m.For == user && !m.Deleted {
			all = append(all, m.copy())
		}
	}
	return all
}

// Message finds a message as it is now.
func (s *Server) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(channel, ts); m != nil {
		return m.copy(), true
	}
	return Message{}, false
}

// Now is a message as it is now; the message itself where it is gone.
func (s *Server) Now(m Message) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.find(m.Channel, m.TS); found != nil {
		return found.copy()
	}
	for _, p := range s.private {
		if p.Channel == m.Channel && p.TS == m.TS {
			return p.copy()
		}
	}
	return m
}

// Dropped counts the messages that were forgotten to save memory.
func (s *Server) Dropped() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dropped
}

func (s *Server) list(channel string, keep func(*Message) bool) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rooms[channel]
	if r == nil {
		return nil
	}
	var all []Message
	for _, m := range r.messages {
		if keep(m) {
			all = append(all, m.copy())
		}
	}
	return all
}

func (m *Message) copy() Message {
	c := *m
	c.Edits = slices.Clone(m.Edits)
	return c
}

// say adds a message to a channel. The caller holds the lock.
func (s *Server) say(m *Message) {
	m.TS, m.At = s.newTS()
	r := s.room(m.Channel)
	r.messages = append(r.messages, m)
	if over := len(r.messages) - s.set.keep; over > 0 {
		r.messages = slices.Clone(r.messages[over+s.set.keep/10:])
		s.dropped += over + s.set.keep/10
	}
}

// whisper shows a message to one person. The caller holds the lock.
func (s *Server) whisper(m *Message) {
	m.TS, m.At = s.newTS()
	s.private = append(s.private, m)
	if over := len(s.private) - s.set.keep; over > 0 {
		s.private = slices.Clone(s.private[over+s.set.keep/10:])
		s.dropped += over + s.set.keep/10
	}
}

// edit replaces what a message says. The caller holds the lock.
func (s *Server) edit(m *Message, to Content) {
	if !s.set.load {
		m.Edits = append(m.Edits, m.Content)
	}
	to.At = s.set.now()
	m.Content = to
	if s.set.edited != nil {
		s.set.edited(m.Channel)
	}
}

func (s *Server) room(channel string) *room {
	r := s.rooms[channel]
	if r == nil {
		r = &room{}
		s.rooms[channel] = r
	}
	return r
}

// find looks a message up. The caller holds the lock.
func (s *Server) find(channel, ts string) *Message {
	r := s.rooms[channel]
	if r == nil {
		return nil
	}
	i := sort.Search(len(r.messages), func(i int) bool { return r.messages[i].TS >= ts })
	if i == len(r.messages) || r.messages[i].TS != ts || r.messages[i].Deleted {
		return nil
	}
	return r.messages[i]
}
