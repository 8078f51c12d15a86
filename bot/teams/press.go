package teams

import (
	"net/http"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// pressed answers a button: with a card in place of the one that was pressed,
// for the one who pressed.
func (p *Platform) pressed(w http.ResponseWriter, r *http.Request, a activity, at place) {
	press, data, err := a.press()
	if err != nil {
		writeJSON(w, http.StatusOK, invokeMessage(olderButton))
		return
	}
	reply, err := p.handler.Handle(r.Context(), p.pressEvent(r, a, at, press, data))
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	c := drawn(reply, data, press.Values, screen{kept: data.Fresh, user: a.From.ID})
	beside := data.Kept || a.Type != schema.Invoke
	switch {
	case beside && p.answer(r.Context(), a, at, c), c == nil:
		writeJSON(w, http.StatusOK, invokeMessage(""))
	case beside:
		writeJSON(w, http.StatusOK, invokeMessage(c.Fallback))
	default:
		writeJSON(w, http.StatusOK, map[string]any{"statusCode": 200, "type": cardType, "value": c})
	}
}

const olderButton = "That button is from an older version of me. Type a question instead."

// pressEvent completes what a press says by who pressed, where, and what
// Teams knows of those they chose.
func (p *Platform) pressEvent(r *http.Request, a activity, at place, press bot.Event, data pressed) bot.Event {
	e := p.event(r.Context(), a, at)
	e.Kind, e.Action, e.Values, e.Inline = press.Kind, press.Action, press.Values, true
	e.Picked = p.picked(r.Context(), at, e.Tenant, data.Form, press.Values)
	return e
}

func invokeMessage(text string) map[string]any {
	return map[string]any{"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
}
