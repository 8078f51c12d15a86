package engine

import (
	"time"

	"secadvisor/bot"
)

// Watch is told what the engine does, to be counted. Its methods must be quick;
// they are handed no text that anybody wrote.
type Watch interface {
	// Turn: an event was taken, in one of these ways: "read-only", "at once",
	// "turn", "queued", "repeat", "erased"; "failed" means that it was not.
	Turn(tenant, flow string, kind bot.Kind, how string, took time.Duration)

	// Conflict: a turn must be stepped anew, because a document changed.
	Conflict(flow string)

	// Delivery: a post was "delivered", will be tried again "later", may have
	// arrived ("unclear"), or is "dead".
	Delivery(tenant, result string, took time.Duration)

	// Queued: so many posts are in the outbox now, for good: what wanted them is
	// written too.
	Queued(tenant string, posts int)

	// Settled: a post has left the outbox, because it was "delivered", is "dead",
	// or is "dropped" with its company, which was erased. Age is how long it was
	// there; less than nothing: nobody knows, since an older program put it there.
	Settled(tenant, how string, age time.Duration)

	// PutOff: a post whose turn it was stays in the outbox for later: it is to be
	// tried again ("retry"), the platform said when ("told"), it keeps the
	// platform's "pace", or its company has its "share" of the workers.
	PutOff(tenant, why string, age time.Duration)

	// Dead: something can never be done: a "post", a "job", or a "step".
	Dead(what string)
}

type unwatched struct{}

func (unwatched) Turn(string, string, bot.Kind, string, time.Duration) {}
func (unwatched) Conflict(string)                                      {}
func (unwatched) Delivery(string, string, time.Duration)               {}
func (unwatched) Queued(string, int)                                   {}
func (unwatched) Settled(string, string, time.Duration)                {}
func (unwatched) PutOff(string, string, time.Duration)                 {}
func (unwatched) Dead(string)                                          {}
