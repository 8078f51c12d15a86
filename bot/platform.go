package bot

import (
	"context"
	"errors"
	"time"
)

// Handler is what a platform is handed: it takes the events.
type Handler interface {
	// Handle returns when the event may be acknowledged: what it changes is
	// stored, but for what Reply.Keep stores, and Reply holds what the response
	// itself must carry. An error means that nothing was stored and the platform
	// should send it again.
	Handle(ctx context.Context, e Event) (Reply, error)
}

// Reply is what goes out in the response to an event. At most one of View,
// Form and Refused is set.
type Reply struct {
	View    *View             // for the one who asked alone
	Form    *Form             // to open
	Refused map[string]string // the form stays open: why, by field id

	// Shown is what the event showed, in order: it is posted anyway, but a
	// platform may draw it at once on the message that was pressed.
	Shown []Show

	// Keep stores what an Unstored event changes; nil: there is nothing to store.
	// The platform calls it when View was sent, and may acknowledge the event
	// after it. An error is as that of Handle.
	Keep func(context.Context) error
}

// Platform delivers what the engine has queued.
type Platform interface {
	// Deliver posts or edits a view. It may be called twice for the same
	// post. The receipt is what a later edit needs, in the platform's own
	// terms. An error says by Outcome whether to try again; any other is
	// ambiguous: the post may have arrived.
	Deliver(ctx context.Context, p Post) (receipt string, err error)
}

// Directory is a Platform that knows who can read a channel.
type Directory interface {
	// Room tells of a channel of a company as it is now; one that it may not
	// look into is the zero Room. Reach is as in a Post to that channel. An error
	// means that it could not be asked just now.
	Room(ctx context.Context, tenant, channel, reach string) (Room, error)
}

// Paced is a Platform that says how fast it may be written to.
type Paced interface {
	Pace() Pace
}

// Pace is how many posts a second are taken without complaint. It holds for
// those that nobody waits for.
type Pace struct {
	Company      float64 // by one company's bot
	Conversation float64 // in one conversation
}

// Files is a Handler that makes a file once more, for platforms that hand over
// a link to it.
type Files interface {
	// File makes a file as Flow.File names it.
	File(ctx context.Context, tenant, flow string, name Action) (File, error)
}

// Post is one view on its way to one address.
type Post struct {
	ID     string // stays the same when it is delivered again
	Tenant string
	To     Address
	View   View
	Edit   string // receipt of the message to edit; empty: post a new one
	Reach  string // of the address, from the latest Event there; empty: none
	File   *File  // to send with the view; nil: none
	Flow   string // that the view is of
	Name   Action // of the file
	Key    string // of the Show; empty: it is never edited, so an answer may take its place
	Again  bool   // an earlier attempt may have arrived: look before posting
	Home   bool   // for people of the company alone: nothing new goes to who is a guest by now
}

// Outcome is how a delivery failed.
type Outcome struct {
	Permanent bool          // trying again cannot help
	After     time.Duration // it certainly did nothing; try again after this
	Gone      bool          // the message to edit is no longer there: post anew
	Blameless bool          // it says nothing of the address: the company's whole connection ended, or the post itself was at fault
	Reason    string        // for a person: "the channel was archived"
	Err       error
}

// ToGuest is why a post for people of the company alone did not go to somebody.
func ToGuest() error {
	return &Outcome{Permanent: true, Reason: "they are a guest now, and this is for people of the company alone", Err: errGuest}
}

var errGuest = errors.New("bot: the post is not for guests")

func (o *Outcome) Error() string { return o.Err.Error() }
func (o *Outcome) Unwrap() error { return o.Err }

// OutcomeOf finds how a delivery failed; what says nothing of itself is
// ambiguous, the zero Outcome.
func OutcomeOf(err error) Outcome {
	var o *Outcome
	if errors.As(err, &o) {
		return *o
	}
	return Outcome{Err: err}
}

// Rest waits before a call is made again, unless the time for it would be over.
func Rest(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
