package front

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	// An address may fail so often in one go, and then so often a second,
	// before its refusals are slow. Nobody who signs fails at all.
	failures        = 20
	failuresASecond = 1

	slowest = 3 * time.Second // that a refusal is held back

	// Refusals that are held back at once, for one address and for all. What
	// is beyond is refused at once: held connections must not be what keeps
	// others out.
	heldPerAddress = 20
	heldInAll      = 400
)

// slowed holds back the refusals of those who send again and again what
// nobody signed. Only what was refused is ever held back: a signed request is
// answered at once, also if it comes from the same address, as behind a proxy in
// a private network that nobody told us of. See shuts for public addresses.
type slowed struct {
	proxies []netip.Prefix
	watch   Watch
	now     func() time.Time

	mu    sync.Mutex
	known memory // with signatures that failed
	held  int
}

func newSlowed(proxies []netip.Prefix, watch Watch) *slowed {
	return &slowed{proxies: proxies, watch: watch, now: time.Now, known: memory{perSecond: failuresASecond, atOnce: failures}}
}

// guard takes every answer "unauthorized" for a signature that failed. From
// an address with as many refusals held back as may be, nothing more is read.
func (s *slowed) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := sender(r, s.proxies)
		if s.shuts(from) {
			s.watch("slowed")
			refuseLater(w, slowest)
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(&refusing{ResponseWriter: w, request: r, from: from, slow: s}, r)
	})
}

// shuts reports whether an address is not listened to for now. That of a
// private network may be a proxy's that nobody told us of: it is heard.
func (s *slowed) shuts(from netip.Addr) bool {
	if mayBeProxy(from) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(holders(from), func(h holder) bool {
		f := s.known.recent[h.Prefix]
		return f != nil && f.held >= h.times*heldPerAddress
	})
}

func refuseLater(w http.ResponseWriter, after time.Duration) {
	w.Header().Set("Connection", "close")
	w.Header().Set("Retry-After", strconv.Itoa(int(after.Seconds())))
}

// refusing is the answer to a request, which may turn out to be a refusal.
type refusing struct {
	http.ResponseWriter
	request *http.Request
	from    netip.Addr
	slow    *slowed
}

// Unwrap lets http.ResponseController reach the connection.
func (w *refusing) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *refusing) WriteHeader(status int) {
	if status == http.StatusUnauthorized {
		status = w.slow.refuse(w)
	}
	w.ResponseWriter.WriteHeader(status)
}

// refuse returns the status of a refusal when it is time for it.
func (s *slowed) refuse(w *refusing) int {
	s.watch("signature")
	wait, release := s.fail(w.from)
	if wait == 0 {
		return http.StatusUnauthorized
	}
	s.watch("slowed")
	refuseLater(w, wait)
	if release != nil {
		defer release()
		select {
		case <-time.After(wait):
		case <-w.request.Context().Done():
		}
	}
	return http.StatusTooManyRequests
}

// fail notes a failure and says how long its refusal is held back. With no
// release, too many are held back already.
func (s *slowed) fail(from netip.Addr) (wait time.Duration, release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	var all []*known
	often, full := false, s.held >= heldInAll
	for _, h := range holders(from) {
		f := s.known.find(h)
		all = append(all, f)
		if often = often || !f.bucket.AllowN(now, 1); often && f.held >= h.times*heldPerAddress {
			full = true
			break // a site that is shut for now makes us remember no more of its visitors
		}
	}
	if !often {
		return 0, nil
	}
	if full {
		return slowest, nil
	}
	s.hold(all, 1)
	return slowest, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.hold(all, -1)
	}
}

// hold counts a refusal that is held back. The caller holds the lock.
func (s *slowed) hold(all []*known, n int) {
	for _, f := range all {
		f.held += n
	}
	s.held += n
}
