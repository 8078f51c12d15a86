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

	// Dead: something can never be done: a "post", a "job", or a "step".
	Dead(what string)
}

type unwatched struct{}

func (unwatched) Turn(string, string, bot.Kind, string, time.Duration) {}
func (unwatched) Conflict(string)                                      {}
func (unwatched) Delivery(string, string, time.Duration)               {}
func (unwatched) Dead(string)                                          {}
