package web

import (
	"net/http"
	"testing"
	"time"

	"secadvisor/bot"
)

func TestTwoBrowsersHaveTwoCompanies(t *testing.T) {
	s := newScene(t, echo)
	one, two := s.browser(), s.browser()
	one.post("/say", "text", "the first one's secret")
	one.sees("You said the first one&#39;s secret")
	two.visit("/")
	two.seesNot("secret")
	if len(s.scripts) != 2 || len(s.scripts[1].events) != 1 { // the greeting
		t.Errorf("the second company heard %v", s.scripts[1].events)
	}
	companies := s.site.sessions.all()
	if len(companies) != 2 || companies[0] == companies[1] {
		t.Errorf("companies %v", companies)
	}
}

func TestAKeptCompanyNeedsItsKey(t *testing.T) {
	s := newScene(t, echo)
	s.open(Config{Key: "K3Y"})
	s.scripts = s.scripts[len(s.scripts)-1:]
	stranger := s.browser()
	stranger.sees("Open the whole address that the program printed")
	if len(s.scripts[0].events) != 0 {
		t.Error("a stranger was greeted")
	}
	stranger.visit("/?key=wrong")
	stranger.sees("Open the whole address that the program printed")
	one, two := s.browser(), s.browser()
	one.visit("/?key=K3Y")
	one.post("/say", "text", "to be shared")
	two.visit("/?key=K3Y")
	two.sees("You said to be shared")
}

func TestCompaniesAreBounded(t *testing.T) {
	s := newScene(t, echo)
	for range mostSessions {
		s.browser()
	}
	s.browser().sees("Too many browsers are here")
	sessions := &s.site.sessions
	sessions.mu.Lock()
	for _, one := range sessions.open {
		one.used = time.Now().Add(-2 * spareFor) // they left
	}
	sessions.mu.Unlock()
	s.browser().sees("Ask, or tell what happened")
	if n := len(sessions.all()); n != mostSessions {
		t.Errorf("%d companies, want %d", n, mostSessions)
	}
	sessions.forget(time.Now().Add(idleFor + time.Minute))
	if n := len(sessions.all()); n != 0 {
		t.Errorf("%d companies that nobody looks at are kept", n)
	}
}

func TestAnOpenPageKeepsItsCompany(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	answer, err := me.client.Get(s.server.URL + "/live")
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 16)
	if _, err := answer.Body.Read(first); err != nil {
		t.Fatal(err)
	}
	s.site.sessions.forget(time.Now().Add(idleFor + time.Minute))
	if n := len(s.site.sessions.all()); n != 1 {
		t.Errorf("%d companies, want the one that is looked at", n)
	}
	answer.Body.Close()
	for end := time.Now().Add(10 * time.Second); len(s.site.sessions.all()) > 0; {
		if time.Now().After(end) {
			t.Fatal("a company whose page was closed stays")
		}
		s.site.sessions.forget(time.Now().Add(idleFor + time.Minute))
		time.Sleep(5 * time.Millisecond)
	}
	if status := me.post("/say", "text", "anybody?"); status != http.StatusForbidden {
		t.Errorf("a page of an earlier visit: %d", status)
	}
	me.sees("This page is from an earlier visit")
}

func TestGuestsDoNotEnterEveryRoom(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.visit("/?as=guest:Charlie&at=%23leadership")
	me.post("/say", "text", "hello")
	if at := s.last().Place; at.Kind != bot.Direct || s.last().From.Affiliation != bot.Guest {
		t.Errorf("a guest spoke in %+v as %+v", at, s.last().From)
	}
	me.visit("/?as=nobody:Eve&at=%23leadership")
	me.post("/say", "text", "hello")
	if at := s.last(); at.From.ID != "owner:Alex" || at.Place.Channel != "#leadership" {
		t.Errorf("somebody unknown spoke as %+v", at)
	}
}
