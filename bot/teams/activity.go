package teams

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// activity is what Teams sends. The schema's own type loses what mentions
// hold and takes only objects as values, so those are read here.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
type activity struct {
	Type         schema.ActivityTypes       `json:"type"`
	ID           string                     `json:"id"`
	Name         string                     `json:"name"` // of an invoke
	ServiceURL   string                     `json:"serviceUrl"`
	ChannelID    string                     `json:"channelId"`
	From         schema.ChannelAccount      `json:"from"`
	Recipient    recipient                  `json:"recipient"`
	Conversation schema.ConversationAccount `json:"conversation"`
	Text         string                     `json:"text"`
	Action       string                     `json:"action"` // of an installationUpdate
	Value        json.RawMessage            `json:"value"`
	Entities     []entity                   `json:"entities"`
	Added        []schema.ChannelAccount    `json:"membersAdded"`
	ChannelData  struct {
		Channel struct {
			Type string `json:"type"` // "shared": people of other organisations may read it
		} `json:"channel"`
	} `json:"channelData"`
}

// recipient is the bot; Targeted: nobody but the sender sees the message.
// https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
type recipient struct {
	schema.ChannelAccount
	Targeted bool `json:"isTargeted"`
}

type entity struct {
	Type      string                `json:"type"`
	Text      string                `json:"text"`
	Mentioned schema.ChannelAccount `json:"mentioned"`
	TimeZone  string                `json:"timezone"`
}

var errShape = errors.New("teams: the activity cannot be read")

// read decodes a body that was verified.
func read(body []byte) (a activity, err error) {
	if err := json.Unmarshal(body, &a); err != nil {
		return a, errShape
	}
	if a.Type == "" || a.Conversation.ID == "" || a.ServiceURL == "" {
		return a, errShape
	}
	return a, nil
}

// said is the text of a message, without the mentions of the bot. What people
// wrote that only looks like a mention stays.
func (a activity) said() string {
	text := a.Text
	for _, e := range a.Entities {
		if e.Type == "mention" && e.Mentioned.ID == a.Recipient.ID && e.Text != "" {
			text = strings.Replace(text, e.Text, " ", 1)
		}
	}
	text = strings.TrimSpace(text)
	if a.Recipient.Targeted && a.Recipient.Name != "" { // a slash command begins with the bot's name
		text = strings.TrimPrefix(text, "/"+a.Recipient.Name)
	}
	return strings.TrimSpace(text)
}

// zone is the time zone that the sender's client tells.
func (a activity) zone() string {
	for _, e := range a.Entities {
		if e.Type == "clientInfo" {
			return e.TimeZone
		}
	}
	return ""
}

// kind is who reads along, as far as the activity itself tells.
func (a activity) kind() bot.PlaceKind {
	switch a.Conversation.ConversationType {
	case "personal":
		return bot.Direct
	case "groupChat", "channel":
		if a.ChannelData.Channel.Type == "shared" {
			return bot.Shared
		}
		return bot.Channel
	}
	return bot.Shared
}

// channel is the id of a conversation, without the message of the channel that
// it hangs on.
func (a activity) channel() string {
	id, _, _ := strings.Cut(a.Conversation.ID, ";")
	return id
}

// sent is what a card sends when somebody presses a button, or a window.
type sent struct {
	Action struct {
		Data json.RawMessage `json:"data"`
	} `json:"action"`
	Data json.RawMessage `json:"data"` // of a window
}

// press reads a button, a choice of a menu, or a form, out of what a card
// sent: the data of Execute, or those of Submit, which stand alone.
func (a activity) press() (e bot.Event, data pressed, err error) {
	raw := a.Value
	if a.Type == schema.Invoke {
		var s sent
		if err := json.Unmarshal(a.Value, &s); err != nil {
			return e, data, errShape
		}
		if raw = s.Action.Data; len(raw) == 0 {
			raw = s.Data
		}
	}
	var inputs map[string]any
	if json.Unmarshal(raw, &data) != nil || json.Unmarshal(raw, &inputs) != nil {
		return e, data, errShape
	}
	text := data.Action
	if data.Menu != "" {
		text, _ = inputs[data.Menu].(string)
	}
	e.Kind = bot.Click
	if data.Form != nil {
		e.Kind, text = bot.Submit, data.Form.Action.String()
		e.Values = map[string]string{}
		for _, in := range data.Form.Fields {
			value, _ := inputs[fieldPrefix+in.ID].(string)
			e.Values[in.ID] = value
		}
	}
	if text == "" {
		return e, data, errShape
	}
	e.Action, err = bot.ParseAction(text)
	return e, data, err
}
