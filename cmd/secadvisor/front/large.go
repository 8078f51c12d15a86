package front

import "net/http"

const (
	large     = 64 << 10 // bytes of a body; hardly any has more
	mostLarge = 64       // such bodies at once: each may grow to a megabyte before its signature can be checked
)

// fewLarge bounds the memory that bodies take which nobody has verified yet.
func fewLarge(next http.Handler) http.Handler {
	places := make(chan struct{}, mostLarge)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength >= 0 && r.ContentLength <= large {
			next.ServeHTTP(w, r)
			return
		}
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			next.ServeHTTP(w, r)
		default:
			w.Header().Set("Connection", "close")
			http.Error(w, "try again", http.StatusServiceUnavailable)
		}
	})
}
