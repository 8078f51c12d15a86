package slack

import (
	"context"
	"encoding/json"
	"net/url"
)

// envelope is what arrives on a socket.
// https://docs.slack.dev/apis/events-api/using-socket-mode#events
type envelope struct {
	Type    string          `json:"type"`
	ID      string          `json:"envelope_id"`
	Reason  string          `json:"reason"`
	Payload json.RawMessage `json:"payload"`
}

// ackLimit is how large an answer in an acknowledgement may be: Slack drops
// those of 20 KB. A larger one goes through the response_url.
const ackLimit = 19 << 10

// answerEnvelope takes what a socket brought and acknowledges it. What could
// not be taken is not acknowledged, so that Slack sends it again.
func (p *Platform) answerEnvelope(l *link, e envelope) {
	ctx := context.Background() // the request is finished even if the bot is stopping
	r, err := p.decodeEnvelope(e)
	if err != nil {
		p.log.Warn("envelope refused", "type", e.Type)
		r = request{skip: true} // again it would be no better
	}
	body, err := p.take(ctx, r)
	if err != nil {
		p.log.Error("envelope failed", "type", e.Type, "err", err)
		return
	}
	if len(body) >= ackLimit {
		body = p.sayLater(ctx, r, body)
	}
	if err := l.ack(e.ID, body); err != nil {
		p.log.Warn("acknowledgement lost", "type", e.Type)
	}
}

// sayLater sends an answer that is too large for the acknowledgement, and
// returns what the acknowledgement carries instead.
func (p *Platform) sayLater(ctx context.Context, r request, body []byte) []byte {
	ctx, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	err := p.respond(ctx, r.reply, body)
	if err == nil {
		return nil
	}
	p.log.Error("answer lost", "kind", r.event.Kind, "err", err)
	body, _ = p.say(ctx, r, unseen, false) // to a command it only encodes
	return body
}

func (p *Platform) decodeEnvelope(e envelope) (request, error) {
	switch e.Type {
	case "slash_commands":
		var fields map[string]any
		if err := json.Unmarshal(e.Payload, &fields); err != nil {
			return request{}, errNotOurs
		}
		form := url.Values{}
		for name, v := range fields {
			if s, ok := v.(string); ok {
				form.Set(name, s)
			}
		}
		return decodeCommand(form, p.command)
	case "interactive":
		return decodeInteraction(e.Payload)
	case "events_api":
		return decodeEvent(e.Payload, p.people.me.user())
	}
	return request{}, errNotOurs
}
