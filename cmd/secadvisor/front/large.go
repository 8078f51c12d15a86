package front

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"time"
)

const (
	large     = 64 << 10 // bytes of a body; hardly any has more
	mostLarge = 64       // such bodies at once: each may grow to a megabyte before its signature can be checked

	// One sender has so many of these places, and nobody has one for long:
	// platforms send a megabyte in less than a second.
	largePerSender = 8
	largeWithin    = 3 * time.Second
)

// fewLarge bounds the memory that bodies take which nobody has verified yet. A
// body takes a place when it has grown large, whatever it said of itself: who
// sends little keeps nobody out.
func fewLarge(proxies []netip.Prefix, within time.Duration, next http.Handler) http.Handler {
	all, each := make(chan struct{}, mostLarge), newPlaces(largePerSender)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength >= 0 && r.ContentLength <= large {
			next.ServeHTTP(w, r)
			return
		}
		b := &growing{ReadCloser: r.Body, from: sender(r, proxies), all: all, each: each, within: within, connection: http.NewResponseController(w)}
		defer b.leave()
		r.Body = b
		next.ServeHTTP(&crowded{w, b}, r)
	})
}

// growing is a body that may become large.
type growing struct {
	io.ReadCloser
	from       netip.Addr
	all        chan struct{}
	each       *places
	within     time.Duration
	connection *http.ResponseController

	size    int
	left    func() // gives the place back; nil: it has none
	refused bool
}

var errCrowded = errors.New("too many large requests at once")

func (b *growing) Read(p []byte) (int, error) {
	if b.refused {
		return 0, errCrowded
	}
	if b.left == nil { // a read goes on until p is full: not beyond what needs no place
		p = p[:min(len(p), large+1-b.size)]
	}
	n, err := b.ReadCloser.Read(p)
	b.size += n
	if b.size > large && b.left == nil {
		if b.refused = !b.enter(); b.refused {
			return 0, errCrowded
		}
		if err == nil { // at its end the server listens only for who hangs up
			_ = b.connection.SetReadDeadline(time.Now().Add(b.within)) // where it cannot be set, that of the request holds
		}
	}
	return n, err
}

// enter takes a place.
func (b *growing) enter() bool {
	mine := func() {}
	if !mayBeProxy(b.from) {
		var ok bool
		if mine, ok = b.each.take(b.from); !ok {
			return false
		}
	}
	select {
	case b.all <- struct{}{}:
	default:
		mine()
		return false
	}
	b.left = func() { <-b.all; mine() }
	return true
}

func (b *growing) leave() {
	if b.left != nil {
		b.left()
	}
}

// crowded answers that there was no place, whatever is made of a body that
// could not be read for it.
type crowded struct {
	http.ResponseWriter
	body *growing
}

// Unwrap lets http.ResponseController reach the connection.
func (w *crowded) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *crowded) WriteHeader(status int) {
	if w.body.refused {
		refuseLater(w, largeWithin)
		status = http.StatusServiceUnavailable
	}
	w.ResponseWriter.WriteHeader(status)
}
