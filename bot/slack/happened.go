package slack

import (
	"encoding/json"
	"slices"
	"strings"

	"secadvisor/bot"
)

// callback is the part of an Events API request that the bot reads.
// https://docs.slack.dev/apis/events-api/#callback-field
type callback struct {
	Type      string `json:"type"`
	Challenge string `json:"challenge"`
	Team      string `json:"team_id"`
	EventID   string `json:"event_id"`
	Shared    bool   `json:"is_ext_shared_channel"`
	Installed []struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
		Bot  bool   `json:"is_bot"`
	} `json:"authorizations"`
	Event json.RawMessage `json:"event"`
}

type happened struct {
	Type        string `json:"type"`
	Subtype     string `json:"subtype"`
	User        string `json:"user"`
	UserTeam    string `json:"user_team"`
	Bot         string `json:"bot_id"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	Text        string `json:"text"`
	Thread      string `json:"thread_ts"`
	Tab         string `json:"tab"` // of the app, that was opened
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"` // that were revoked: whose
}

// decodeEvent reads something that happened: a direct message, a mention,
// somebody opening the app. Self is the bot's own user id, if known.
func decodeEvent(raw []byte, self string) (request, error) {
	var c callback
	if err := json.Unmarshal(raw, &c); err != nil {
		return request{}, errNotOurs
	}
	if c.Type == "url_verification" {
		return request{skip: true, answer: c.Challenge}, nil
	}
	if c.Type != "event_callback" || c.EventID == "" {
		return request{}, errNotOurs
	}
	team := c.Team
	if len(c.Installed) > 0 { // in a channel shared with another company, team_id may be theirs
		team = c.Installed[0].Team
		if c.Installed[0].Bot {
			self = c.Installed[0].User
		}
	}
	if team == "" {
		return request{}, errNotOurs
	}
	e := readHappened(c.Event)
	if why := e.ended(); why != "" {
		return request{team: team, left: why, skip: true}, nil
	}
	if e.byMachine(self) || !e.wanted() {
		return request{skip: true}, nil
	}
	return c.request(e, team, self), nil
}

// kinds are the kinds of events that the bot asks for.
var kinds = []string{"message", "app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked"}

// readHappened reads an event of a kind that the bot asked for. Others may
// have any shape: they are acknowledged and left alone.
func readHappened(raw []byte) (e happened) {
	var kind struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(raw, &kind) != nil || !slices.Contains(kinds, kind.Type) {
		return happened{}
	}
	if json.Unmarshal(raw, &e) != nil {
		return happened{}
	}
	return e
}

func (c callback) request(e happened, team, self string) request {
	r := request{
		event: bot.Event{
			ID: c.EventID, Kind: bot.Message, Tenant: tenant(team),
			From:  bot.Person{ID: e.User},
			Place: bot.Place{Channel: e.Channel, Thread: e.Thread},
			Text:  plain(withoutMention(start(e.Text), self)),
		},
		team:    team,
		foreign: e.UserTeam != "" && e.UserTeam != team,
		shared:  c.Shared,
	}
	if e.Type == "app_home_opened" {
		r.event.Kind, r.event.ID, r.event.Text = bot.Installed, "home/"+e.User, ""
		if e.Tab == "home" {
			r.page = c.EventID
		}
	}
	return r
}

// ended is why the bot may have no more access to the workspace.
// https://docs.slack.dev/reference/events/tokens_revoked
func (e happened) ended() string {
	switch {
	case e.Type == "app_uninstalled":
		return "the bot was taken out of the workspace"
	case e.Type == "tokens_revoked" && len(e.Tokens.Bot) > 0:
		return reasons["token_revoked"]
	}
	return ""
}

// byMachine reports whether no person did it: an answer to the bot's own
// message would have no end.
func (e happened) byMachine(self string) bool {
	return e.User == "" || e.Bot != "" || e.User == self || e.User == slackbot
}

// wanted reports whether the bot was spoken to. Edits, joins and the like are
// messages too, with a subtype.
func (e happened) wanted() bool {
	switch e.Type {
	case "message":
		return e.ChannelType == "im" && (e.Subtype == "" || e.Subtype == "file_share" || e.Subtype == "thread_broadcast")
	case "app_mention":
		return e.Subtype == "" || e.Subtype == "file_share" || e.Subtype == "thread_broadcast"
	}
	return e.Type == "app_home_opened"
}

// withoutMention drops the bot's own name, <@U1> or <@U1|name>, from a text.
func withoutMention(text, self string) string {
	if self == "" {
		return text
	}
	before, rest, found := strings.Cut(text, "<@"+self)
	if !found || rest == "" || rest[0] != '>' && rest[0] != '|' {
		return text
	}
	_, after, closed := strings.Cut(rest, ">")
	if !closed {
		return text
	}
	return before + " " + withoutMention(after, self)
}
