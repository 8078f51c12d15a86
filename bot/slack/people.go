package slack

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"secadvisor/bot"
)

// people knows the verified facts about persons and places: what Slack says,
// remembered for a while.
type people struct {
	web    *web
	mu     sync.Mutex
	me     *Credential
	users  map[string]fact[bot.Person]
	places map[string]fact[bot.PlaceKind]
	direct memo
}

type fact[T any] struct {
	value T
	until time.Time
}

const (
	knownFor  = 15 * time.Minute
	lookUp    = time.Second // longer than that, and a person is a stranger for this once
	maxFacts  = 20000
	selfCheck = 5 * time.Second
)

func newPeople(w *web) *people {
	return &people{web: w, users: map[string]fact[bot.Person]{}, places: map[string]fact[bot.PlaceKind]{}}
}

// self is who the bot is; Slack is asked until it has answered once.
func (k *people) self(ctx context.Context) (Credential, error) {
	k.mu.Lock()
	me := k.me
	k.mu.Unlock()
	if me != nil {
		return *me, nil
	}
	var answer struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
	}
	ctx, cancel := context.WithTimeout(ctx, selfCheck)
	defer cancel()
	if err := k.web.call(ctx, "auth.test", url.Values{}, &answer); err != nil {
		if denied(err) {
			return Credential{}, fmt.Errorf("Slack does not accept the bot token: copy it again from OAuth & Permissions (%w)", err)
		}
		return Credential{}, fmt.Errorf("Slack cannot be asked who this bot is: %w", err)
	}
	c := Credential{Token: k.web.token, Team: answer.Team, Bot: answer.User}
	k.mu.Lock()
	k.me = &c
	k.mu.Unlock()
	return c, nil
}

// person is who a user id of a team is. Whoever cannot be looked up is a
// stranger.
func (k *people) person(ctx context.Context, team, id string) bot.Person {
	if p, ok := recall(k, k.users, id); ok {
		return p
	}
	stranger := bot.Person{ID: id}
	var answer struct {
		User struct {
			Team       string `json:"team_id"`
			Name       string `json:"real_name"`
			Zone       string `json:"tz"`
			Restricted bool   `json:"is_restricted"`
			Ultra      bool   `json:"is_ultra_restricted"`
			Stranger   bool   `json:"is_stranger"`
			Bot        bool   `json:"is_bot"`
			Deleted    bool   `json:"deleted"`
		} `json:"user"`
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	if err := k.web.call(ctx, "users.info", url.Values{"user": {id}}, &answer); err != nil {
		return stranger
	}
	u := answer.User
	p := bot.Person{ID: id, Name: u.Name, Zone: u.Zone}
	switch {
	case u.Stranger || u.Deleted || u.Team != team:
		p = stranger
	case u.Restricted || u.Ultra || u.Bot:
		p.Affiliation = bot.Guest
	default:
		p.Affiliation = bot.Home
	}
	keep(k, k.users, id, p)
	return p
}

// place is who reads along in a channel. One that cannot be looked up may be
// shared with other companies.
func (k *people) place(ctx context.Context, channel, name string) bot.PlaceKind {
	if channel == "" || strings.HasPrefix(channel, "D") || name == "directmessage" {
		return bot.Direct
	}
	if kind, ok := recall(k, k.places, channel); ok {
		return kind
	}
	var answer struct {
		Channel struct {
			Direct  bool  `json:"is_im"`
			Ext     bool  `json:"is_ext_shared"`
			Org     bool  `json:"is_org_shared"`
			Shared  *bool `json:"is_shared"`
			Pending bool  `json:"is_pending_ext_shared"`
		} `json:"channel"`
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	if err := k.web.call(ctx, "conversations.info", url.Values{"channel": {channel}}, &answer); err != nil {
		return bot.Shared
	}
	c, kind := answer.Channel, bot.Channel
	if c.Ext || c.Pending || c.Shared == nil || *c.Shared && !c.Org {
		kind = bot.Shared
	}
	if c.Direct {
		kind = bot.Direct
	}
	keep(k, k.places, channel, kind)
	return kind
}

// directMessages is the channel of somebody's direct messages with the bot.
func (k *people) directMessages(ctx context.Context, user string) (string, error) {
	if id, ok := k.direct.get(user); ok {
		return id, nil
	}
	var answer struct {
		Channel struct {
			ID string `json:"id"`
		} `json:"channel"`
	}
	if err := k.web.call(ctx, "conversations.open", map[string]string{"users": user}, &answer); err != nil {
		return "", err
	}
	k.direct.put(user, answer.Channel.ID)
	return answer.Channel.ID, nil
}

func recall[T any](k *people, from map[string]fact[T], id string) (T, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f, ok := from[id]
	return f.value, ok && time.Now().Before(f.until)
}

func keep[T any](k *people, in map[string]fact[T], id string, value T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(in) > maxFacts {
		clear(in)
	}
	in[id] = fact[T]{value, time.Now().Add(knownFor)}
}

// known is the bot's own user id, if Slack has told it.
func (k *people) known() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.me == nil {
		return ""
	}
	return k.me.Bot
}
