package slack

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"secadvisor/bot"
)

// Installation is what Slack tells of the bot that a token belongs to.
type Installation struct {
	Team    string // the workspace's id
	Company string // the workspace's name
	Bot     string // the bot's name there
	App     string // the app's id; empty if Slack does not tell
	Scopes  []string
	Clock   time.Time // Slack's, to the second; zero if it does not tell
}

// Installed asks Slack about the bot token, for whoever sets a bot up: nothing
// else of the configuration has to be there yet.
// https://docs.slack.dev/reference/methods/auth.test
func (c Config) Installed(ctx context.Context) (Installation, error) {
	w := c.web()
	var me struct {
		TeamID string `json:"team_id"`
		Team   string `json:"team"`
		User   string `json:"user"`
		BotID  string `json:"bot_id"`
	}
	head, err := w.ask(ctx, c.BotToken, "auth.test", url.Values{}, &me)
	if err != nil {
		return Installation{Clock: clock(head)}, err
	}
	if me.TeamID == "" || me.BotID == "" {
		return Installation{}, errors.New("slack: auth.test: the answer tells of no bot")
	}
	i := Installation{Team: me.TeamID, Company: me.Team, Bot: me.User, Clock: clock(head)}
	for scope := range strings.SplitSeq(head.Get("X-OAuth-Scopes"), ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			i.Scopes = append(i.Scopes, scope)
		}
	}
	var about struct {
		Bot struct {
			App string `json:"app_id"`
		} `json:"bot"`
	}
	if err := w.callAs(ctx, c.BotToken, "bots.info", url.Values{"bot": {me.BotID}}, &about); err == nil {
		i.App = about.Bot.App
	}
	return i, nil
}

// Connects asks Slack whether the app token opens sockets. It opens none.
// https://docs.slack.dev/reference/methods/apps.connections.open
func (c Config) Connects(ctx context.Context) error {
	p := Platform{config: c, web: c.web()}
	_, err := p.socketAddress(ctx)
	return err
}

// Person asks Slack who a user id is.
func (c Config) Person(ctx context.Context, team, id string) (bot.Person, error) {
	var answer struct {
		User account `json:"user"`
	}
	if err := c.web().callAs(ctx, c.BotToken, "users.info", url.Values{"user": {id}}, &answer); err != nil {
		return bot.Person{}, err
	}
	return answer.User.person(team, id), nil
}

// Said is Slack's own word for no, such as invalid_auth; empty where Slack
// gave no answer.
func Said(err error) string {
	var no *apiError
	if !errors.As(err, &no) {
		return ""
	}
	return no.code
}

func (c Config) web() *web {
	return &web{api: c.api(), access: oneToken(c.BotToken), transport: newTransport()}
}

// clock is the time that the head of an answer tells.
func clock(head http.Header) time.Time {
	at, err := http.ParseTime(head.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return at
}
