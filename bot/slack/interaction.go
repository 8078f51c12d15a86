package slack

import (
	"encoding/json"
	"slices"
	"strings"

	"secadvisor/bot"
)

// interaction is the part of an interaction payload that the bot reads.
// https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	Team        struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		Ephemeral bool   `json:"is_ephemeral"`
		Channel   string `json:"channel_id"`
		Thread    string `json:"thread_ts"`
		Message   string `json:"message_ts"`
	} `json:"container"`
	Message struct {
		Text   string `json:"text"`
		Thread string `json:"thread_ts"`
	} `json:"message"`
	Actions []pressed `json:"actions"`
	View    submitted `json:"view"`
}

// pressed is a button that was pressed, or a menu with the choice made.
type pressed struct {
	Block    string  `json:"block_id"`
	ID       string  `json:"action_id"`
	Value    string  `json:"value"`
	Selected *choice `json:"selected_option"`
	At       string  `json:"action_ts"`
}

type choice struct {
	Value string `json:"value"`
}

// submitted is a form that was sent, or the page that was pressed on.
type submitted struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Hash     string `json:"hash"`
	Metadata string `json:"private_metadata"`
	Team     string `json:"app_installed_team_id"` // of a form: where the bot is installed
	Title    text   `json:"title"`
	State    struct {
		Values map[string]map[string]struct {
			Value    *string `json:"value"`
			Selected *choice `json:"selected_option"`
			User     *string `json:"selected_user"`
			Channel  *string `json:"selected_conversation"`
		} `json:"values"`
	} `json:"state"`
}

// whoHandles is the message shortcut, as the manifest names it.
const whoHandles = "who_handles"

// decodeInteraction reads a press, a form or a message shortcut.
func decodeInteraction(raw []byte) (request, error) {
	var in interaction
	if err := json.Unmarshal(raw, &in); err != nil || in.Team.ID == "" || in.User.ID == "" {
		return request{}, errNotOurs
	}
	team := in.Team.ID
	if in.View.Team != "" { // in a channel shared with another company, the team may be theirs
		team = in.View.Team
	}
	r := request{
		event: bot.Event{
			Tenant: tenant(team), Inline: true,
			From:  bot.Person{ID: in.User.ID, Name: in.User.Name},
			Place: bot.Place{Channel: in.Channel.ID, Thread: in.Message.Thread},
		},
		team: team, reply: in.ResponseURL, trigger: in.TriggerID,
		foreign: in.User.Team != "" && in.User.Team != team,
	}
	switch {
	case in.Type == "block_actions":
		return in.press(r)
	case in.Type == "view_submission":
		return in.submit(r)
	case in.Type == "message_action" && in.CallbackID == whoHandles:
		r.event.Kind, r.event.ID, r.event.Text = bot.Message, "shortcut/"+in.TriggerID, plain(in.Message.Text)
		r.thread, r.lasting = in.Message.Thread, true
		return r, nil
	case in.Type == "view_closed":
		return request{skip: true}, nil
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
	if r.event.Place.Thread == "" {
		r.event.Place.Thread = in.Container.Thread // an ephemeral message comes without itself
	}
	r.thread = r.event.Place.Thread
	r.event.Kind, r.event.Action = bot.Click, action
	r.event.ID = "press/" + in.TriggerID + "/" + a.At
	r.own = !in.Container.Ephemeral && strings.HasPrefix(a.Block, passing)
	r.lasting = !in.Container.Ephemeral && !r.own
	if r.own {
		r.beneath = in.Container.Message
	}
	r.over = !r.lasting && strings.HasPrefix(a.ID, vanishing)
	if in.Container.Type == "view" && in.View.Type == "home" {
		r.page = in.TriggerID
	}
	return r, nil
}

// formMemory is what a form carries along: what it means, and where it was
// opened.
type formMemory struct {
	Action  bot.Action `json:"a"`
	Channel string     `json:"c,omitempty"`
	Thread  string     `json:"t,omitempty"`
	Lines   []string   `json:"l,omitempty"` // fields whose text may have several
	Page    bool       `json:"p,omitempty"` // it was opened on the bot's own page
	Beneath string     `json:"b,omitempty"` // the answer in direct messages that it was opened on
}

func (in interaction) submit(r request) (request, error) {
	var memory formMemory
	if err := json.Unmarshal([]byte(in.View.Metadata), &memory); err != nil || memory.Action.Flow == "" {
		return request{}, errNotOurs
	}
	r.event.Kind, r.event.Action = bot.Submit, memory.Action
	r.event.ID = "submit/" + in.View.ID + "/" + in.View.Hash
	r.event.Place = bot.Place{Channel: memory.Channel, Thread: memory.Thread}
	r.event.Inline = false
	if memory.Page {
		r.page = r.event.ID
	}
	r.beneath, r.form = memory.Beneath, in.View.Title.Text
	r.event.Values = map[string]string{}
	for field, inner := range in.View.State.Values {
		for _, v := range inner {
			switch {
			case v.Value != nil && slices.Contains(memory.Lines, field):
				r.event.Values[field] = cleanLines(*v.Value)
			case v.Value != nil:
				r.event.Values[field] = clean(*v.Value)
			case v.Selected != nil:
				r.event.Values[field] = v.Selected.Value
			case v.User != nil:
				r.pick(field, *v.User)
			case v.Channel != nil:
				r.pick(field, *v.Channel)
			}
		}
	}
	return r, nil
}

// maxPicks bounds how much is looked up for one form.
const maxPicks = 20

// pick notes what was chosen; facts looks it up.
func (r *request) pick(field, id string) {
	if id == "" || len(r.event.Picked) == maxPicks {
		return
	}
	if r.event.Picked == nil {
		r.event.Picked = map[string]bot.Picked{}
	}
	r.event.Values[field] = id
	r.event.Picked[field] = bot.Picked{ID: id}
}
