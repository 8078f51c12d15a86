package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/storage"
)

// customer is one company: people who ask, an owner who clicks through an
// assessment, and a reminder.
type customer struct {
	load  *traffic
	team  string
	space *fakeslack.Server

	written atomic.Int64 // questions typed to the bot that were acknowledged
	sent    atomic.Int64 // all events of its own, to number them

	clicking sync.Mutex // guards what follows
	run      string
	card     string // the message that the owner's question stands in
	step     int    // of the run, as it must be by now
	answered bool

	timer string // of its reminder
	rung  atomic.Bool
}

const tellsSorry = "did not work just now"

// settles installs the bot, describes the company, begins an assessment and
// sets a reminder.
func (c *customer) settles() {
	l := c.load
	code, err := c.installs()
	if err != nil {
		l.Errorf("%s: %v", c.team, err)
		return
	}
	c.space.Command(fakeslack.Owner, "", "/sec", "claim "+code)
	c.space.Command(fakeslack.Owner, "", "/sec", "assess")
	for _, label := range []string{"11 to 49", "An IT provider", "IT alone"} {
		m := c.shown(`"` + label + `"`)
		c.space.Press(fakeslack.Owner, m, label)
	}
	m := c.shown(`assess/answer/`)
	found := regexp.MustCompile(`assess/answer/(\w+)/(\d+)/`).FindStringSubmatch(string(m.Blocks))
	c.run, c.card = found[1], m.TS
	c.step, _ = strconv.Atoi(found[2])
	d := c.space.Command(fakeslack.Owner, "", "/sec", "remind quarterly")
	proposed, ok := d.Answer()
	if !ok {
		l.Errorf("%s is offered no reminder", c.team)
		return
	}
	c.space.Press(fakeslack.Owner, proposed, "Set it")
}

// installs keeps the company as the install page does, which lets in a few a
// minute only, and returns the code for its owner.
func (c *customer) installs() (code string, err error) {
	l := c.load
	back := l.config.Slack.Address + "/slack/oauth/callback"
	scopes := "commands,chat:write,im:write,im:history,app_mentions:read,files:write,users:read,channels:read,groups:read"
	page := l.hub.URL + "/oauth/v2/authorize?" + url.Values{"client_id": {fakeslack.ClientID}, "scope": {scopes}, "redirect_uri": {back}}.Encode()
	allowed, err := l.hub.Allow(page, c.team, fakeslack.Owner)
	if err != nil {
		return "", err
	}
	with, err := url.Parse(allowed)
	if err != nil {
		return "", err
	}
	response, err := http.PostForm(l.hub.APIURL()+"oauth.v2.access", url.Values{
		"client_id": {fakeslack.ClientID}, "client_secret": {fakeslack.ClientSecret}, "code": {with.Query().Get("code")}, "redirect_uri": {back},
	})
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var given struct {
		Token string `json:"access_token"`
		Error string `json:"error"`
	}
	if err := json.NewDecoder(response.Body).Decode(&given); err != nil || given.Token == "" {
		return "", fmt.Errorf("no token: %s, %w", given.Error, err)
	}
	return installs.In(l.store, time.Now).Install(l.Context(), slack.Kept{Company: slack.Company{
		Team: c.team, Name: "Company " + c.team, App: fakeslack.App, Bot: fakeslack.Bot, Scopes: strings.Split(scopes, ","),
		By: fakeslack.Owner, Since: time.Now(), Token: given.Token,
	}})
}

// shown waits for a message to the owner that holds some words.
func (c *customer) shown(words string) fakeslack.Message {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		for _, m := range c.space.DM(fakeslack.Owner) {
			if strings.Contains(string(m.Blocks), words) {
				return m
			}
		}
	}
	c.load.Fatalf("%s: the owner never sees %s", c.team, words)
	return fakeslack.Message{}
}

// asks types a command, and reads the answer in the response.
func (c *customer) asks() {
	q := questions[rand.IntN(len(questions))]
	n := c.sent.Add(1)
	body := url.Values{
		"team_id": {c.team}, "user_id": {fakeslack.Staff}, "channel_id": {fakeslack.Direct(fakeslack.Staff)}, "channel_name": {"directmessage"},
		"command": {"/sec"}, "text": {q.text}, "trigger_id": {fmt.Sprintf("ask.%d", n)},
	}.Encode()
	answer := c.load.acknowledged("/slack/commands", urlEncoded, []byte(body))
	if !strings.Contains(answer, q.answer) && c.load.Context().Err() == nil {
		c.load.Errorf("%s asks %s and is answered %.200q", c.team, q.text, answer)
	}
	c.load.questions.Add(1)
}

// writes sends a direct message; its answer is posted. One in ten comes twice.
func (c *customer) writes() {
	c.writesAs(fakeslack.Staff)
	c.written.Add(1)
}

func (c *customer) writesAs(user string) {
	n := c.sent.Add(1)
	ts := fmt.Sprintf("%d.%06d", 1772000000+n, 1)
	body, _ := json.Marshal(map[string]any{
		"type": "event_callback", "team_id": c.team, "api_app_id": fakeslack.App, "event_id": fmt.Sprintf("Ev%s-%d", c.team, n), "event_time": 1772000000 + n,
		"event": map[string]any{
			"type": "message", "channel_type": "im", "channel": fakeslack.Direct(user), "user": user,
			"text": questions[rand.IntN(len(questions))].text, "ts": ts, "event_ts": ts,
		},
	})
	c.load.acknowledged("/slack/events", "application/json", body)
	c.load.messages.Add(1)
	if rand.IntN(10) == 0 {
		c.load.acknowledged("/slack/events", "application/json", body)
	}
}

// posted counts the answers in the direct messages of whoever writes.
func (c *customer) posted() int { return len(c.space.DM(fakeslack.Staff)) }

// clicks answers the first question, or goes back to it: each moves the run on
// by one step, once. The caller holds clicking.
func (c *customer) clicks() {
	value := fmt.Sprintf("assess/answer/%s/%d/acc-mfa-email/yes", c.run, c.step)
	if c.answered {
		value = fmt.Sprintf("assess/back/%s/%d", c.run, c.step)
	}
	n := c.sent.Add(1)
	payload, _ := json.Marshal(map[string]any{
		"type": "block_actions", "trigger_id": fmt.Sprintf("click.%d", n), "team": map[string]string{"id": c.team}, "api_app_id": fakeslack.App,
		"user":      map[string]string{"id": fakeslack.Owner, "team_id": c.team},
		"channel":   map[string]string{"id": fakeslack.Direct(fakeslack.Owner), "name": "directmessage"},
		"container": map[string]any{"type": "message", "message_ts": c.card, "channel_id": fakeslack.Direct(fakeslack.Owner), "is_ephemeral": false},
		"actions":   []map[string]string{{"type": "button", "action_id": "a1", "block_id": "b", "value": value, "action_ts": fmt.Sprint(n)}},
	})
	body := []byte(url.Values{"payload": {string(payload)}}.Encode())
	told := c.told()
	c.load.acknowledged("/slack/actions", urlEncoded, body)
	if rand.IntN(10) == 0 {
		c.load.acknowledged("/slack/actions", urlEncoded, body)
	}
	c.load.pressed.Add(1)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if c.at() > c.step {
			break
		}
		if c.told() > told { // Slack did not say who they are: they read so, and nothing was changed
			c.load.refused.Add(1)
			return
		}
	}
	c.answered = !c.answered
	c.step++
}

// patience is how long the effect of something that was acknowledged may take
// before it counts as lost: longer than a lease and a failover.
const patience = 2 * time.Minute

// told counts how often the owner read that the bot does not know them.
func (c *customer) told() (n int) {
	for _, m := range append(c.space.DM(fakeslack.Owner), c.space.Ephemerals(fakeslack.Owner)...) {
		if strings.Contains(m.Text, "I can't tell just now whether you belong") {
			n++
		}
	}
	return n
}

// at is the step that the owner's card has come to.
func (c *customer) at() (step int) {
	for _, m := range c.space.DM(fakeslack.Owner) {
		for _, found := range regexp.MustCompile(`assess/(?:answer|back)/`+c.run+`/(\d+)`).FindAllStringSubmatch(string(m.Blocks), -1) {
			n, _ := strconv.Atoi(found[1])
			step = max(step, n)
		}
	}
	return step
}

// rings makes the reminder due now. The first time it comes; later it finds
// that its day has not come, and waits for it again.
func (c *customer) rings() {
	for c.load.Context().Err() == nil {
		_, err := c.load.store.Apply(c.load.Context(), "slack."+c.team, storage.Change{Timers: []storage.Timer{{Name: c.timer, At: c.load.clock.Now()}}})
		if err == nil {
			c.rung.Store(true)
			c.load.timers.Add(1)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// reminded counts the reminders that the owner got.
func (c *customer) reminded() (n int) {
	for _, m := range c.space.DM(fakeslack.Owner) {
		if strings.Contains(string(m.Blocks), "remind/") && !strings.HasPrefix(m.Text, "Set") {
			n++
		}
	}
	return n
}

// silenced puts the reminder off until it is rung.
func (c *customer) silenced(ctx context.Context, keeper storage.Keeper) {
	waiting, err := keeper.Waiting(ctx, "slack."+c.team)
	if err != nil {
		c.load.Error(err)
		return
	}
	for _, w := range waiting.Timers {
		if strings.HasPrefix(w.Name, "remind/") && strings.HasSuffix(w.Name, "/due") {
			c.timer = w.Name
		}
	}
	if c.timer == "" {
		c.load.Errorf("%s has no reminder among %v", c.team, waiting.Timers)
		return
	}
	if _, err := c.load.store.Apply(ctx, "slack."+c.team, storage.Change{Timers: []storage.Timer{{Name: c.timer, At: c.load.clock.Now().AddDate(1, 0, 0)}}}); err != nil {
		c.load.Error(err)
	}
}
