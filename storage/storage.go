// Package storage is the contract between the engine and whatever keeps its
// state: one atomic Apply on one tenant's data, and leases on the work that
// is due. Every store passes the suite in storage/storagetest.
package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// What a store says when it did not do something. In each case nothing at
// all was written.
var (
	// ErrConflict: a document is not at the version that the change expects.
	ErrConflict = errors.New("storage: a document has changed")
	// ErrLost: the claim's lease ran out and somebody else may hold it now,
	// or its timer was moved or cancelled meanwhile.
	ErrLost = errors.New("storage: the claim is no longer held")
	// ErrSeen: what Once names was done before, or is waiting in a lane.
	ErrSeen = errors.New("storage: the event was seen before")
	// ErrBusy: the lane that Once names is held, or has jobs that come first.
	ErrBusy = errors.New("storage: the lane is busy")
	// ErrErased: the tenant was erased and has not been installed anew.
	ErrErased = errors.New("storage: the tenant was erased")
)

// ErrDamaged is the fault of what is no longer as it was written: a document, a
// job, or whatever else a store keeps. It hurts one company and holds up no
// other, and nothing is written over it by mistake.
var ErrDamaged = errors.New("what the storage keeps there is damaged: put a backup back")

const (
	// SeenFor is how long the id of a deduplicated job is remembered. Slack
	// repeats an event for an hour, an operator's outage may last a day.
	SeenFor = 26 * time.Hour

	MaxKey  = 512     // bytes of a key, lane, timer name, job id or tenant
	MaxBody = 4 << 20 // bytes of one document or job

	// Overhead is what a store takes beyond MaxBody, for another around it
	// that seals bodies. What is beyond both is refused.
	Overhead = 64
)

// Store keeps documents, lanes of jobs and timers, apart for each tenant.
// All methods may be called by many goroutines and by many processes.
type Store interface {
	// Get reads documents; the result has one Doc a key, in the order of
	// keys. A document that does not exist has version 0.
	Get(ctx context.Context, tenant string, keys ...string) ([]Doc, error)

	// List reads at most limit documents whose keys begin with prefix and
	// sort after the key after, in byte order of keys. More says that
	// another page follows.
	List(ctx context.Context, tenant, prefix, after string, limit int) (docs []Doc, more bool, err error)

	// Apply does the whole change or, with an error, nothing of it.
	// Nobody writes to the bodies of a change that was given to it: when ctx
	// ended first, the store may still read them.
	Apply(ctx context.Context, tenant string, c Change) (Applied, error)

	// Claim takes at most max items that are due, lanes and timers of any
	// tenant, oldest first where that is cheap to know, each for the length
	// of lease. An item that is neither finished nor extended by then can be
	// claimed again, by anybody.
	Claim(ctx context.Context, max int, lease time.Duration) ([]Claim, error)

	// Extend holds a claim for lease from now. The claim it returns has a new
	// token; the old one is lost.
	Extend(ctx context.Context, c Claim, lease time.Duration) (Claim, error)

	// Tenants lists the tenants that have data, in byte order, after the
	// tenant after.
	Tenants(ctx context.Context, after string, limit int) (tenants []string, more bool, err error)

	// Erase removes everything of a tenant and leaves a tombstone: until a
	// Change with Install, every Apply gets ErrErased. An Erase that was
	// interrupted is completed by calling it again.
	Erase(ctx context.Context, tenant string) error

	// Stats looks at the whole store. It is cheap enough for a health check.
	Stats(ctx context.Context) (Stats, error)

	Close() error
}

// Doc is one document as it was read.
type Doc struct {
	Key     string
	Version int64 // of its last write; never used twice for a key, not even after it expired; 0: it does not exist
	Body    []byte
	Fault   error // why there is no Body, although the document exists: it cannot be opened; nil: it can
}

// Unread is the first fault among documents, or nil.
func Unread(docs ...Doc) error {
	for _, d := range docs {
		if d.Fault != nil {
			return fmt.Errorf("document %s: %w", d.Key, d.Fault)
		}
	}
	return nil
}

// Change is what one turn does to one tenant's data, all or nothing. A change
// that makes no sense, such as Done without Held or one key written twice, is
// refused. ErrErased comes before ErrLost and ErrSeen, these before ErrBusy,
// and ErrConflict last.
type Change struct {
	Install bool // lift the tombstone that Erase left

	Once *Once // the change is all that an event comes to; not together with Held

	Held    *Claim        // if set, the claim must still be held
	Done    bool          // the held job or timer is finished; a lane's next job becomes due at once
	Release *Release      // or: the held item goes back, at the head of its lane
	Check   []Version     // documents that were read and must not have changed
	Put     []Write       // documents to write or delete
	Jobs    []Job         // appended to their lanes, in this order
	Timers  []Timer       // set, moved or cancelled
	Take    []string      // lanes to claim after all the above, where they are idle and not empty
	Lease   time.Duration // for Take
	Read    []string      // documents to read as they are afterwards
}

// Once makes a change stand for an event: as if a deduplicated job of this ID
// had been appended to Lane, taken and finished in the same change. While the
// lane has jobs, the event must wait behind them as a job of its own.
type Once struct {
	ID   string
	Lane string
}

// Version expects a document to be at a version; 0 expects that it does not
// exist.
type Version struct {
	Key     string
	Version int64
}

// Write replaces a document that is at Version (0: it must not exist). A nil
// Body deletes it. With a TTL other than 0 the document vanishes after it.
type Write struct {
	Key     string
	Version int64
	Body    []byte
	TTL     time.Duration
}

// Job waits in a lane: first in, first out, and one holder at a time.
type Job struct {
	ID     string
	Lane   string
	Body   []byte
	Dedupe bool // drop it if this tenant had a deduplicated job of this id in the last 26 hours
}

// Timer becomes due at a time, in milliseconds; a time already past is due at
// once. Setting a name again moves it; the zero time cancels it. Either takes
// it from whoever holds it.
type Timer struct {
	Name string
	At   time.Time
}

// Release hands a claim back to be claimed again after a delay. An uncounted
// release does not count as an attempt: what was tried certainly did nothing.
type Release struct {
	After     time.Duration
	Uncounted bool
}

// Applied tells what a Change came to.
type Applied struct {
	Versions []int64  // of Put, in order; 0 for a deletion
	Dropped  []string // ids of Jobs that had been seen before
	Taken    []Claim  // lanes of Take that are now held
	Read     []Doc    // of Read, in order; version 0 where there is none
}

// Claim is the head of a lane, or a timer, held for a while.
type Claim struct {
	Tenant   string
	Lane     string    // set for a job
	Timer    string    // set for a timer
	ID       string    // the job's
	Body     []byte    // the job's
	Fault    error     // why there is no Body, although the job has one: it will never be opened; nil: it was
	Attempts int       // how often this job has been claimed, this time included; 0 for a timer
	Due      time.Time // since when it could have been claimed
	Token    int64     // proves that the claim is held; each claim and extension has its own
}

// Stats describes a whole store.
type Stats struct {
	Tenants int
	Items   int           // lanes with jobs, held or not, and timers
	Overdue time.Duration // how long the oldest item that is due has waited; 0: nothing is due
	Next    time.Time     // when the next item that is not yet due will be; zero: none
}
