package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// Begin sets the clock of a company in which nothing has happened yet.
func (c *Company) Begin(at time.Time) { c.back.Clock.Move(at) }

// Find looks for a button among what somebody sees in direct messages, from the
// latest message back.
func (c *Company) Find(who bot.Person, wanted func(bot.Button) bool) (message string, b bot.Button, found bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range slices.Backward(c.said) {
		if m.at != play.Direct(who.ID).Channel {
			continue
		}
		all := m.view.Actions()
		if i := slices.IndexFunc(all, wanted); i >= 0 {
			return m.id, all[i], true
		}
	}
	return "", b, false
}

// Enter presses what opens a form, in direct messages, and sends the form with
// values by field; what is not named stays as the form proposes it.
func (c *Company) Enter(ctx context.Context, who bot.Person, a bot.Action, values map[string]string) error {
	at := play.Direct(who.ID)
	if err := c.Press(ctx, who, at, "", a); err != nil {
		return err
	}
	s := seat{who.ID, at.Channel}
	c.mu.Lock()
	f := c.forms[s]
	c.mu.Unlock()
	if f == nil {
		return fmt.Errorf("web: %s opens no form", a)
	}
	filled := map[string]string{}
	for _, in := range f.Fields {
		filled[in.ID] = in.Value
		if v, named := values[in.ID]; named {
			filled[in.ID] = v
		}
	}
	if err := c.Fill(ctx, who, at, f.id, filled); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forms[s] == f {
		return fmt.Errorf("web: %s refuses the form: %v", a, f.why)
	}
	return nil
}

// settled ends what happened before a visitor came: they see what the advisor
// sent by itself, as something that everybody has read.
func (c *Company) settled() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = slices.DeleteFunc(c.said, func(m *message) bool { return m.key == "" && m.file == nil })
	for _, p := range play.Cast() {
		for _, r := range append(roomsOf(p), room{id: play.Direct(p.ID).Channel}) {
			c.seen[seat{p.ID, r.id}] = c.rev
		}
	}
}
