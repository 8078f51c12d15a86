package slack

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"secadvisor/bot"
)

// What comes through a socket is wrapped once more.
func FuzzEnvelope(f *testing.F) {
	for _, raw := range []string{
		`{"type":"slash_commands","envelope_id":"e","payload":{"command":"/sec","team_id":"T","user_id":"U","text":"x","trigger_id":"1.2","channel_id":"C"}}`,
		`{"type":"interactive","payload":{"type":"block_actions","team":{"id":"T"},"user":{"id":"U"},"actions":[{"value":"who/topic/x"}]}}`,
		`{"type":"events_api","payload":{"type":"event_callback","team_id":"T","event_id":"E","event":{"type":"app_mention","user":"U","text":"x"}}}`,
		`{"type":"slash_commands","payload":{"team_id":["T"],"user_id":{"a":1}}}`, `{"type":"disconnect","reason":"warning"}`, `[]`,
	} {
		f.Add(raw)
	}
	p, err := New(Config{Mode: "http", BotToken: "xoxb-1", SigningSecret: "s"}, "/sec", nil, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		var e envelope
		if json.Unmarshal([]byte(raw), &e) != nil {
			return
		}
		r, err := p.decodeEnvelope(e)
		heard(t, r, err)
	})
}

// What Slack answers is read into what the bot asks for. An error holds
// nothing of it: there may be a token in it.
func FuzzAnswers(f *testing.F) {
	for _, raw := range []string{
		`{"ok":true,"access_token":"xoxb-HIDDEN","team":{"id":"T"},"authed_user":{"id":"U"},"expires_in":1}`, `{"ok":true,"user":{"id":"U","team_id":"T"}}`,
		`{"ok":true,"channel":{"id":"C","is_im":true}}`, `{"ok":false,"error":"invalid_auth"}`, `{"ok":true,"access_token":["xoxb-HIDDEN"]}`, `ok`, ``, `{"ok":1}`,
	} {
		f.Add(200, raw)
	}
	f.Add(429, "")
	f.Fuzz(func(t *testing.T, status int, raw string) {
		var user struct {
			User account `json:"user"`
		}
		for _, out := range []any{nil, &slackapi.OAuthV2Response{}, &user, &map[string]any{}} {
			err := readAnswer("oauth.v2.access", &http.Response{StatusCode: status, Header: http.Header{}}, []byte(raw), out)
			if err == nil && status != http.StatusOK {
				t.Errorf("status %d is taken for a success", status)
			}
			if err != nil && strings.Contains(err.Error(), "xoxb-HIDDEN") && !strings.Contains(raw, `"error"`) {
				t.Errorf("the error tells of the answer: %v", err)
			}
		}
		if p := user.User.person("T", "U"); p.Affiliation != bot.Foreign && (user.User.ID != "U" || user.User.Team != "T") {
			t.Errorf("somebody else, or from elsewhere, is taken for U: %+v", p)
		}
	})
}
