package storagetest

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"secadvisor/storage"
)

// How the suite tells a process what to do before it kills it.
const (
	victimWork   = "STORAGETEST_WORK"
	victimWhere  = "STORAGETEST_WHERE"
	victimOffset = "STORAGETEST_OFFSET"
	victimReady  = "ready"
)

// Main runs the tests, or, in a process that the suite started in order to
// kill it, works on a store that o opens until then.
func Main(m *testing.M, o Opener) int {
	work := os.Getenv(victimWork)
	if work == "" {
		return m.Run()
	}
	if err := victim(o, work); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func victim(o Opener, work string) error {
	offset, err := time.ParseDuration(os.Getenv(victimOffset))
	if err != nil {
		return err
	}
	store, err := o.Open(os.Getenv(victimWhere), func() time.Duration { return offset })
	if err != nil {
		return err
	}
	defer store.Close()
	fmt.Println(victimReady)
	ctx := context.Background()
	if work == "erase" {
		return store.Erase(ctx, acme)
	}
	return commitTurns(ctx, store)
}

// commitTurns commits turns one after the other, each to all documents, the
// lane and the timer, and tells of each once it is acknowledged.
func commitTurns(ctx context.Context, store storage.Store) error {
	held, err := heldLane(ctx, store)
	if err != nil {
		return err
	}
	for {
		docs, err := store.Get(ctx, acme, victimKeys()...)
		if err != nil {
			return err
		}
		turn, _ := strconv.Atoi(string(docs[0].Body))
		applied, err := store.Apply(ctx, acme, nextTurn(docs, turn+1, held))
		if err != nil {
			return err
		}
		if len(applied.Taken) != 1 {
			return fmt.Errorf("turn %d took %+v", turn+1, applied.Taken)
		}
		held = &applied.Taken[0]
		fmt.Println(turn + 1)
	}
}

// heldLane claims what a killed process left in the lane, if there is any.
func heldLane(ctx context.Context, store storage.Store) (*storage.Claim, error) {
	claims, err := store.Claim(ctx, 10, lease)
	for _, c := range claims {
		if c.Lane != "" {
			return &c, err
		}
	}
	return nil, err
}

func nextTurn(docs []storage.Doc, turn int, held *storage.Claim) storage.Change {
	n := strconv.Itoa(turn)
	change := storage.Change{
		Held: held, Done: held != nil,
		Jobs:   []storage.Job{{ID: n, Lane: "lane", Dedupe: true}},
		Timers: []storage.Timer{{Name: "timer", At: time.UnixMilli(int64(turn))}},
		Take:   []string{"lane"}, Lease: lease,
	}
	for _, d := range docs {
		change.Put = append(change.Put, write(d.Key, d.Version, n))
	}
	return change
}
