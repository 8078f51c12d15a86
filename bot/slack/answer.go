package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"secadvisor/bot"
)

// ephemeral is an answer that one person sees, in the response to a command
// or through a response_url.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
type ephemeral struct {
	Type     string  `json:"response_type,omitempty"` // none where a message that lasts is replaced: it stays one
	Text     string  `json:"text"`
	Markdown bool    `json:"mrkdwn"`
	Blocks   []block `json:"blocks,omitempty"`
	Thread   string  `json:"thread_ts,omitempty"`
	Replace  bool    `json:"replace_original"`
}

// take gives a decoded request to the bot and returns the body of the
// response to it. An error means that Slack should send it again; where Slack
// never does so, the person gets a sentence instead.
func (p *Platform) take(ctx context.Context, r request) (body []byte, err error) {
	if r.left != "" && p.companies != nil {
		return nil, p.companies.leave(ctx, tenant(r.team), "", r.left)
	}
	if r.skip {
		return []byte(r.answer), nil
	}
	ctx, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	serves, err := p.serves(ctx, r)
	switch {
	case err != nil:
	case !serves:
		return p.notHere(ctx, r)
	default:
		body, err = p.turn(ctx, r)
	}
	if err == nil || r.event.Kind == bot.Submit || r.reply == "" {
		return body, err
	}
	p.log.Error("request failed", "kind", r.event.Kind, "err", err)
	return p.say(context.WithoutCancel(ctx), r, sorry, false)
}

// turn gives a request of a company to the bot, and answers it.
func (p *Platform) turn(ctx context.Context, r request) (body []byte, err error) {
	if refused := p.facts(ctx, &r); refused != nil {
		return p.reply(ctx, r, bot.Reply{Refused: refused})
	}
	reply, err := p.handler.Handle(ctx, r.event)
	if err == nil {
		body, err = p.reply(ctx, r, reply)
	}
	if err == nil && r.over && r.reply != "" && reply.View == nil {
		p.vanish(ctx, r)
	}
	if err == nil && r.event.Kind == bot.Submit && r.beneath != "" && reply.Refused == nil {
		p.formSent(ctx, r)
	}
	if err == nil && r.page != "" && reply.Form == nil && reply.Refused == nil {
		err = p.showPage(ctx, r)
	}
	return body, err
}

// showPage shows the bot's page anew: to whoever opened it, and after what
// somebody did there. What they did stays done if the page cannot be shown.
func (p *Platform) showPage(ctx context.Context, r request) error {
	err := p.page(ctx, r)
	if err == nil || r.event.Kind == bot.Installed {
		return err
	}
	p.log.Warn("the bot's page is not up to date", "err", err)
	return nil
}

// sorry is what a person reads whose command or press came to nothing.
var sorry = bot.View{Blocks: []bot.Block{bot.Say("That did not work just now, and it is not your doing. Please try again in a minute.")}}

// unseen is what a person reads whose command was done, where Slack does not take
// the answer to it.
var unseen = bot.View{Blocks: []bot.Block{bot.Say("Slack did not take my answer just now, and it is not your doing. To see it, please type that once more in a minute.")}}

func (p *Platform) reply(ctx context.Context, r request, reply bot.Reply) ([]byte, error) {
	switch {
	case reply.Form != nil:
		return nil, p.open(ctx, r, *reply.Form)
	case reply.Refused != nil:
		return json.Marshal(map[string]any{"response_action": "errors", "errors": reply.Refused})
	case reply.View == nil:
		return nil, nil
	case r.reply == "" && r.event.Kind != bot.Command:
		return nil, p.whisper(ctx, r.event, *reply.View)
	}
	body, err := p.say(ctx, r, *reply.View, !r.lasting)
	if err != nil {
		p.sayElsewhere(context.WithoutCancel(ctx), r, *reply.View, err)
	}
	return body, nil
}

// sayElsewhere shows an answer that its response_url did not take. What was
// pressed is done: nobody is told that it did not work.
func (p *Platform) sayElsewhere(ctx context.Context, r request, v bot.View, why error) {
	ctx, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	if err := p.whisper(ctx, r.event, v); err != nil {
		p.log.Error("an answer did not arrive", "kind", r.event.Kind, "err", errors.Join(why, err))
	}
}

// say shows a view to the one who asked: in the response to a command, else
// through the response_url, because the acknowledgement of a press cannot
// carry a message.
func (p *Platform) say(ctx context.Context, r request, v bot.View, replace bool) ([]byte, error) {
	gist, blocks := Render(v)
	command := r.event.Kind == bot.Command
	a := ephemeral{
		Type: "ephemeral", Text: gist, Blocks: blocks,
		Thread: r.thread, Replace: replace && !command,
	}
	if a.Replace && r.own {
		a.Type, a.Thread, a.Blocks = "", "", passed(blocks, r.event.ID)
	}
	body, err := json.Marshal(a)
	if err != nil || command {
		return body, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	return nil, p.respond(ctx, r.reply, body)
}

// whisper shows a view to the one who asked where Slack gave no response_url,
// as after a form, or where that takes nothing.
func (p *Platform) whisper(ctx context.Context, e bot.Event, v bot.View) error {
	to := bot.To(e.From.ID)
	if e.Place.Channel != "" && e.Place.Kind != bot.Direct {
		to.Channel, to.Thread = e.Place.Channel, e.Place.Thread
	}
	_, err := p.Deliver(ctx, bot.Post{ID: e.ID, Tenant: e.Tenant, To: to, View: v})
	if err != nil {
		return fmt.Errorf("slack: answer by a message: %w", err)
	}
	return nil
}

// facts adds what Slack knows of the person, the place and what was picked in
// a form, all asked for at the same time. A form that cannot be taken as it
// is comes back with why, by field.
func (p *Platform) facts(ctx context.Context, r *request) (refused map[string]string) {
	name := r.event.From.Name
	var asked sync.WaitGroup
	remembered, known := p.people.remembered(r.team, r.event.From.ID)
	person := remembered.Person
	if !known && !r.foreign {
		asked.Go(func() { person = p.people.person(ctx, r.team, r.event.From.ID) })
	}
	if len(r.event.Picked) > 0 {
		asked.Go(func() { refused = p.look(ctx, r) })
	}
	if !r.shared {
		room := p.places.room(ctx, r.event.Tenant, r.event.Place.Channel)
		r.event.Place.Kind, r.event.Place.Unsure = room.Kind, room.Unsure
	}
	asked.Wait()
	if r.foreign {
		person = bot.Person{ID: r.event.From.ID}
	}
	if person.Name == "" {
		person.Name = name
	}
	r.event.From = person
	if person.Unsure || r.event.Place.Unsure {
		p.log.Warn("Slack does not say just now who somebody is, or who reads a channel", "tenant", r.event.Tenant, "person", person.Unsure, "channel", r.event.Place.Unsure)
	}
	return refused
}
