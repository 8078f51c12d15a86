package faketeams

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// The calls of a bot, as FailAt and Count name them.
const (
	Metadata = "metadata"
	Keys     = "keys"
	Token    = "token"
	Create   = "create" // a conversation with one person
	Post     = "post"
	Update   = "update"
	Member   = "member"
	Members  = "members"
)

// Fault is what goes wrong with a call.
type Fault struct {
	Status     int           // of the answer
	Code       string        // the error's name in the answer
	RetryAfter string        // header of a 429, in seconds
	Effect     bool          // the call takes effect, and only then fails
	Drop       bool          // the connection is cut instead of answered
	Wait       time.Duration // before anything happens; the call succeeds if nothing else is set
}

// TooMany is a 429: nothing was done, try again after so many seconds.
func TooMany(after string) Fault { return Fault{Status: http.StatusTooManyRequests, RetryAfter: after} }

// Broken is a failure without any effect: 412, 500, 502.
func Broken(status int) Fault { return Fault{Status: status} }

// AcceptedBut is a failure although the call took effect.
func AcceptedBut(status int) Fault { return Fault{Status: status, Effect: true} }

// Refused is an answer with an error's name: 403, "MessageWritesBlocked".
func Refused(status int, code string) Fault { return Fault{Status: status, Code: code} }

// Moved points elsewhere.
func Moved(status int) Fault { return Fault{Status: status} }

// Slow answers late, and well.
func Slow(by time.Duration) Fault { return Fault{Wait: by} }

// Cut drops the connection before the call takes effect.
func Cut() Fault { return Fault{Drop: true} }

// CutAfter drops the connection after the call took effect.
func CutAfter() Fault { return Fault{Drop: true, Effect: true} }

type faults struct {
	mu       sync.Mutex
	scripted map[string][]Fault
	counts   map[string]int
	rates    map[string]rate // by call
	struck   map[Fault]int
}

// rate is the share of calls that fail, each by one of the faults.
type rate struct {
	share float64
	by    []Fault
}

func (f *faults) begin() {
	f.scripted, f.counts, f.rates, f.struck = map[string][]Fault{}, map[string]int{}, map[string]rate{}, map[Fault]int{}
}

// writes stands for all calls that write, where a call is named.
const writes = "writes"

// FailAt makes the next n calls of a kind fail, in the order asked for.
func (s *Server) FailAt(call string, fault Fault, n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for range n {
		s.faults.scripted[call] = append(s.faults.scripted[call], fault)
	}
}

// FailRate makes some of the calls that write something fail, each time by
// one of these faults.
func (s *Server) FailRate(share float64, by ...Fault) { s.FailRateOf(writes, share, by...) }

// FailRateOf is FailRate for the calls of one kind.
func (s *Server) FailRateOf(call string, share float64, by ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rates[call] = rate{share, by}
}

// Struck is how often FailRate and FailRateOf chose a fault.
func (s *Server) Struck(fault Fault) int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return s.faults.struck[fault]
}

// Mend ends all faults.
func (s *Server) Mend() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	clear(s.faults.scripted)
	clear(s.faults.rates)
}

// Count is how often a call was made, whatever came of it.
func (s *Server) Count(call string) int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return s.faults.counts[call]
}

// In names the calls of a kind in one conversation, for FailAt and Count.
func In(conversation, call string) string { return call + " in " + conversation }

func (f *faults) next(call, conversation string) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	kinds := []string{call}
	f.counts[call]++
	if conversation != "" {
		kinds = append(kinds, In(conversation, call))
		f.counts[In(conversation, call)]++
	}
	switch call {
	case Create, Post, Update:
		kinds = append(kinds, writes)
	}
	for _, kind := range kinds {
		if queue := f.scripted[kind]; len(queue) > 0 {
			f.scripted[kind] = queue[1:]
			return queue[0]
		}
	}
	for _, kind := range kinds {
		if often := f.rates[kind]; rand.Float64() < often.share {
			fault := often.by[rand.IntN(len(often.by))]
			f.struck[fault]++
			return fault
		}
	}
	return Fault{}
}

// faulty lets a call fail if it is to.
func (s *Server) faulty(call string, do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fault := s.faults.next(call, r.PathValue("conversation"))
		if fault.Wait > 0 {
			select {
			case <-time.After(fault.Wait):
			case <-s.closing:
				return
			}
		}
		if fault.Effect {
			do(httptest.NewRecorder(), r)
		}
		switch {
		case fault.Drop:
			panic(http.ErrAbortHandler)
		case fault.Status != 0:
			fault.write(w, s.URL)
		default:
			do(w, r)
		}
	}
}

func (f Fault) write(w http.ResponseWriter, url string) {
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	if f.Status/100 == 3 {
		w.Header().Set("Location", url+"/elsewhere")
	}
	if f.Code == "" {
		w.WriteHeader(f.Status)
		return
	}
	answer(w, f.Status, map[string]any{"error": map[string]string{"code": f.Code, "message": "As Teams says it."}})
}
