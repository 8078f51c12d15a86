package web

import (
	"net"
	"net/http"
)

// maxBody bounds what a browser may send at once.
const maxBody = 64 << 10

// policy lets a page use what comes from here, and nothing else: no script or
// style within a page, no frame around it, no form that goes elsewhere.
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard refuses what does not come from a page of ours on this machine, and
// says what a browser may do with the answer.
func (s *Site) guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		sorry(w, http.StatusForbidden, "This came from another website, so nothing was done.")
	}))
	own := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		h.Set("Cache-Control", "no-store")
		if !s.here(r.Host) {
			sorry(w, http.StatusMisdirectedRequest, "This page answers only at http://"+s.Address+" on this machine.")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		own.ServeHTTP(w, r)
	})
}

// here reports whether a browser asked for this machine by a name that only
// this machine gives: another website could let its own name point here.
func (s *Site) here(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, "80"
	}
	_, ours, _ := net.SplitHostPort(s.Address)
	ip := net.ParseIP(name)
	return port == ours && (name == "localhost" || ip != nil && ip.IsLoopback())
}

// sorry says in a sentence why something was not done.
func sorry(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = templates().ExecuteTemplate(w, "sorry", why) // the browser may be gone
}
