package web

import (
	"bytes"
	"mime"
	"net/http"
	"time"

	"secadvisor/bot"
)

// shownInside are the kinds of files that a browser shows by itself without
// running anything of them.
var shownInside = map[string]bool{"application/pdf": true, "text/plain": true}

// kindOf is the kind of a file without what stands beside it.
func kindOf(f *bot.File) string {
	kind, _, _ := mime.ParseMediaType(f.Type)
	return kind
}

// file hands over a file that a message brought. What could act in a browser is
// saved instead of shown.
func (s *Site) file(w http.ResponseWriter, r *http.Request) {
	one := s.sessions.of(r)
	if one == nil {
		sorry(w, http.StatusForbidden, "This page is from an earlier visit. Please open it anew.")
		return
	}
	v := visited(one, r)
	c := one.company
	c.mu.Lock()
	m := c.find(r.PathValue("message"))
	if m == nil || m.file == nil || !m.readBy(v.who) {
		c.mu.Unlock()
		sorry(w, http.StatusNotFound, "That file is not here any more.")
		return
	}
	f := *m.file
	c.mu.Unlock()
	how := "attachment"
	if shownInside[kindOf(&f)] && r.FormValue("save") == "" {
		how = "inline"
	}
	if f.Type == "" {
		f.Type = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.Body))
}
