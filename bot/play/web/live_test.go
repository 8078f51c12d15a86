package web

import (
	"bufio"
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
)

// hears opens the stream of changes; what it returns waits for the next one.
func (t *tab) hears() (next func() int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, t.server.URL+"/live", nil)
	answer, err := (&http.Client{Jar: t.client.Jar}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("it is %s", kind)
	}
	lines := bufio.NewScanner(answer.Body)
	return func() int {
		t.Helper()
		for lines.Scan() {
			if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
				rev, _ := strconv.Atoi(data)
				return rev
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return 0
	}
}

func TestOpenPagesHearOfChanges(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	next := me.hears()
	now := next() // at once
	me.post("/say", "text", "hello")
	for until := s.company().rev; now < until; { // everything that happened
		now = next()
	}
	s.sends(bot.Post{To: bot.To("it:Robin"), View: bot.View{Title: "For Robin"}})
	if later := next(); later <= now {
		t.Errorf("rev %d after %d", later, now)
	}
}

func TestAPageIsToldOnlyWhatIsNew(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.post("/say", "text", "first")
	rev := strconv.Itoa(s.company().rev)
	me.post("/say", "text", "second")
	parts := func(since string) string {
		r, _ := http.NewRequest(http.MethodGet, s.server.URL+"/parts?as=owner:Alex&at=dm", nil)
		r.Header.Set("X-Since", since)
		answer, err := me.client.Do(r)
		me.keep(answer, err)
		return me.page
	}
	if got := parts(rev); !strings.Contains(got, "You said second") || strings.Contains(got, "You said first") {
		t.Errorf("since %s: %s", rev, got)
	}
	if got := parts("0"); !strings.Contains(got, "You said second") || !strings.Contains(got, "You said first") {
		t.Errorf("since the beginning: %s", got)
	}
	if got := parts(strconv.Itoa(s.company().rev)); strings.Contains(got, "You said") || !strings.Contains(got, "Outbox") {
		t.Errorf("since now: %s", got)
	}
}

func TestTooManyPagesAreNotKeptUpToDate(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	for range mostWindows {
		me.hears()()
	}
	me.visit("/live")
	me.sees("this one is not kept up to date")
}

func TestAScriptIsLedElsewhere(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.visit("/?as=staff:Sam&at=home")
	r, _ := http.NewRequest(http.MethodPost, s.server.URL+"/say", strings.NewReader("as=staff:Sam&at=home&text=hello&token="+me.hidden("token")))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Since", "1")
	answer, err := me.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if to := answer.Header.Get("X-Go"); answer.StatusCode != http.StatusNoContent || to != "/?as=staff%3ASam&at=dm" {
		t.Errorf("%d, %q", answer.StatusCode, to)
	}
}
