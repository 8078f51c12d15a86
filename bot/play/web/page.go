package web

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"

	"secadvisor/bot/play"
)

// page draws the whole page.
func (s *Site) page(w http.ResponseWriter, r *http.Request) {
	one := s.sessions.of(r)
	if one == nil {
		// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Dest
		if shown := r.Header.Get("Sec-Fetch-Dest"); shown != "" && shown != "document" {
			sorry(w, http.StatusForbidden, "Please open this page in a window of its own.") // a picture on another website makes no company
			return
		}
		var err error
		if one, err = s.sessions.begin(w, r); err != nil {
			s.refuse(w, err)
			return
		}
	}
	v := visited(one, r)
	if v.who.ID != play.Owner {
		one.company.did(becameSomebody)
	}
	s.write(w, v, "page", 0)
}

func (s *Site) refuse(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errLocked):
		sorry(w, http.StatusForbidden, "The company here is kept in a file. Open the whole address that the program printed, with its key.")
	case errors.Is(err, errFull):
		sorry(w, http.StatusServiceUnavailable, "Too many browsers are here at the same time. Close one, and try again in half a minute.")
	default:
		s.Log.Error("no company", "err", err)
		sorry(w, http.StatusInternalServerError, "A company could not be set up. The program's own window says why.")
	}
}

// parts draws what has changed for a page that has seen everything until
// "since".
func (s *Site) parts(w http.ResponseWriter, r *http.Request) {
	one := s.sessions.of(r)
	if one == nil {
		sorry(w, http.StatusForbidden, "This page is from an earlier visit. Please open it anew.")
		return
	}
	s.writeParts(w, visited(one, r))
}

func (s *Site) writeParts(w http.ResponseWriter, v visit) {
	since, _ := strconv.Atoi(v.r.Header.Get("X-Since")) // no number: everything is new
	s.write(w, v, "parts", since)
}

func (s *Site) write(w http.ResponseWriter, v visit, template string, since int) {
	data, err := s.sheet(v, since)
	var out bytes.Buffer
	if err == nil {
		err = templates().ExecuteTemplate(&out, template, data)
	}
	if err != nil {
		s.Log.Error("page not drawn", "err", err)
		sorry(w, http.StatusInternalServerError, "This page could not be drawn. Please load it again.")
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w) // the browser may be gone
}
