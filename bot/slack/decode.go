package slack

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"secadvisor/bot"
)

// request is what Slack sent, verified and decoded: an event, and what is
// needed to answer within the request.
type request struct {
	event   bot.Event
	team    string // of the person
	place   string // the channel's name, as far as it is told
	reply   string // response_url
	trigger string // for opening a form
	lasting bool   // the click was on a message that others may see: an answer goes beside it
	skip    bool   // nothing for the bot to do
	answer  string // the response's body, where Slack wants one and the bot has no say
}

var errNotOurs = errors.New("slack: not a request that this app knows")

// decodeCommand reads a slash command.
// https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
func decodeCommand(form url.Values, command string) (request, error) {
	if form.Get("command") != command || form.Get("team_id") == "" || form.Get("user_id") == "" {
		return request{}, errNotOurs
	}
	return request{
		event: bot.Event{
			ID: "command/" + form.Get("trigger_id"), Kind: bot.Command, Tenant: tenant(form.Get("team_id")), Inline: true,
			From:  bot.Person{ID: form.Get("user_id"), Name: form.Get("user_name")},
			Place: bot.Place{Channel: form.Get("channel_id")},
			Text:  plain(form.Get("text")),
		},
		team:    form.Get("team_id"),
		place:   form.Get("channel_name"),
		reply:   form.Get("response_url"),
		trigger: form.Get("trigger_id"),
	}, nil
}

// interaction is the part of an interaction payload that the bot reads.
// https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	ActionTS    string `json:"action_ts"`
	Team        struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"channel"`
	Container struct {
		Ephemeral bool   `json:"is_ephemeral"`
		Channel   string `json:"channel_id"`
		Message   string `json:"message_ts"`
	} `json:"container"`
	Message struct {
		Text   string `json:"text"`
		TS     string `json:"ts"`
		Thread string `json:"thread_ts"`
	} `json:"message"`
	Actions []struct {
		ActionID string `json:"action_id"`
		BlockID  string `json:"block_id"`
		Type     string `json:"type"`
		Value    string `json:"value"`
		ActionTS string `json:"action_ts"`
		Selected *struct {
			Value string `json:"value"`
		} `json:"selected_option"`
	} `json:"actions"`
	View struct {
		ID       string `json:"id"`
		Hash     string `json:"hash"`
		Metadata string `json:"private_metadata"`
		State    struct {
			Values map[string]map[string]struct {
				Value    *string `json:"value"`
				Selected *struct {
					Value string `json:"value"`
				} `json:"selected_option"`
			} `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

// decodeInteraction reads a press, a form or a message shortcut.
func decodeInteraction(raw []byte) (request, error) {
	var in interaction
	if err := json.Unmarshal(raw, &in); err != nil {
		return request{}, errNotOurs
	}
	if in.Team.ID == "" || in.User.ID == "" {
		return request{}, errNotOurs
	}
	r := request{
		event: bot.Event{
			Tenant: tenant(in.Team.ID), Inline: true,
			From:  bot.Person{ID: in.User.ID, Name: in.User.Name},
			Place: bot.Place{Channel: in.Channel.ID, Thread: in.Message.Thread},
		},
		team: in.Team.ID, place: in.Channel.Name, reply: in.ResponseURL, trigger: in.TriggerID,
	}
	switch in.Type {
	case "block_actions":
		return in.press(r)
	case "view_submission":
		return in.submit(r)
	case "message_action":
		r.event.Kind, r.event.ID, r.event.Text = bot.Message, "shortcut/"+in.TriggerID, plain(in.Message.Text)
		r.lasting = true
		return r, nil
	case "view_closed", "shortcut":
		r.skip = true
		return r, nil
	}
	return request{}, errNotOurs
}

func (in interaction) press(r request) (request, error) {
	if len(in.Actions) != 1 {
		return request{}, errNotOurs
	}
	a := in.Actions[0]
	value := a.Value
	if a.Selected != nil {
		value = a.Selected.Value
	}
	action, err := bot.ParseAction(value)
	if err != nil {
		return request{}, errNotOurs
	}
	if r.event.Place.Channel == "" {
		r.event.Place.Channel = in.Container.Channel
	}
	r.event.Kind, r.event.Action = bot.Click, action
	r.event.ID = "press/" + in.TriggerID + "/" + a.ActionTS
	r.event.Inline = in.Container.Ephemeral
	r.lasting = !in.Container.Ephemeral
	return r, nil
}

// formMemory is what a form carries along: what it means, and where it was
// opened.
type formMemory struct {
	Action  bot.Action `json:"a"`
	Channel string     `json:"c,omitempty"`
	Name    string     `json:"n,omitempty"`
	Reply   string     `json:"-"`
}

func (in interaction) submit(r request) (request, error) {
	var memory formMemory
	if err := json.Unmarshal([]byte(in.View.Metadata), &memory); err != nil || memory.Action.Flow == "" {
		return request{}, errNotOurs
	}
	r.event.Kind, r.event.Action = bot.Submit, memory.Action
	r.event.ID = "submit/" + in.View.ID + "/" + in.View.Hash
	r.event.Place.Channel, r.place = memory.Channel, memory.Name
	r.event.Inline = false
	r.event.Values = map[string]string{}
	for field, inner := range in.View.State.Values {
		for _, v := range inner {
			switch {
			case v.Value != nil:
				r.event.Values[field] = plain(*v.Value)
			case v.Selected != nil:
				r.event.Values[field] = v.Selected.Value
			}
		}
	}
	return r, nil
}

// callback is the part of an Events API request that the bot reads.
// https://docs.slack.dev/apis/events-api/#callback-field
type callback struct {
	Type      string `json:"type"`
	Challenge string `json:"challenge"`
	Team      string `json:"team_id"`
	EventID   string `json:"event_id"`
	Shared    bool   `json:"is_ext_shared_channel"`
	Event     struct {
		Type        string `json:"type"`
		Subtype     string `json:"subtype"`
		User        string `json:"user"`
		UserTeam    string `json:"user_team"`
		Bot         string `json:"bot_id"`
		Channel     string `json:"channel"`
		ChannelType string `json:"channel_type"`
		Text        string `json:"text"`
		Thread      string `json:"thread_ts"`
	} `json:"event"`
}

// decodeEvent reads something that happened: a direct message, a mention,
// somebody opening the app.
func decodeEvent(raw []byte, self string) (request, error) {
	var c callback
	if err := json.Unmarshal(raw, &c); err != nil {
		return request{}, errNotOurs
	}
	if c.Type == "url_verification" {
		return request{skip: true, answer: c.Challenge}, nil
	}
	if c.Type != "event_callback" || c.Team == "" || c.EventID == "" {
		return request{}, errNotOurs
	}
	e := c.Event
	r := request{
		event: bot.Event{
			ID: c.EventID, Kind: bot.Message, Tenant: tenant(c.Team),
			From:  bot.Person{ID: e.User},
			Place: bot.Place{Channel: e.Channel, Thread: e.Thread},
			Text:  plain(withoutMention(e.Text, self)),
		},
		team: c.Team,
	}
	switch {
	case e.User == "" || e.Bot != "" || e.User == self || e.Subtype != "":
		r.skip = true
	case e.Type == "message" && e.ChannelType == "im", e.Type == "app_mention":
	case e.Type == "app_home_opened":
		r.event.Kind, r.event.ID, r.event.Text = bot.Installed, "home/"+e.User, ""
	default:
		r.skip = true
	}
	return r, nil
}

// withoutMention drops the bot's own name from a text that mentions it.
func withoutMention(text, self string) string {
	if self == "" {
		return text
	}
	return strings.TrimSpace(strings.ReplaceAll(text, "<@"+self+">", " "))
}
