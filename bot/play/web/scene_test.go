package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
)

// script is an engine that says what the test wants, and remembers what it was
// told.
type script struct {
	events []bot.Event
	say    func(bot.Event) bot.Reply
	now    time.Time
	due    time.Time // of the one thing that is scheduled; zero: nothing is
	fired  []time.Time
}

func (s *script) Handle(_ context.Context, e bot.Event) (bot.Reply, error) {
	s.events = append(s.events, e)
	return s.say(e), nil
}

func (s *script) Settle(context.Context) error {
	if !s.due.IsZero() && !s.due.After(s.now) {
		s.fired, s.due = append(s.fired, s.now), time.Time{}
	}
	return nil
}

func (s *script) Next(context.Context) (time.Time, bool, error) { return s.due, !s.due.IsZero(), nil }
func (s *script) Now() time.Time                                { return s.now }
func (s *script) Move(to time.Time)                             { s.now = to }

var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// scene is a site whose companies all run on scripts.
type scene struct {
	*testing.T
	site    *Site
	server  *httptest.Server
	scripts []*script
	all     []*Company // as their browsers came
	say     func(bot.Event) bot.Reply
}

func newScene(t *testing.T, say func(bot.Event) bot.Reply) *scene {
	s := &scene{T: t, say: say}
	s.server = httptest.NewUnstartedServer(nil)
	s.open(Config{})
	s.server.Start()
	t.Cleanup(s.server.Close)
	return s
}

// open makes the site; what c leaves out is as tests want it.
func (s *scene) open(c Config) {
	c.Command, c.Log, c.Address = "/sec", slog.New(slog.NewTextHandler(io.Discard, nil)), s.server.Listener.Addr().String()
	c.Open = func(p bot.Platform) (Backstage, error) {
		s.all = append(s.all, p.(*Company))
		one := &script{say: s.say, now: monday}
		s.scripts = append(s.scripts, one)
		return Backstage{
			Engine: one, Clock: one, Close: func() error { return nil },
			Waiting: func(context.Context) ([]Due, error) {
				if one.due.IsZero() {
					return nil, nil
				}
				return []Due{{"A reminder", one.due}}, nil
			},
		}, nil
	}
	var err error
	if s.site, err = New(c); err != nil {
		s.Fatal(err)
	}
	s.server.Config.Handler = s.site
}

// last is the latest event of the first company.
func (s *scene) last() bot.Event { return s.scripts[0].events[len(s.scripts[0].events)-1] }

// tab is one browser with one page.
type tab struct {
	*scene
	client *http.Client
	at     string // the address of the page
	page   string // what it shows

	message string // that drawn changes
}

func (s *scene) browser() *tab {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	t := &tab{scene: s, client: &http.Client{Jar: jar, Timeout: 10 * time.Second}}
	t.visit("/")
	return t
}

func (t *tab) visit(path string) {
	t.Helper()
	r, err := t.client.Get(t.server.URL + path)
	t.keep(r, err)
}

// post sends a form of the page, with what every form of it carries.
func (t *tab) post(path string, fields ...string) (status int) {
	t.Helper()
	form := url.Values{"token": {t.hidden("token")}, "as": {t.hidden("as")}, "at": {t.hidden("at")}}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r, err := t.client.PostForm(t.server.URL+path, form)
	return t.keep(r, err)
}

func (t *tab) keep(r *http.Response, err error) (status int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	t.at, t.page = r.Request.URL.RequestURI(), string(body)
	return r.StatusCode
}

// hidden is a field that every form of the page carries.
func (t *tab) hidden(name string) string {
	m := regexp.MustCompile(`type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(t.page)
	if m == nil {
		return ""
	}
	return strings.NewReplacer("&#34;", `"`, "&amp;", "&", "&#39;", "'").Replace(m[1])
}

func (t *tab) sees(words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(t.page, w) {
			t.Errorf("the page does not show %q:\n%s", w, t.page)
		}
	}
}

func (t *tab) seesNot(words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(t.page, w) {
			t.Errorf("the page shows %q", w)
		}
	}
}

// echo answers a message with its text.
func echo(e bot.Event) bot.Reply {
	if e.Kind == bot.Installed || e.Kind == bot.Looked {
		return bot.Reply{}
	}
	return bot.Reply{View: &bot.View{Title: "You said " + e.Text, Blocks: []bot.Block{bot.Row(bot.Press("Press me", bot.Do("echo", "press", "a b")))}}}
}
