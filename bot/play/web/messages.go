package web

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// message is one thing that was said in a place.
type message struct {
	id   string
	at   string      // the place's id
	only string      // the one person who sees it; empty: whoever is there
	by   *bot.Person // who typed it; nil: the advisor said it
	text string      // that they typed
	view bot.View    // of the advisor
	key  string      // it lasts: an answer stands beside it, not in its place
	file *bot.File
	when time.Time // it came
	last time.Time // it changed; zero: never
	rev  int       // of the company, as of its latest change
}

// mostSaid is how many messages of one place are kept.
const mostSaid = 150

// add keeps a message, and forgets the oldest of its place where there are
// too many. It needs mu.
func (c *Company) add(m *message) {
	m.id, m.when = c.next(), c.Now()
	m.rev = c.rev + 1
	oldest, count := -1, 0
	for i, other := range c.said {
		if other.at == m.at {
			if count++; oldest < 0 {
				oldest = i
			}
		}
	}
	if count >= mostSaid {
		c.said = slices.Delete(c.said, oldest, oldest+1)
	}
	c.said = append(c.said, m)
	c.touched()
}

// edit puts a view in the place of what a message showed. It needs mu.
func (c *Company) edit(m *message, v bot.View, f *bot.File) {
	m.view, m.file, m.last, m.rev = v, f, c.Now(), c.rev+1
	c.touched()
}

// find is a message by its id; nil: there is none. It needs mu.
func (c *Company) find(id string) *message {
	for _, m := range c.said {
		if m.id == id {
			return m
		}
	}
	return nil
}

// readBy reports whether somebody sees a message in the place where it is.
func (m *message) readBy(who bot.Person) bool {
	if m.only != "" && m.only != who.ID {
		return false
	}
	if m.at == play.Direct(who.ID).Channel {
		return true
	}
	return slices.ContainsFunc(roomsOf(who), func(r room) bool { return r.id == m.at })
}

// unread counts what somebody has not seen of a place. What they typed
// themselves does not count. It needs mu.
func (c *Company) unread(who bot.Person, at string) (n int) {
	for _, m := range c.said {
		if m.at == at && m.rev > c.seen[seat{who.ID, at}] && m.by == nil && m.readBy(who) {
			n++
		}
	}
	return n
}
