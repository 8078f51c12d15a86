package teams

import (
	"cmp"
	"context"
	"maps"
	"net/http"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// pressed answers a button: with a card in place of the one that was pressed,
// for the one who pressed.
func (p *Platform) pressed(w http.ResponseWriter, r *http.Request, a activity, at place) {
	press, data, err := a.press()
	if err != nil {
		invoked(w, nil, olderButton)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), pressFor)
	defer cancel()
	e := p.pressEvent(ctx, a, at, press, data)
	reply, err := p.handler.Handle(r.Context(), e)
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	on := screen{user: a.From.ID, in: cmp.Or(data.In, a.elsewhere())}
	if data.Fresh {
		on.key = data.Key
	}
	c := drawn(reply, data, press.Values, on)
	switch {
	case c == nil:
		invoked(w, inPlace(a, e, data, reply), "Done.")
	case data.Key != "" && !data.Fresh || a.Type != schema.Invoke:
		err, now := p.answer(ctx, a, at, c), inPlace(a, e, data, reply)
		if err != nil {
			p.log.Warn("an answer did not arrive", "tenant", a.tenant(), "err", err)
			now = nil // the outbox changes the card, and only the note tells of the answer
		}
		invoked(w, now, whereItIs(a, c, reply, err))
	default:
		invoked(w, c, "")
	}
}

// whereItIs tells for a moment where the answer to a press stands or, if it did not
// arrive, what it says; what could be pressed on it needs another try.
func whereItIs(a activity, c *card, reply bot.Reply, err error) string {
	switch {
	case err != nil && (reply.View == nil || len(reply.View.Actions()) > 0):
		return "Teams did not take my whole answer: please press the same once more in a moment. It says: " + c.sense
	case err != nil:
		return c.sense
	case a.kind() != bot.Direct:
		return "The answer is in your own chat with me."
	}
	return "The answer is below."
}

// invoked answers a press by a card in place of the one that was pressed or,
// where there is none, by a text that is shown for a moment. That must not be
// empty: Teams takes it for a failure and sends the press again.
func invoked(w http.ResponseWriter, c *card, note string) {
	said := map[string]any{"statusCode": http.StatusOK, "type": "application/vnd.microsoft.activity.message", "value": note}
	if c != nil {
		said["type"], said["value"] = cardType, c
	}
	writeJSON(w, said)
}

// inPlace is what a card that lasts shows after a press, if the press changed
// it, and what stands where a form was sent.
func inPlace(a activity, e bot.Event, data pressed, reply bot.Reply) *card {
	if data.Form != nil && reply.Refused == nil {
		return render(bot.View{Title: data.Form.Title, Blocks: []bot.Block{bot.Small("Filled in. It goes on below.")}}, screen{})
	}
	for _, shown := range reply.Shown {
		switch {
		case a.kind() != bot.Direct:
		case data.In != "" && shown.To.Channel == data.In:
			return render(bot.View{Title: "It goes on where you asked", Blocks: []bot.Block{bot.Small("Everybody there reads it.")}}, screen{})
		case shown.Key == data.Key && shown.To == bot.To(e.From.ID):
			return render(shown.View, screen{key: data.Key, user: a.From.ID})
		}
	}
	if data.Over && reply.View == nil {
		return render(bot.View{Title: "That worked now", Blocks: []bot.Block{bot.Small("You see it where you pressed first.")}}, screen{})
	}
	return nil
}

const olderButton = "That button is from an older version of me. Type a question instead."

// pressEvent completes what a press says by who pressed, where, and what
// Teams knows of those they chose.
func (p *Platform) pressEvent(ctx context.Context, a activity, at place, press bot.Event, data pressed) bot.Event {
	ctx, cancel := context.WithTimeout(ctx, knowFor)
	defer cancel()
	id := a.eventID()
	a, sure := p.asked(ctx, a, at, data.In)
	e := p.event(ctx, a, at)
	e.Place.Unsure = e.Place.Unsure || !sure
	e.ID, e.Kind, e.Action, e.Inline = id, press.Kind, press.Action, true
	e.Values = maps.Clone(press.Values) // a form that comes back shows what was typed, not its ids
	if e.From.Affiliation == bot.Home { // what others choose counts nowhere
		at.Conversation = a.channel()
		e.Picked = p.picked(ctx, at, e, data.Form, e.Values)
	}
	return e
}
