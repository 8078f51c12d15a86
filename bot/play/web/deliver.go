package web

import (
	"context"
	"errors"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// sending is one thing that the outbox has delivered, or could not.
type sending struct {
	at     time.Time
	id     string // of the message
	to     string // an address in words
	what   string // the first line
	edit   bool   // it changed a message that was there
	failed string // why it did not arrive; empty: it did
}

// mostSent is how much of the outbox is remembered.
const mostSent = 40

// Deliver shows a view where it belongs. See bot.Platform.
func (c *Company) Deliver(_ context.Context, p bot.Post) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if why := c.unreached(p.To); why != "" {
		c.record(p, "", false, why)
		return "", &bot.Outcome{Permanent: true, Reason: why, Err: errors.New("web: " + why)}
	}
	if p.Edit != "" {
		m := c.find(p.Edit)
		if m == nil {
			return "", &bot.Outcome{Permanent: true, Gone: true, Reason: "the message is not there any more", Err: errors.New("web: the message to edit is gone")}
		}
		c.edit(m, p.View, p.File)
		c.record(p, m.id, true, "")
		return m.id, nil
	}
	m := &message{at: p.To.Channel, only: p.To.User, view: p.View, key: p.Key, file: p.File}
	if p.To.Channel == "" {
		m.at = play.Direct(p.To.User).Channel
	}
	c.add(m)
	c.record(p, m.id, false, "")
	return m.id, nil
}

// unreached is why an address takes nothing; empty: it does.
func (c *Company) unreached(to bot.Address) string {
	switch {
	case to.Channel != "" && c.broken[to.Channel]:
		return "the channel was archived"
	case to.Channel == "" && c.broken[to.User]:
		return "that person's account was switched off"
	}
	return ""
}

// record notes what was sent. A message that is changed again and again counts
// once. It needs mu.
func (c *Company) record(p bot.Post, id string, edit bool, failed string) {
	s := sending{at: c.Now(), id: id, to: inWords(p.To), what: firstLine(p.View), edit: edit, failed: failed}
	if last := len(c.outbox) - 1; edit && last >= 0 && c.outbox[last].edit && c.outbox[last].id == id {
		c.outbox = c.outbox[:last]
	}
	c.outbox = append(c.outbox, s)
	c.outbox = c.outbox[max(len(c.outbox)-mostSent, 0):]
}

// inWords is an address as a person reads it.
func inWords(to bot.Address) string {
	switch {
	case to.User == "":
		return to.Channel
	case to.Channel == "":
		return called(to.User)
	}
	return called(to.User) + ", alone in " + to.Channel
}

// called is how a person reads the id of somebody.
func called(id string) string {
	if who, known := personOf(id); known {
		return who.Name
	}
	return id
}

func firstLine(v bot.View) string {
	if v.Title != "" {
		return v.Title
	}
	return v.Sense()
}

// Break lets a channel or a person take nothing any more, or again.
func (c *Company) Break(target string, broken bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken[target] = broken
	c.touched()
}
