package slack

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"secadvisor/bot"
)

// Config is what an installation tells of its Slack app.
type Config struct {
	Mode          string   `yaml:"mode" env:"MODE"` // socket or http
	SigningSecret string   `yaml:"signing_secret" env:"SIGNING_SECRET"`
	BotToken      string   `yaml:"bot_token" env:"BOT_TOKEN"`
	AppToken      string   `yaml:"app_token" env:"APP_TOKEN"`
	APIURL        string   `yaml:"api_url" env:"API_URL"` // Slack's own unless something else speaks its language
	Owners        []string `yaml:"owners" env:"OWNERS"`   // user ids of people who are owners without a claim code

	// For many companies, each of which installs the bot itself: instead of a
	// bot token and owners.
	ClientID     string `yaml:"client_id" env:"CLIENT_ID"`
	ClientSecret string `yaml:"client_secret" env:"CLIENT_SECRET"`
	AppID        string `yaml:"app_id" env:"APP_ID"`
	Address      string `yaml:"address" env:"ADDRESS"`     // where browsers reach this server: https://bot.example.com
	KeepDays     int    `yaml:"keep_days" env:"KEEP_DAYS"` // so long a company's data are kept after it took the bot out
}

// String, GoString and LogValue never show a secret.
func (c Config) String() string { return "slack " + c.Mode }

// GoString is String, for %#v.
func (c Config) GoString() string { return c.String() }

// LogValue is String, for logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

const slackAPI = "https://slack.com/api/"

// Platform is the bot in Slack. It is a bot.Platform.
type Platform struct {
	config  Config
	command string
	handler bot.Handler
	log     *slog.Logger
	web     *web
	people  *people
	places  *places
	shared  *facts[bool]  // files that have arrived, by post
	limit   time.Duration // for answering a request of Slack's
	stagger time.Duration // between two sockets

	companies *companies    // that have installed the bot; nil: the token is of one
	installs  *rate.Limiter // that strangers begin
	hearing   atomic.Int32  // sockets that are open
}

// answerWithin leaves half a second of the three that Slack gives.
// https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
const answerWithin = 2500 * time.Millisecond

// New checks the configuration. It does not speak to Slack yet.
func New(c Config, command string, handler bot.Handler, log *slog.Logger) (*Platform, error) {
	c.APIURL = c.api()
	if err := c.check(); err != nil {
		return nil, err
	}
	w := c.web()
	return &Platform{
		config: c, command: command, handler: handler, log: log,
		web: w, people: newPeople(w), places: newPlaces(w), shared: newFacts[bool](sharedFor, sharedFor),
		limit: answerWithin, stagger: stagger, installs: rate.NewLimiter(installsPerSecond, installsAtOnce),
	}, nil
}

// api is the address that methods follow, with its slash.
func (c Config) api() string {
	switch {
	case c.APIURL == "":
		return slackAPI
	case strings.HasSuffix(c.APIURL, "/"):
		return c.APIURL
	}
	return c.APIURL + "/"
}

func (c Config) check() error {
	var faults []error
	need := func(ok bool, name, where string) {
		if !ok {
			faults = append(faults, fmt.Errorf("slack.%s is missing (SECADVISOR_SLACK_%s): %s", name, strings.ToUpper(name), where))
		}
	}
	if c.Many() {
		faults = append(faults, c.checkMany()...)
	} else {
		need(strings.HasPrefix(c.BotToken, "xoxb-") || strings.HasPrefix(c.BotToken, "xoxe."), "bot_token", "it begins with xoxb- and stands under OAuth & Permissions")
	}
	if c.Mode == "http" {
		need(c.SigningSecret != "", "signing_secret", "it stands under Basic Information")
	} else {
		need(strings.HasPrefix(c.AppToken, "xapp-"), "app_token", "it begins with xapp-; make one under Basic Information, App-Level Tokens, with connections:write")
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && !loopback(u.Hostname())) {
		faults = append(faults, errors.New("slack.api_url must be an https address"))
	}
	return errors.Join(faults...)
}

func loopback(host string) bool { return host == "127.0.0.1" || host == "localhost" || host == "::1" }
