package teams

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"secadvisor/bot"
)

func TestWithoutAuthenticationOnlyThisMachineIsHeard(t *testing.T) {
	knock := func(*http.Request) {}
	for name, row := range map[string]struct {
		change func(r *http.Request)
		body   string
		status int
		heard  bool
	}{
		"a client here":              {knock, "", 200, true},
		"by name":                    {func(r *http.Request) { r.Host = "localhost:3978" }, "", 200, true},
		"by IPv6":                    {func(r *http.Request) { r.RemoteAddr, r.Host = "[::1]:5000", "[::1]:3978" }, "", 200, true},
		"a knock":                    {knock, " \n", 200, false},
		"another machine":            {func(r *http.Request) { r.RemoteAddr = "10.0.0.7:5000" }, "", 403, false},
		"through a proxy":            {func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.7") }, "", 403, false},
		"a page in a browser":        {func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, "", 403, false},
		"a page of a name like ours": {func(r *http.Request) { r.Host = "evil.example:3978" }, "", 403, false},
		"a service elsewhere":        {knock, `{"type":"message","text":"x","serviceUrl":"https://smba.trafficmanager.net/","conversation":{"id":"a:1","conversationType":"personal"},"from":{"id":"29:x"}}`, 403, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			var log strings.Builder
			p, err := New(Config{NoAuth: true}, s, slog.New(slog.NewTextHandler(&log, nil)))
			if err != nil || !strings.Contains(log.String(), "nobody is authenticated") {
				t.Fatalf("%v, %q", err, log.String())
			}
			body := row.body
			if body == "" {
				body = flat(s.activity(func(a map[string]any) { a["conversation"].(map[string]any)["tenantId"] = "anything" }))
			}
			r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:3978/api/messages", strings.NewReader(body))
			r.RemoteAddr = "127.0.0.1:5000"
			row.change(r)
			w := httptest.NewRecorder()
			p.messages(w, r)
			if w.Code != row.status || (len(s.events) == 1) != row.heard {
				t.Errorf("status %d, %d events", w.Code, len(s.events))
			}
			if row.heard && s.last().From.Affiliation != bot.Home {
				t.Errorf("event %+v", s.last())
			}
		})
	}
}
