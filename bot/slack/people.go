package slack

import (
	"context"
	"net/url"
	"strings"
	"time"

	"secadvisor/bot"
)

// people knows the verified facts about persons: what Slack says of them.
type people struct {
	web    *web
	known  *facts[profile]
	direct *facts[string] // the channel of a person's direct messages with the bot
	me     me
}

const (
	personFor = 15 * time.Minute
	lapsedFor = time.Hour              // while Slack does not answer, the last it said counts
	lookUp    = 800 * time.Millisecond // longer than that, and who a person is stays unsure for this once
	askAgain  = 100 * time.Millisecond // later, where Slack failed, and twice that the next time
	directFor = 24 * time.Hour
)

func newPeople(w *web) *people {
	return &people{
		web:    w,
		known:  newFacts[profile](personFor, lapsedFor),
		direct: newFacts[string](directFor, directFor),
		me:     me{web: w, fresh: selfFor},
	}
}

// account is what Slack says of a person.
// https://docs.slack.dev/reference/objects/user-object
type account struct {
	ID         string `json:"id"`
	Team       string `json:"team_id"`
	Name       string `json:"real_name"`
	Zone       string `json:"tz"`
	Restricted bool   `json:"is_restricted"`
	Ultra      bool   `json:"is_ultra_restricted"`
	Stranger   bool   `json:"is_stranger"`
	Bot        bool   `json:"is_bot"`
	Deleted    bool   `json:"deleted"`
}

// profile is who a user id is.
type profile struct {
	bot.Person
	machine bool // an app, not a person
}

// remembered is keyed by company too: somebody at home in one workspace is
// not at home in the next.
func (k *people) remembered(team, id string) (profile, bool) {
	return k.known.recall(team + "/" + id)
}

func (k *people) person(ctx context.Context, team, id string) bot.Person {
	return k.profile(ctx, team, id).Person
}

// profile asks who a user id of a team is, and again while there is time.
// Whoever cannot be looked up is a stranger.
func (k *people) profile(ctx context.Context, team, id string) profile {
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	var answer account
	err := again(ctx, func() (err error) {
		answer, err = k.info(ctx, team, id)
		return err
	})
	if err != nil {
		if p, ok := k.known.last(team + "/" + id); ok && !refused(err) {
			return p
		}
		return profile{bot.Person{ID: id, Unsure: !refused(err)}, id == slackbot}
	}
	p := profile{answer.person(team, id), answer.Bot || id == slackbot}
	k.known.keep(team+"/"+id, p)
	return p
}

func (k *people) info(ctx context.Context, team, id string) (account, error) {
	var answer struct {
		User account `json:"user"`
	}
	err := k.web.call(ctx, tenant(team), "users.info", url.Values{"user": {id}}, &answer)
	return answer.User, err
}

// slackbot is Slack's own, of which it does not say that it is a bot.
const slackbot = "USLACKBOT"

func (a account) person(team, id string) bot.Person {
	p := bot.Person{ID: id, Name: a.Name, Zone: a.Zone}
	switch {
	case a.ID != id || a.Team != team || a.Stranger || a.Deleted || a.Bot:
		p.Affiliation = bot.Foreign
	case a.Restricted || a.Ultra:
		p.Affiliation = bot.Guest
	default:
		p.Affiliation = bot.Home
	}
	return p
}

// isGuest reports whether somebody is a guest of a company for certain: while
// Slack does not say, they are not.
func (k *people) isGuest(ctx context.Context, company, id string) bool {
	team := strings.TrimPrefix(company, tenant(""))
	p, known := k.remembered(team, id)
	if !known {
		p = k.profile(ctx, team, id)
	}
	return p.Affiliation == bot.Guest
}

// directMessages is the channel of somebody's direct messages with the bot.
func (k *people) directMessages(ctx context.Context, tenant, user string) (string, error) {
	if id, ok := k.direct.recall(tenant + "/" + user); ok {
		return id, nil
	}
	var answer struct {
		Channel struct {
			ID string `json:"id"`
		} `json:"channel"`
	}
	if err := k.web.call(ctx, tenant, "conversations.open", map[string]string{"users": user}, &answer); err != nil {
		return "", err
	}
	k.direct.keep(tenant+"/"+user, answer.Channel.ID)
	return answer.Channel.ID, nil
}
