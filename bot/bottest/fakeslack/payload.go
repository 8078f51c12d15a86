package fakeslack

import (
	"encoding/json"
	"time"
)

// The payloads are those of docs.slack.dev/reference/interaction-payloads and
// docs.slack.dev/interactivity/implementing-slash-commands.

// verification is the old token that every payload still carries.
const verification = "fakeslack-verification"

// newTrigger gives a person the right to open a form, and an id to it. The
// caller holds the lock.
func (s *Server) newTrigger(user, view string) string {
	s.tidy()
	now := s.set.now()
	id := stamp(now.UnixMicro()) + "." + s.newID("") + "." + secret()
	s.triggers[id] = &trigger{user: user, until: now.Add(s.set.triggerLife), view: view}
	return id
}

// tidy forgets what has expired for long, now and then.
func (s *Server) tidy() {
	const often = 4096
	if s.serial%often != 0 {
		return
	}
	long := s.set.now().Add(-time.Hour)
	for id, t := range s.triggers {
		if t.until.Before(long) {
			delete(s.triggers, id)
		}
	}
	for id, r := range s.responses {
		if r.until.Before(long) {
			delete(s.responses, id)
		}
	}
}

// interaction begins the payload of any interaction.
func (s *Server) interaction(kind string, u *User, view string) map[string]any {
	return map[string]any{
		"type": kind, "token": verification, "api_app_id": App, "trigger_id": s.newTrigger(u.ID, view),
		"team":       map[string]any{"id": s.set.team, "domain": "fake"},
		"user":       map[string]any{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.Team},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

// where is the channel in a payload.
func where(c *Channel) map[string]any { return map[string]any{"id": c.ID, "name": c.label()} }

// label is what Slack calls a channel in commands and interactions.
func (c *Channel) label() string {
	switch {
	case c.direct():
		return "directmessage"
	case c.Private:
		return "privategroup"
	}
	return c.Name
}

// pressed is the payload of using a control in a message.
func (s *Server) pressed(u *User, c *Channel, m Message, act Control, state map[string]any) (map[string]any, string) {
	p := s.interaction("block_actions", u, "")
	p["channel"] = where(c)
	p["container"] = map[string]any{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.For != ""}
	p["state"] = map[string]any{"values": states(m.Controls(), act, state)}
	if m.For == "" {
		shown := s.showMessage(&m, true)
		shown["blocks"] = withIDs(m.Blocks, m.seed())
		p["message"] = shown
	}
	url := s.newResponse("actions", response{user: u.ID, channel: c.ID, message: m.TS, private: m.For != ""})
	p["response_url"] = url
	p["actions"] = []any{s.action(act, state)}
	return p, url
}

// pressedIn is the payload of pressing a button of a form or Home.
func (s *Server) pressedIn(u *User, v *View, act Control) map[string]any {
	p := s.interaction("block_actions", u, v.ID)
	p["container"] = map[string]any{"type": "view", "view_id": v.ID}
	shown := s.showView(v)
	shown["state"] = map[string]any{"values": states(v.Controls(), act, nil)}
	p["view"] = shown
	p["actions"] = []any{s.action(act, nil)}
	return p
}

// action is the control as it was used.
func (s *Server) action(act Control, state map[string]any) map[string]any {
	a := map[string]any{"type": act.Type, "block_id": act.Block, "action_id": act.Action}
	for _, name := range []string{"text", "value", "style", "url", "placeholder", "confirm", "initial_option"} {
		if given, ok := act.raw[name]; ok {
			a[name] = given
		}
	}
	for name, value := range state {
		a[name] = value
	}
	a["action_ts"], _ = s.newTS()
	return a
}

// states are the values of all controls that hold one.
func states(all []Control, act Control, state map[string]any) map[string]map[string]any {
	values := map[string]map[string]any{}
	for _, c := range all {
		if c.Type == "button" || c.Type == "overflow" {
			continue
		}
		held, err := c.choose(c.initial())
		if err != nil {
			continue
		}
		if c.Block == act.Block && c.Action == act.Action {
			held = state
		}
		put(values, c, held)
	}
	return values
}

func put(values map[string]map[string]any, c Control, held map[string]any) {
	if values[c.Block] == nil {
		values[c.Block] = map[string]any{}
	}
	values[c.Block][c.Action] = held
}

// callback is the outer part of an event.
func (s *Server) callback(event map[string]any, u *User, c *Channel) (map[string]any, string) {
	id := s.newID("Ev0")
	outer := map[string]any{
		"type": "event_callback", "token": verification, "team_id": s.set.team, "context_team_id": s.set.team, "context_enterprise_id": nil,
		"api_app_id": App, "event": event, "event_id": id, "event_time": s.set.now().Unix(),
		"is_ext_shared_channel": c != nil && c.ExtShared, "event_context": "4-" + id,
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": s.set.team, "user_id": Bot, "is_bot": true, "is_enterprise_install": false,
		}},
	}
	if u != nil && u.Team != s.set.team {
		event["user_team"], event["source_team"] = u.Team, u.Team
	}
	return outer, id
}

// wrote is the event of a message that a person wrote.
func (s *Server) wrote(kind string, m *Message, c *Channel) map[string]any {
	event := map[string]any{
		"type": kind, "channel": c.ID, "user": m.User, "text": m.Text, "ts": m.TS, "event_ts": m.TS,
		"team": s.users[m.User].Team, "client_msg_id": secret(), "blocks": m.Blocks,
	}
	if m.Thread != "" {
		event["thread_ts"] = m.Thread
	}
	if kind == "message" {
		event["channel_type"] = "im"
	}
	return event
}

// richText is what Slack makes of a line that a person types.
func richText(words string) json.RawMessage {
	raw, _ := json.Marshal([]any{map[string]any{"type": "rich_text", "block_id": secret()[:5], "elements": []any{
		map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": words}}},
	}}})
	return raw
}
