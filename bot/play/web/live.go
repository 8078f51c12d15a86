package web

import (
	"fmt"
	"net/http"
	"time"
)

// quiet is how long a page hears nothing before it is told that all is well.
const quiet = 25 * time.Second

// live tells an open page of every change, by server-sent events: the page then
// asks for what is new. The first event comes at once.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func (s *Site) live(w http.ResponseWriter, r *http.Request) {
	one := s.sessions.of(r)
	if one == nil {
		sorry(w, http.StatusForbidden, "This page is from an earlier visit. Please open it anew.")
		return
	}
	if !s.sessions.enter(one) {
		sorry(w, http.StatusTooManyRequests, "So many pages are open here that this one is not kept up to date.")
		return
	}
	defer s.sessions.leave(one)
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	c := one.company
	for {
		c.mu.Lock()
		rev, changed := c.rev, c.changed
		c.mu.Unlock()
		if _, err := fmt.Fprintf(w, "event: changed\ndata: %d\n\n", rev); err != nil || out.Flush() != nil {
			return
		}
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-changed:
				waiting = false
			case <-time.After(quiet):
				if _, err := fmt.Fprint(w, ": well\n\n"); err != nil || out.Flush() != nil {
					return
				}
			}
		}
	}
}
