package slack

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// hush stands in every body below and must never be logged.
const hush = "hush-nobody-else-reads-this"

var aCommand = url.Values{
	"command": {"/sec"}, "team_id": {fakeslack.Team}, "user_id": {fakeslack.Staff}, "channel_id": {fakeslack.General},
	"trigger_id": {"1.2.3"}, "text": {hush}, "response_url": {"https://hooks.slack.com/commands/" + hush},
}.Encode()

func TestBadRequestsAreRefusedAndLoggedWithoutContent(t *testing.T) {
	press := `{"type":"block_actions","team":{"id":"T0FAKE"},"user":{"id":"U0STAFF"},"actions":[{"value":"who/topic/` + hush + `"}]}`
	for _, row := range []struct {
		name   string
		path   string // /slack/commands where empty
		body   string // a good command where empty
		change func(*http.Request)
		want   int
	}{
		{"bad signature", "", "", set("X-Slack-Signature", "v0="+strings.Repeat("ab", 32)), 401},
		{"signature of another kind", "", "", set("X-Slack-Signature", "v1=ab"), 401},
		{"no signature", "", "", set("X-Slack-Signature", ""), 401},
		{"no timestamp", "", "", set("X-Slack-Request-Timestamp", ""), 401},
		{"timestamp is no number", "", "", set("X-Slack-Request-Timestamp", "now"), 401},
		{"old", "", "", signedAt(-6 * time.Minute), 401},
		{"from the future", "", "", signedAt(6 * time.Minute), 401},
		{"signed for another body", "", "", func(r *http.Request) { r.Header = headers(time.Now(), "text=other", formType) }, 401},
		{"oversized", "", "text=" + strings.Repeat("x", maxBody), nil, 413},
		{"wrong method", "", "", func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"wrong content type", "", "", set("Content-Type", "application/json"), 415},
		{"no content type", "", "", set("Content-Type", ""), 415},
		{"unknown command", "", strings.Replace(aCommand, "%2Fsec", "%2Fother", 1), nil, 400},
		{"no user", "", strings.Replace(aCommand, "user_id", "nobody", 1), nil, 400},
		{"not a form", "", "%zz=" + hush, nil, 400},
		{"payload in the query", "/slack/actions?payload=" + url.QueryEscape(press), "a=b", nil, 400},
		{"no payload", "/slack/actions", "text=" + hush, nil, 400},
		{"broken payload", "/slack/actions", "payload=" + url.QueryEscape(press[:len(press)-2]), nil, 400},
		{"unknown interaction", "/slack/actions", "payload=" + url.QueryEscape(strings.Replace(press, "block_actions", hush, 1)), nil, 400},
		{"unknown shortcut", "/slack/actions", "payload=" + url.QueryEscape(strings.Replace(press, "block_actions", "message_action", 1)), nil, 400},
		{"press without a meaning", "/slack/actions", "payload=" + url.QueryEscape(strings.Replace(press, "who/topic/", "", 1)), nil, 400},
		{"form without a memory", "/slack/actions", "payload=" + url.QueryEscape(strings.Replace(press, "block_actions", "view_submission", 1)), nil, 400},
		{"broken event", "/slack/events", `{"type":"` + hush, nil, 400},
		{"unknown callback", "/slack/events", `{"type":"` + hush + `","event_id":"E","team_id":"T"}`, nil, 400},
		{"event without a company", "/slack/events", `{"type":"event_callback","event_id":"` + hush + `"}`, nil, 400},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := newScene(t, "http")
			path, kind, body := row.path, formType, row.body
			if path == "" {
				path = "/slack/commands"
			}
			if strings.HasSuffix(path, "events") {
				kind = jsonType
			}
			if body == "" {
				body = aCommand
			}
			r, err := http.NewRequest(http.MethodPost, s.addr+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header = headers(time.Now(), body, kind)
			if row.change != nil {
				row.change(r)
			}
			s.refuses(r, row.want)
		})
	}
}

func (s *scene) refuses(r *http.Request, want int) {
	s.t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != want {
		s.t.Errorf("status = %d, want %d", response.StatusCode, want)
	}
	if n := len(s.told()); n != 0 {
		s.t.Errorf("the bot was told %d events, want none", n)
	}
	if log := s.logs.String(); strings.Contains(log, hush) || strings.Count(log, "\n") != 1 {
		s.t.Errorf("log = %q, want one line without content", log)
	}
}

func TestAcceptedRequestsReachTheBot(t *testing.T) {
	s := newScene(t, "http")
	s.shows(one(bot.Say("Here.")))
	d := s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "who <handles> this & *that*?")
	if got, ok := d.Answer(); !ok || got.For != fakeslack.Staff || !strings.Contains(got.Shown(), "Here.") {
		t.Errorf("answer = %+v, %t, want an ephemeral one", got, ok)
	}
	e := s.last()
	want := bot.Event{
		ID: "command/" + d.ID, Kind: bot.Command, Tenant: "slack." + fakeslack.Team, Inline: true, Text: "who <handles> this & *that*?",
		From:  bot.Person{ID: fakeslack.Staff, Name: "Sam Staff", Zone: "Europe/Amsterdam", Affiliation: bot.Home},
		Place: bot.Place{Channel: fakeslack.General, Kind: bot.Channel},
	}
	if diff := difference(want, e); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if err := s.slack.VerifyURL(); err != nil {
		t.Error(err)
	}
}

func TestTheAddressForCommandsMayBeTried(t *testing.T) {
	s := newScene(t, "http")
	body := "ssl_check=1&token=x"
	r, _ := http.NewRequest(http.MethodPost, s.addr+"/slack/commands", strings.NewReader(body))
	r.Header = headers(time.Now(), body, formType)
	response, err := http.DefaultClient.Do(r)
	if err != nil || response.StatusCode != http.StatusOK || len(s.told()) != 0 {
		t.Errorf("ssl_check: %v, %v, told %d", response.StatusCode, err, len(s.told()))
	}
}

func TestAPersonReadsASentenceWhenTheBotFails(t *testing.T) {
	s := newScene(t, "http")
	s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("the store is away") })
	got, _ := s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x").Answer()
	if !strings.Contains(got.Shown(), "try again") {
		t.Errorf("answer to a command = %q", got.Shown())
	}
	s.shows(one(bot.Row(bot.Press("Go", bot.Do("who", "topic")))))
	s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
	card := s.slack.Ephemerals(fakeslack.Staff)
	s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("the store is away") })
	d := s.slack.Press(fakeslack.Staff, card[len(card)-1], "Go")
	after := s.slack.Ephemerals(fakeslack.Staff)
	if d.Problem() != "" || !strings.Contains(after[len(after)-1].Shown(), "try again") {
		t.Errorf("press: problem %q, shown %q", d.Problem(), after[len(after)-1].Shown())
	}
	event := s.slack.DMText(fakeslack.Staff, "hello")
	if first := event.Attempts()[0]; first.Status != http.StatusInternalServerError {
		t.Errorf("an event that was not taken = %d, want 500 so that Slack repeats it", first.Status)
	}
}

func TestInSocketModeNothingListens(t *testing.T) {
	mux := http.NewServeMux()
	newScene(t, "socket").Routes(mux)
	r, _ := http.NewRequest(http.MethodPost, "http://x/slack/events", nil)
	if _, pattern := mux.Handler(r); pattern != "" {
		t.Errorf("pattern = %q", pattern)
	}
}

func set(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func signedAt(d time.Duration) func(*http.Request) {
	return func(r *http.Request) { r.Header = headers(time.Now().Add(d), aCommand, formType) }
}

var signer = fakeslack.New()

func headers(at time.Time, body, kind string) http.Header {
	h := signer.Sign(at, []byte(body))
	h.Set("Content-Type", kind)
	return h
}
