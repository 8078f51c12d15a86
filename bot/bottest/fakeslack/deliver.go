package fakeslack

import (
	"context"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Kind says which of the app's three addresses a request is for.
type Kind string

// What Slack tells a bot of.
const (
	Commands    Kind = "slash_commands"
	Interactive Kind = "interactive"
	Events      Kind = "events_api"
)

// Delivery is one thing that the bot was told of, and what came of it.
type Delivery struct {
	Kind        Kind
	ID          string // event_id, else the trigger_id
	Trigger     string // trigger_id, if there is one
	ResponseURL string // if there is one

	form    url.Values                     // body over HTTP; nil for events
	payload []byte                         // JSON; made from form for commands
	show    func(kind string, body []byte) // what the acknowledgement shows

	mu       sync.Mutex
	attempts []Attempt
	problem  string
	answer   *Message
	errors   map[string]string
	done     chan struct{} // closed when it will not be sent again
}

// Attempt is one time that it was sent.
type Attempt struct {
	Retry  int    // 0 is the first
	Reason string // of a retry: "http_timeout", "http_error", "connection_failed", "timeout"
	At     time.Time
	Took   time.Duration
	Status int    // over HTTP
	Kind   string // content type of the body
	Body   []byte // of the response, or the payload of the acknowledgement
	Err    error  // nil: acknowledged in time
	Socket int    // over a socket: which one, from 1
	Stop   bool   // the bot asked not to be told again
}

// Attempts lists how often and when it was sent so far.
func (d *Delivery) Attempts() []Attempt {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.attempts)
}

// Last is the latest attempt; the zero Attempt where nothing was sent.
func (d *Delivery) Last() Attempt {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.attempts) == 0 {
		return Attempt{}
	}
	return d.attempts[len(d.attempts)-1]
}

// Acked reports whether the bot has acknowledged it in time, once at least.
func (d *Delivery) Acked() bool {
	return slices.ContainsFunc(d.Attempts(), func(a Attempt) bool { return a.Err == nil })
}

// Problem is what the person sees go wrong, as Slack's client would say it:
// "operation_timeout", "dispatch_failed", "invalid_command_response: ...";
// or why the person could not act at all. Empty: nothing.
func (d *Delivery) Problem() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.problem
}

// Answer is the message that the response to a command itself carried.
func (d *Delivery) Answer() (Message, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.answer == nil {
		return Message{}, false
	}
	return *d.answer, true
}

// Errors are what the bot found wrong with a form, by block_id.
func (d *Delivery) Errors() map[string]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.errors
}

// Wait returns when it is acknowledged or will not be sent again.
func (d *Delivery) Wait(ctx context.Context) error {
	if d.done == nil {
		return nil
	}
	select {
	case <-d.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *Delivery) fail(problem string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.problem = problem
}

func (d *Delivery) setAnswer(m *Message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = m
}

func (d *Delivery) setErrors(errors map[string]string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.errors = errors
}

// unsent is what a person could not do in Slack either.
func (s *Server) unsent(why error) *Delivery {
	if s.set.test != nil {
		s.set.test.Errorf("fakeslack: %v", why)
	}
	return &Delivery{problem: why.Error()}
}

// send tells the bot and waits for the first acknowledgement. An event that
// is not acknowledged is sent again in the background.
func (s *Server) send(d *Delivery) *Delivery {
	d.done = make(chan struct{})
	first := s.attempt(d, 0, "")
	if d.Kind == Events && first.Err != nil && !first.Stop {
		s.running.Go(func() {
			defer close(d.done)
			s.insist(d, first)
		})
		return d
	}
	close(d.done)
	if first.Err == nil {
		if d.show != nil {
			d.show(first.Kind, first.Body)
		}
	} else if d.Kind != Events {
		d.fail(failure(first))
	}
	return d
}

// failure is what Slack's client says to a person.
func failure(a Attempt) string {
	switch {
	case a.Reason == reasonTimeout, a.Reason == reasonUnacked:
		return "operation_timeout"
	case a.Status >= 500:
		return "http_service_error"
	case a.Status >= 300:
		return "http_client_error"
	}
	return "dispatch_failed"
}

// insist repeats an event until it is acknowledged, as often as Slack does.
func (s *Server) insist(d *Delivery, last Attempt) {
	for i, wait := range s.set.retryAfter {
		select {
		case <-s.ctx.Done():
			return
		case <-time.After(wait):
		}
		last = s.attempt(d, i+1, last.Reason)
		if last.Err == nil || last.Stop {
			return
		}
	}
}

// Again sends the same thing once more, as Slack does when it missed the
// acknowledgement: the same ids, and a later retry number for an event. What
// an answer shows is not shown again.
func (s *Server) Again(d *Delivery) Attempt {
	return s.attempt(d, len(d.Attempts()), reasonTimeout)
}

// attempt sends it once, over HTTP if the bot has addresses, else to one of
// its sockets.
func (s *Server) attempt(d *Delivery, retry int, reason string) Attempt {
	a := Attempt{Retry: retry, At: time.Now()}
	if to := s.targets.next(d.Kind); to != "" {
		s.post(d, &a, to, reason)
	} else {
		s.sockets.deliver(s, d, &a, reason)
	}
	a.Took = time.Since(a.At)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.attempts = append(d.attempts, a)
	return a
}
