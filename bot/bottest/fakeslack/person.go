package fakeslack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// Command types a slash command: Command(Owner, General, "/sec", "assess").
// In channel "" it is typed to the bot directly. It returns when the bot has
// acknowledged, or not in time.
func (s *Server) Command(user, channel, command, words string) *Delivery {
	words = s.typed(words, true)
	s.mu.Lock()
	u, c, err := s.scene(user, channel)
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	answer := s.newResponse("commands", response{user: user, channel: c.ID})
	fields := url.Values{
		"token": {verification}, "team_id": {s.set.team}, "team_domain": {"fake"}, "api_app_id": {App},
		"channel_id": {c.ID}, "channel_name": {c.label()}, "user_id": {user}, "user_name": {u.Name},
		"command": {command}, "text": {words}, "response_url": {answer}, "trigger_id": {s.newTrigger(user, "")},
		"is_enterprise_install": {"false"},
	}
	s.mu.Unlock()
	d := &Delivery{Kind: Commands, ID: fields.Get("trigger_id"), Trigger: fields.Get("trigger_id"), ResponseURL: answer, form: fields}
	d.show = func(kind string, body []byte) { s.showCommandAnswer(d, kind, body) }
	return s.send(d)
}

// Press presses a button of a message, as the person sees it: a message that
// was looked at earlier sends what it showed then.
func (s *Server) Press(user string, m Message, label string) *Delivery {
	act, ok := m.Button(label)
	if !ok {
		return s.unsent(fmt.Errorf("no button %q; there are %q", label, m.Buttons()))
	}
	return s.use(user, m, act, nil)
}

// Select chooses from the menu, picker or overflow of a message that offers
// the option.
func (s *Server) Select(user string, m Message, option string) *Delivery {
	act, ok := menuWith(m.Controls(), option)
	if !ok {
		return s.unsent(fmt.Errorf("nothing offers %q; there are %q", option, m.Options()))
	}
	state, err := act.choose(option)
	if err != nil {
		return s.unsent(err)
	}
	return s.use(user, m, act, state)
}

func (s *Server) use(user string, m Message, act Control, state map[string]any) *Delivery {
	s.mu.Lock()
	u, c, err := s.scene(user, m.Channel)
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	payload, answer := s.pressed(u, c, m, act, state)
	s.mu.Unlock()
	return s.interact(payload, answer, nil)
}

// interact sends the payload of an interaction.
func (s *Server) interact(payload map[string]any, answer string, show func(*Delivery, []byte)) *Delivery {
	trigger, _ := payload["trigger_id"].(string)
	d := &Delivery{Kind: Interactive, ID: trigger, Trigger: trigger, ResponseURL: answer}
	d.payload, _ = json.Marshal(payload)
	d.form = url.Values{"payload": {string(d.payload)}}
	if show != nil {
		d.show = func(_ string, body []byte) { show(d, body) }
	}
	return s.send(d)
}

// Shortcut uses a message shortcut of the bot on any message.
func (s *Server) Shortcut(user string, m Message, callback string) *Delivery {
	s.mu.Lock()
	u, c, err := s.scene(user, m.Channel)
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	p := s.interaction("message_action", u, "")
	p["callback_id"], p["channel"], p["message_ts"] = callback, where(c), m.TS
	p["message"] = s.showMessage(&m, true)
	p["action_ts"], _ = s.newTS()
	answer := s.newResponse("actions", response{user: user, channel: c.ID, message: m.TS})
	p["response_url"] = answer
	s.mu.Unlock()
	return s.interact(p, answer, nil)
}

// Say writes to a channel without calling the bot.
func (s *Server) Say(user, channel, words string) Message {
	words = s.typed(words, false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(user, channel, "", words).copy()
}

func (s *Server) write(user, channel, thread, words string) *Message {
	m := &Message{Channel: channel, User: user, Thread: thread, Content: Content{Text: words, Blocks: richText(words)}}
	s.say(m)
	return m
}

// DMText writes to the bot directly.
func (s *Server) DMText(user, words string) *Delivery {
	return s.tellBot("message", user, Direct(user), "", words)
}

// Mention calls the bot in a channel: the text follows its name.
func (s *Server) Mention(user, channel, words string) *Delivery {
	return s.tellBot("app_mention", user, channel, "", "@secadvisor "+words)
}

// MentionUnder calls the bot in the thread of a message.
func (s *Server) MentionUnder(user string, m Message, words string) *Delivery {
	thread := m.TS
	if m.Thread != "" {
		thread = m.Thread
	}
	return s.tellBot("app_mention", user, m.Channel, thread, "@secadvisor "+words)
}

func (s *Server) tellBot(kind, user, channel, thread, words string) *Delivery {
	words = s.typed(words, false)
	s.mu.Lock()
	u, c, err := s.scene(user, channel)
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	event := s.wrote(kind, s.write(user, channel, thread, words), c)
	outer, id := s.callback(event, u, c)
	s.mu.Unlock()
	return s.sendEvent(outer, id)
}

// HomeOpened opens the bot's Home.
func (s *Server) HomeOpened(user string) *Delivery { return s.opened(user, "home") }

// MessagesOpened opens the direct conversation with the bot.
func (s *Server) MessagesOpened(user string) *Delivery { return s.opened(user, "messages") }

func (s *Server) opened(user, tab string) *Delivery {
	s.mu.Lock()
	u, c, err := s.scene(user, "")
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	event := map[string]any{"type": "app_home_opened", "user": user, "channel": c.ID, "tab": tab}
	event["event_ts"], _ = s.newTS()
	if v := s.homes[user]; v != nil && tab == "home" {
		event["view"] = s.showView(v)
	}
	outer, id := s.callback(event, u, c)
	s.mu.Unlock()
	return s.sendEvent(outer, id)
}

// Event sends any other event, such as app_uninstalled.
func (s *Server) Event(event map[string]any) *Delivery {
	s.mu.Lock()
	if event["event_ts"] == nil {
		event["event_ts"], _ = s.newTS()
	}
	outer, id := s.callback(event, nil, nil)
	s.mu.Unlock()
	return s.sendEvent(outer, id)
}

func (s *Server) sendEvent(outer map[string]any, id string) *Delivery {
	d := &Delivery{Kind: Events, ID: id}
	d.payload, _ = json.Marshal(outer)
	return s.send(d)
}

// scene finds who acts and where, and says what is impossible in Slack. The
// caller holds the lock.
func (s *Server) scene(user, channel string) (*User, *Channel, error) {
	u := s.users[user]
	if u == nil {
		return nil, nil, fmt.Errorf("there is no user %s", user)
	}
	if channel == "" || strings.HasPrefix(channel, "D") && s.channels[channel] == nil {
		channel = Direct(user)
	}
	c := s.channel(channel)
	if c == nil {
		return nil, nil, fmt.Errorf("there is no channel %s", channel)
	}
	return u, c, nil
}
