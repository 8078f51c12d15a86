package slack

import (
	"net/url"

	"secadvisor/bot"
)

// decodeCommand reads a slash command. The channel's name in it proves
// nothing: anybody can name a channel "directmessage".
// https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
func decodeCommand(form url.Values, command string) (request, error) {
	if form.Get("ssl_check") == "1" { // Slack tries the address now and then
		return request{skip: true}, nil
	}
	team, user, trigger := form.Get("team_id"), form.Get("user_id"), form.Get("trigger_id")
	if form.Get("command") != command || team == "" || user == "" || trigger == "" {
		return request{}, errNotOurs
	}
	return request{
		event: bot.Event{
			ID: "command/" + trigger, Kind: bot.Command, Tenant: tenant(team), Inline: true,
			From:  bot.Person{ID: user, Name: form.Get("user_name")},
			Place: bot.Place{Channel: form.Get("channel_id")},
			Text:  plain(form.Get("text")),
		},
		team:    team,
		reply:   form.Get("response_url"),
		trigger: trigger,
	}, nil
}
