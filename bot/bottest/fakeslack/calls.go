package fakeslack

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// Call is one call of the Web API, or one use of a response URL (Method
// "response_url").
type Call struct {
	Method string
	Args   map[string]string // nested values as JSON text; nil when the call was not read
	At     time.Time
	Error  string // empty: it went well
}

type calls struct {
	mu     sync.Mutex
	keep   int
	latest []Call
	counts map[string]int
}

func (c *calls) begin(keep int) { c.keep, c.counts = keep, map[string]int{} }

func (c *calls) add(call Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[call.Method]++
	if len(c.latest) >= c.keep {
		c.latest = slices.Clone(c.latest[c.keep/2:])
	}
	c.latest = append(c.latest, call)
}

// Calls lists the latest calls of a method, of all methods for "".
func (s *Server) Calls(method string) []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	var all []Call
	for _, c := range s.calls.latest {
		if method == "" || c.Method == method {
			c.Args = maps.Clone(c.Args)
			all = append(all, c)
		}
	}
	return all
}

// Count is how often a method was called, whatever came of it.
func (s *Server) Count(method string) int {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	return s.calls.counts[method]
}
