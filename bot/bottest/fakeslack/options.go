package fakeslack

import (
	"testing"
	"time"
)

// Option changes how a server behaves.
type Option func(*settings)

type settings struct {
	team, name   string // of the workspace
	secret       string
	bot, app     string // tokens
	seed         uint64
	scopes       map[string]bool // nil: all of them
	ackWithin    time.Duration
	retryAfter   []time.Duration
	triggerLife  time.Duration
	responseLife time.Duration
	pingEvery    time.Duration
	refreshGrace time.Duration
	keep         int
	keepCalls    int
	postEvery    time.Duration
	postBurst    int
	now          func() time.Time
	load         bool
	edited       func(channel string)
	test         testing.TB // told of what a person cannot do; may be nil
}

// defaults are Slack's own times.
func defaults() settings {
	return settings{
		team:         Team,
		name:         "Fake Company",
		secret:       SigningSecret,
		bot:          BotToken,
		app:          AppToken,
		seed:         1,
		ackWithin:    3 * time.Second,                                  // docs.slack.dev/interactivity/handling-user-interaction
		retryAfter:   []time.Duration{0, time.Minute, 5 * time.Minute}, // docs.slack.dev/apis/events-api/#retries
		triggerLife:  3 * time.Second,
		responseLife: 30 * time.Minute,
		pingEvery:    5 * time.Second,
		refreshGrace: 10 * time.Second,
		keep:         100_000,
		keepCalls:    10_000,
		now:          time.Now,
	}
}

// WithSigningSecret signs requests to the bot with another secret.
func WithSigningSecret(secret string) Option { return func(s *settings) { s.secret = secret } }

// WithTokens takes these tokens of the bot and of the app, and no others.
func WithTokens(bot, app string) Option { return func(s *settings) { s.bot, s.app = bot, app } }

// WithLoad is for benchmarks: blocks are not checked, an edited message is
// not sent back, and what it said before is not kept, so that the fake costs
// little beside the bot.
func WithLoad() Option { return func(s *settings) { s.load = true } }

// WithEdited calls f for each message that the bot edits. It must not block.
func WithEdited(f func(channel string)) Option { return func(s *settings) { s.edited = f } }

// WithSeed chooses which calls a rate of faults hits.
func WithSeed(seed uint64) Option { return func(s *settings) { s.seed = seed } }

// WithScopes grants the bot these scopes only; calls that need another one
// are refused with missing_scope.
func WithScopes(scopes ...string) Option {
	return func(s *settings) {
		s.scopes = map[string]bool{}
		for _, scope := range scopes {
			s.scopes[scope] = true
		}
	}
}

// WithAckWithin is how long the bot may take to acknowledge: 3 s in Slack.
func WithAckWithin(d time.Duration) Option { return func(s *settings) { s.ackWithin = d } }

// WithRetries is how long after each failed attempt an event is sent again:
// at once, after 1 and after 5 minutes in Slack.
func WithRetries(after ...time.Duration) Option { return func(s *settings) { s.retryAfter = after } }

// WithTimeScale makes the waits before a repeated event, and the grace of a
// socket that is being replaced, so many times as long: 0.01 turns a minute
// into 0.6 s.
func WithTimeScale(scale float64) Option {
	return func(s *settings) {
		scaled := make([]time.Duration, len(s.retryAfter))
		for i, d := range s.retryAfter {
			scaled[i] = time.Duration(float64(d) * scale)
		}
		s.retryAfter = scaled
		s.refreshGrace = time.Duration(float64(s.refreshGrace) * scale)
	}
}

// WithPing is how often a socket is pinged.
func WithPing(every time.Duration) Option { return func(s *settings) { s.pingEvery = every } }

// WithKeep keeps the newest n messages of each channel; what is dropped is
// counted by Dropped.
func WithKeep(n int) Option { return func(s *settings) { s.keep = n } }

// WithRateLimit answers 429 to more than one post every so long in one
// channel, after a burst: about one a second in Slack
// (docs.slack.dev/apis/web-api/rate-limits).
func WithRateLimit(every time.Duration, burst int) Option {
	return func(s *settings) { s.postEvery, s.postBurst = every, burst }
}

// WithClock moves the lives of triggers and response URLs, and the time in
// messages, to another clock. Requests are signed by the real one.
func WithClock(now func() time.Time) Option { return func(s *settings) { s.now = now } }
