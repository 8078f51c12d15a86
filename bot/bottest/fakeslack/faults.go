package fakeslack

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Fault is what goes wrong with a call.
type Fault struct {
	Status     int           // of the answer: 429, 500, 503
	RetryAfter string        // header of a 429, in seconds; "0.2" is understood by few
	Error      string        // the call is refused with this error instead
	Effect     bool          // the call takes effect, and only then fails
	Drop       bool          // the connection is cut instead of answered
	Wait       time.Duration // before anything happens; the call succeeds if nothing else is set
}

// TooMany is a 429: nothing was done, try again after so many seconds.
func TooMany(after string) Fault { return Fault{Status: http.StatusTooManyRequests, RetryAfter: after} }

// Broken is a 500 or 503 without any effect.
func Broken(status int) Fault { return Fault{Status: status} }

// AcceptedBut is a 500 or 503 although the call took effect.
func AcceptedBut(status int) Fault { return Fault{Status: status, Effect: true} }

// Slow answers late, and well.
func Slow(by time.Duration) Fault { return Fault{Wait: by} }

// Cut drops the connection before the call takes effect.
func Cut() Fault { return Fault{Drop: true} }

// CutAfter drops the connection after the call took effect.
func CutAfter() Fault { return Fault{Drop: true, Effect: true} }

// Refused is an answer with an error, such as "token_revoked".
func Refused(code string) Fault { return Fault{Error: code} }

// ResponseURL stands for all response URLs where a method is named.
const ResponseURL = "response_url"

type faults struct {
	mu       sync.Mutex
	random   *rand.Rand
	scripted map[string][]Fault
	rates    map[string]rate
	struck   map[string]int
}

type rate struct {
	share float64
	mix   []Fault
}

func (f *faults) begin(seed uint64) {
	f.random = rand.New(rand.NewPCG(seed, seed))
	f.scripted, f.rates, f.struck = map[string][]Fault{}, map[string]rate{}, map[string]int{}
}

// Fail makes the next n calls of a method fail ("" for any method). Faults
// for one method happen in the order in which they were asked for.
func (s *Server) Fail(method string, fault Fault, n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for range n {
		s.faults.scripted[method] = append(s.faults.scripted[method], fault)
	}
}

// FailRate makes a share of all calls fail (0.01 is one in a hundred), each
// by one of the faults; without any: a 429 for a second, a 500 without and a
// 500 with effect. Which calls it hits follows from the seed and the order of
// calls alone. 0 ends it.
func (s *Server) FailRate(share float64, mix ...Fault) { s.FailRateOf("", share, mix...) }

// FailRateOf is FailRate for one method.
func (s *Server) FailRateOf(method string, share float64, mix ...Fault) {
	if mix == nil {
		mix = []Fault{TooMany("1"), Broken(http.StatusInternalServerError), AcceptedBut(http.StatusInternalServerError)}
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rates[method] = rate{share, mix}
}

// Struck counts the calls that a fault hit, by what it was: "429", "500",
// "accepted but 500", "cut", "cut after", "slow", or an error's name.
func (s *Server) Struck(fault string) int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return s.faults.struck[fault]
}

// next decides whether a call fails, and how.
func (f *faults) next(method string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range []string{method, ""} {
		if queue := f.scripted[m]; len(queue) > 0 {
			f.scripted[m] = queue[1:]
			f.struck[queue[0].name()]++
			return queue[0], true
		}
	}
	for _, m := range []string{method, ""} {
		if r := f.rates[m]; r.share > 0 && f.random.Float64() < r.share {
			hit := r.mix[f.random.IntN(len(r.mix))]
			f.struck[hit.name()]++
			return hit, true
		}
	}
	return Fault{}, false
}

func (f Fault) fails() bool { return f.Status != 0 || f.Error != "" || f.Drop }

func (f Fault) name() string {
	switch {
	case f.Error != "":
		return f.Error
	case f.Drop && f.Effect:
		return "cut after"
	case f.Drop:
		return "cut"
	case f.Effect:
		return fmt.Sprintf("accepted but %d", f.Status)
	case f.Status != 0:
		return fmt.Sprint(f.Status)
	}
	return "slow"
}

func (f Fault) wait(ctx context.Context) {
	if f.Wait == 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(f.Wait):
	}
}

// write answers with the failure; a dropped connection ends the handler.
func (f Fault) write(w http.ResponseWriter) {
	if f.Drop {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if f.Error != "" {
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, f.Error)
		return
	}
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	w.WriteHeader(f.Status)
	switch f.Status {
	case http.StatusTooManyRequests:
		io.WriteString(w, `{"ok":false,"error":"ratelimited"}`)
	case http.StatusServiceUnavailable:
		io.WriteString(w, `{"ok":false,"error":"service_unavailable"}`)
	default:
		io.WriteString(w, `{"ok":false,"error":"internal_error"}`)
	}
}
