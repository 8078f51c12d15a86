package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	mostSessions = 20               // browsers that have a company at the same time
	idleFor      = 2 * time.Hour    // without an open page, until a company is dropped
	spareFor     = 30 * time.Second // without an open page, until it makes room for another
	mostWindows  = 12               // open pages of one browser that are told of changes
)

// session is one browser, and the company that it plays with.
type session struct {
	id      string
	token   string // that every form of its pages carries
	company *Company

	// Of these, sessions.mu takes care.
	windows int       // open pages that are told of changes
	used    time.Time // when something was last asked for
}

type sessions struct {
	site *Site
	mu   sync.Mutex
	open map[string]*session
	kept *Company // the one company of all, where it is kept
}

func (s *sessions) init(site *Site) { s.site, s.open = site, map[string]*session{} }

// cookie is the cookie's name: cookies do not tell ports apart.
func (s *Site) cookie() string {
	return "secadvisor-play-" + s.Address[strings.LastIndexByte(s.Address, ':')+1:]
}

// of finds the session of a request; nil: it has none.
func (s *sessions) of(r *http.Request) *session {
	c, err := r.Cookie(s.site.cookie())
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.open[c.Value]
	if found != nil {
		found.used = time.Now()
	}
	return found
}

var (
	errFull   = errors.New("web: too many browsers")
	errLocked = errors.New("web: the key is missing")
)

// begin gives a browser a session and a company.
func (s *sessions) begin(w http.ResponseWriter, r *http.Request) (*session, error) {
	c := s.kept
	if c != nil && subtle.ConstantTimeCompare([]byte(r.FormValue("key")), []byte(s.site.Key)) != 1 {
		return nil, errLocked
	}
	if !s.room() {
		return nil, errFull
	}
	if c == nil {
		var err error
		if c, err = s.company(r.Context()); err != nil {
			return nil, err
		}
	}
	one := &session{id: rand.Text(), token: rand.Text(), company: c, used: time.Now()}
	s.mu.Lock()
	s.open[one.id] = one
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: s.site.cookie(), Value: one.id, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	return one, nil
}

func (s *sessions) company(ctx context.Context) (*Company, error) {
	c, err := NewCompany(s.site.Open)
	if err != nil || s.site.Fill == nil || !c.back.Fresh {
		return c, err
	}
	if err := s.site.Fill(ctx, c); err != nil {
		return nil, errors.Join(fmt.Errorf("web: fill the company: %w", err), c.Close())
	}
	c.settled()
	return c, nil
}

// openKept opens the one company that all browsers share.
func (s *sessions) openKept() (err error) {
	s.kept, err = s.company(context.Background())
	return err
}

// room makes room for one more browser, where that is needed: who left longest
// ago goes. False: everybody has a page open.
func (s *sessions) room() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) < mostSessions {
		return true
	}
	var longest *session
	for _, one := range s.open {
		if one.windows == 0 && time.Since(one.used) > spareFor && (longest == nil || one.used.Before(longest.used)) {
			longest = one
		}
	}
	if longest == nil {
		return false
	}
	s.drop(longest)
	return true
}

// forget drops the browsers that left long ago.
func (s *sessions) forget(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.open {
		if one.windows == 0 && now.Sub(one.used) > idleFor {
			s.drop(one)
		}
	}
}

// drop needs mu.
func (s *sessions) drop(one *session) {
	delete(s.open, one.id)
	if one.company != s.kept {
		go one.company.Close() // it waits for what is being done
	}
}

// enter counts an open page; false: there are too many.
func (s *sessions) enter(one *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one.windows >= mostWindows {
		return false
	}
	one.windows++
	return true
}

func (s *sessions) leave(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one.windows--
	one.used = time.Now()
}

// all lists the companies that are open.
func (s *sessions) all() (companies []*Company) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept != nil {
		return []*Company{s.kept}
	}
	for _, one := range s.open {
		companies = append(companies, one.company)
	}
	return companies
}

func (s *sessions) close() (err error) {
	for _, c := range s.all() {
		err = errors.Join(err, c.Close())
	}
	return err
}
