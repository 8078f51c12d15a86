package web

import (
	"context"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// Say is what somebody types in a place.
func (c *Company) Say(ctx context.Context, who bot.Person, at bot.Place, text string) error {
	return c.act(ctx, func(ctx context.Context) error {
		c.mu.Lock()
		c.add(&message{at: at.Channel, by: &who, text: text})
		c.mu.Unlock()
		_, err := c.send(ctx, who, at, bot.Event{Kind: bot.Message, Text: text}, "")
		return err
	})
}

// Press is a press of a button of a message, as the button was when it was
// shown. Authority never follows from it: anybody can forge one.
func (c *Company) Press(ctx context.Context, who bot.Person, at bot.Place, message string, a bot.Action) error {
	return c.act(ctx, func(ctx context.Context) error {
		_, err := c.send(ctx, who, at, bot.Event{Kind: bot.Click, Action: a}, message)
		return err
	})
}

// Greet tells the advisor once that somebody is here for the first time.
func (c *Company) Greet(ctx context.Context, who bot.Person) error {
	c.mu.Lock()
	known := c.greeted[who.ID]
	c.greeted[who.ID] = true
	c.mu.Unlock()
	if known {
		return nil
	}
	return c.act(ctx, func(ctx context.Context) error {
		e := c.stamp(who, play.Direct(who.ID), bot.Event{Kind: bot.Installed})
		e.ID = "home/" + who.ID
		return c.take(ctx, e, "")
	})
}

// look asks for the advisor's own page as somebody sees it.
func (c *Company) look(ctx context.Context, who bot.Person) (bot.View, error) {
	reply, err := c.back.Engine.Handle(ctx, c.stamp(who, play.Direct(who.ID), bot.Event{Kind: bot.Looked}))
	if err != nil || reply.View == nil {
		return bot.View{Title: "There is nothing here yet."}, err
	}
	return *reply.View, nil
}

// send gives an event to the engine and shows what comes back at once. Refused
// is why a form was not taken, by field.
func (c *Company) send(ctx context.Context, who bot.Person, at bot.Place, e bot.Event, pressed string) (refused map[string]string, err error) {
	e = c.stamp(who, at, e)
	reply, err := c.back.Engine.Handle(ctx, e)
	if err != nil || reply.Refused != nil {
		return reply.Refused, err
	}
	c.show(e, reply, pressed)
	return nil, nil
}

func (c *Company) take(ctx context.Context, e bot.Event, pressed string) error {
	reply, err := c.back.Engine.Handle(ctx, e)
	if err == nil {
		c.show(e, reply, pressed)
	}
	return err
}

// stamp completes an event as a platform does: who, where, when, and an id.
func (c *Company) stamp(who bot.Person, at bot.Place, e bot.Event) bot.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.ID, e.Tenant, e.From, e.Place, e.Inline, e.Now = c.next(), play.Tenant, who, at, true, c.Now()
	return e
}

// show puts a reply where whoever acted sees it: an answer to a press takes
// the place of the message that was pressed, if only they see it and it does
// not last.
func (c *Company) show(e bot.Event, r bot.Reply, pressed string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.Form != nil {
		c.open(seat{e.From.ID, e.Place.Channel}, *r.Form, pressed)
	}
	if r.View == nil {
		return
	}
	m := c.find(pressed)
	if m != nil && m.by == nil && m.key == "" && (m.only == e.From.ID || e.Place.Kind == bot.Direct) && m.readBy(e.From) {
		c.edit(m, *r.View, nil)
		return
	}
	answer := &message{at: e.Place.Channel, view: *r.View}
	if e.Place.Kind != bot.Direct {
		answer.only = e.From.ID
	}
	c.add(answer)
}
