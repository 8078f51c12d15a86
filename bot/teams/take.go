package teams

import (
	"context"
	"hash/maphash"
	"net/http"
	"strings"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// take answers one activity of an organisation that is ours. What it knows
// nothing of is acknowledged.
// https://learn.microsoft.com/en-us/azure/bot-service/bot-builder-basics-teams#teams-invoke-activities
func (p *Platform) take(w http.ResponseWriter, r *http.Request, a activity, b Bot) {
	if a.From.ID == "" { // it is nobody's
		return
	}
	at := place{Service: a.ServiceURL, Conversation: a.Conversation.ID, Bot: b.AppID, BotID: a.Recipient.ID}
	p.doors.keep(a.tenant(), at, p.now().Add(doorFor))
	if a.Type == schema.ConversationUpdate { // others may read it now
		p.rooms.forget(a.tenant() + "/" + a.channel())
	}
	switch {
	case a.Type == schema.Message && len(a.Value) > 2 && a.Text == "":
		p.pressed(w, r, a, at)
	case a.Type == schema.Message:
		p.said(w, r, a, at)
	case a.Type == schema.Invoke:
		p.invoked(w, r, a, at)
	case a.Type == schema.InstallationUpdate && a.Action == "add",
		a.Type == schema.ConversationUpdate && a.addsBot():
		e := p.event(r.Context(), a, at)
		e.Kind, e.ID = bot.Installed, "installed/"+e.Place.Channel+"/"+e.From.ID
		p.finish(w, r, e)
	}
}

func (p *Platform) invoked(w http.ResponseWriter, r *http.Request, a activity, at place) {
	switch a.Name {
	case "adaptiveCard/action":
		p.pressed(w, r, a, at)
	case "composeExtension/fetchTask", "composeExtension/submitAction", "task/fetch", "task/submit":
		p.dialog(w, r, a, at)
	case "composeExtension/query":
		writeJSON(w, map[string]any{"composeExtension": map[string]any{"type": "result", "attachmentLayout": "list", "attachments": []any{}}})
	default:
		writeJSON(w, map[string]any{})
	}
}

// Teams sends a message again that is not acknowledged within 15 s, and takes
// a press for failed that is not answered within 3 s. Of the first, sending
// gets sendFor, after what is looked up; of a press, everything that is asked
// of Teams ends after pressFor, and who somebody is after knowFor.
const (
	sendFor  = 5 * time.Second
	pressFor = 2500 * time.Millisecond
	knowFor  = 1500 * time.Millisecond
)

// doorFor is how long the address of an organisation's Teams counts, after it
// was last heard from.
const doorFor = 365 * 24 * time.Hour

// tenant is the company of an activity.
func (a activity) tenant() string { return "teams." + strings.ToLower(a.Conversation.TenantID) }

// eventID is the same whenever Teams sends an activity again; empty: it has
// none.
func (a activity) eventID() string {
	if a.ID == "" {
		return ""
	}
	return a.Conversation.ID + "/" + a.ID
}

func (a activity) addsBot() bool {
	for _, m := range a.Added {
		if m.ID == a.Recipient.ID {
			return true
		}
	}
	return false
}

// event is what every activity tells: who, where, and how to answer.
func (p *Platform) event(ctx context.Context, a activity, at place) bot.Event {
	e := bot.Event{ID: a.eventID(), Tenant: a.tenant()}
	e.From = p.person(ctx, a, at)
	e.Place = bot.Place{Channel: a.channel(), Kind: a.kind()}
	reach := place{Service: at.Service, Conversation: a.channel(), Bot: at.Bot, BotID: at.BotID}
	if e.Place.Kind == bot.Direct {
		reach.User = a.From.ID
	} else {
		e.Aside = !a.Recipient.Targeted
		e.From.Reach = place{Service: at.Service, Bot: at.Bot, BotID: at.BotID, User: a.From.ID}.reach()
	}
	e.Reach = reach.reach()
	if e.Place.Kind == bot.Channel {
		room := p.readers(ctx, reach, e.Tenant)
		e.Place.Kind, e.Place.Unsure = room.Kind, room.Unsure
	}
	return e
}

// said takes a message. An answer that is all there is to show is sent before
// anything is stored, and the message acknowledged after that; where sending
// fails, or more is shown, it goes through the outbox. That to a slash command
// is sent there where nobody else sees it. Teams sends again what is not
// acknowledged; what this process has answered, it does not answer twice.
func (p *Platform) said(w http.ResponseWriter, r *http.Request, a activity, at place) {
	e := p.event(r.Context(), a, at)
	id := maphash.Comparable(p.seed, [2]string{e.Tenant, e.ID})
	taken, sent := p.answered.get(id, p.now())
	if e.ID == "" {
		taken, sent = false, false
	}
	if taken {
		return
	}
	e.Kind, e.Text, e.Unstored = bot.Message, a.said(), true
	reply, err := p.handler.Handle(r.Context(), e)
	switch {
	case err != nil:
	case !sent && !p.sent(r.Context(), a, at, drawn(reply, pressed{}, nil, screen{in: a.elsewhere()})):
		e.Unstored = false
		_, err = p.handler.Handle(r.Context(), e)
	case reply.Keep != nil:
		err = reply.Keep(r.Context())
		sent = true
	}
	if err == nil || sent {
		p.answered.keep(id, err == nil, p.now().Add(memoFor))
	}
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}

// sent shows an answer as answer does, within its time. It reports whether that was
// done, or cannot be.
func (p *Platform) sent(ctx context.Context, a activity, at place, c *card) bool {
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	err := p.answer(ctx, a, at, c)
	if bot.OutcomeOf(err).Permanent {
		p.log.Warn("an answer did not arrive", "tenant", a.tenant(), "err", err)
		return true
	}
	return err == nil
}

// drawn is a reply as a card; nil: there is nothing to show.
func drawn(reply bot.Reply, data pressed, values map[string]string, on screen) *card {
	switch {
	case reply.View != nil:
		return render(*reply.View, on)
	case reply.Form != nil:
		return form(*reply.Form, nil, nil, on)
	case reply.Refused != nil && data.Form != nil:
		return form(*data.Form, values, reply.Refused, on)
	}
	return nil
}

// answer shows a card to whoever asked, and to nobody else: there where only
// they see it, or in their own conversation with the bot. Where it is not clear
// whether the card arrived it is sent again, a few times while there is time: an
// answer that comes twice does no harm.
func (p *Platform) answer(ctx context.Context, a activity, at place, c *card) (err error) {
	if c == nil {
		return nil
	}
	for range tries {
		err = p.answerAlone(ctx, a, at, c)
		if o := bot.OutcomeOf(err); err == nil || o.Permanent || o.After > 0 || !bot.Rest(ctx, p.calls.pause) {
			return err
		}
	}
	return err
}

func (p *Platform) answerAlone(ctx context.Context, a activity, at place, c *card) error {
	if a.kind() == bot.Direct {
		_, err := p.calls.post(ctx, at, c)
		return err
	}
	if a.Recipient.Targeted {
		if _, err := p.calls.postTo(ctx, at, a.From.ID, c); err == nil {
			return nil
		}
	}
	own, err := p.calls.direct(ctx, at, a.From.ID, a.Conversation.TenantID)
	if err != nil {
		return err
	}
	_, err = p.calls.post(ctx, own, c)
	return err
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(plain(v)) // who is gone does not hear it
}

// finish takes an event that is answered by what comes of it.
func (p *Platform) finish(w http.ResponseWriter, r *http.Request, e bot.Event) {
	if _, err := p.handler.Handle(r.Context(), e); err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}
