package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	s := newScene(t, echo)
	_, port, _ := strings.Cut(s.site.Address, ":")
	for host, want := range map[string]int{
		s.site.Address:                200,
		"localhost:" + port:           200,
		"[::1]:" + port:               200,
		"evil.example:" + port:        421, // a name that somebody lets point here
		"evil.example":                421,
		"127.0.0.1.evil.test:" + port: 421,
		"127.0.0.1":                   421,
		"127.0.0.1:1":                 421,
		"10.0.0.1:" + port:            421,
	} {
		r, _ := http.NewRequest(http.MethodGet, s.server.URL+"/", nil)
		r.Host = host
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("host %q: %d, want %d", host, answer.StatusCode, want)
		}
		if want != 200 && answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("host %q gets a session", host)
		}
	}
}

func TestOtherWebsitesCannotAct(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	before := len(s.scripts[0].events)
	for name, c := range map[string]struct {
		header, value string
		token         string
	}{
		"another website":          {"Origin", "http://evil.example", me.hidden("token")},
		"another port":             {"Origin", "http://127.0.0.1:1", me.hidden("token")},
		"the browser says so":      {"Sec-Fetch-Site", "cross-site", me.hidden("token")},
		"the same site's other":    {"Sec-Fetch-Site", "same-site", me.hidden("token")},
		"no token":                 {"Sec-Fetch-Site", "same-origin", ""},
		"a token of nobody":        {"Sec-Fetch-Site", "same-origin", "AAAA"},
		"a token of somebody else": {"Sec-Fetch-Site", "same-origin", s.browser().hidden("token")},
	} {
		body := url.Values{"token": {c.token}, "text": {"who handles printers?"}}.Encode()
		r, _ := http.NewRequest(http.MethodPost, s.server.URL+"/say", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(c.header, c.value)
		answer, err := me.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, answer.StatusCode)
		}
	}
	if got := len(s.scripts[0].events); got != before {
		t.Errorf("%d events came of it", got-before)
	}
	if status := me.post("/say", "text", "who handles printers?"); status != http.StatusOK || len(s.scripts[0].events) == before {
		t.Errorf("the page itself cannot act either: %d", status)
	}
}

// What another website has as a picture, or fetches, gets no company: it would
// take the place of somebody's.
func TestOtherWebsitesBeginNothing(t *testing.T) {
	s := newScene(t, echo)
	for shown, want := range map[string]int{"image": 403, "iframe": 403, "script": 403, "empty": 403, "document": 200, "": 200} {
		r, _ := http.NewRequest(http.MethodGet, s.server.URL+"/", nil)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if shown != "" {
			r.Header.Set("Sec-Fetch-Dest", shown)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if begun := answer.Header.Get("Set-Cookie") != ""; answer.StatusCode != want || begun != (want == 200) {
			t.Errorf("%q: %d, want %d; a company begins: %v", shown, answer.StatusCode, want, begun)
		}
	}
}

func TestAPageMayDoLittle(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	for _, path := range []string{"/", "/parts", "/static/page.css", "/nothing"} {
		answer, err := me.client.Get(s.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		p := answer.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(p, "default-src 'none'") || strings.Contains(p, "unsafe") || strings.Contains(p, "http") || !strings.Contains(p, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, p)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", path, name, got, want)
			}
		}
	}
	u, _ := url.Parse(s.server.URL)
	if c := me.client.Jar.Cookies(u); len(c) != 1 {
		t.Fatalf("cookies %v", c)
	}
	answer, err := http.Get(s.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if c := answer.Header.Get("Set-Cookie"); !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Strict") {
		t.Errorf("cookie %q", c)
	}
	me.seesNot("<style", "style=", "<script>", "onclick", "https://")
}

func TestMoreThanAPageSendsIsNotRead(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	if status := me.post("/say", "text", strings.Repeat("x", maxBody)); status != http.StatusBadRequest {
		t.Errorf("status %d", status)
	}
	me.sees("too much at once")
}
