package embedded

import (
	"context"
	"errors"
	"fmt"

	bolterrors "go.etcd.io/bbolt/errors"
)

// maxBatch is how many changes share one transaction at most.
const maxBatch = 256

// sweepPerOp is how much of what is no longer wanted each change removes; it
// must be more than a change usually leaves behind.
const sweepPerOp = 4

var errClosed = errors.New("embedded: the store is closed")

// op is a change that waits for its transaction. It returns an error only if
// it has written nothing: other changes in the transaction go ahead.
type op struct {
	ctx  context.Context
	do   func(*txn) error
	done chan error // told once it is on the disk, or is not going to be
}

// write does one change and returns when it is on the disk. A context that
// ends before the change begins prevents it; later there is no way back, and
// write waits, so that an error always means that nothing was written.
func (s *Store) write(ctx context.Context, do func(*txn) error) error {
	o := &op{ctx: ctx, do: do, done: make(chan error, 1)}
	select {
	case s.ops <- o:
		return <-o.done
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return errClosed
	}
}

func (s *Store) writer() {
	defer close(s.ended)
	for {
		select {
		case o := <-s.ops:
			s.commit(s.gather(o))
		case <-s.closing:
			return
		}
	}
}

// gather adds to the first change those that are waiting already.
func (s *Store) gather(first *op) []*op {
	batch := []*op{first}
	for len(batch) < maxBatch {
		select {
		case o := <-s.ops:
			batch = append(batch, o)
		default:
			return batch
		}
	}
	return batch
}

func (s *Store) commit(batch []*op) {
	results := make([]error, len(batch))
	failed := s.transact(func(t *txn) error {
		for i, o := range batch {
			if results[i] = o.ctx.Err(); results[i] == nil {
				results[i] = o.do(t)
			}
		}
		if t.dirty {
			t.sweep(sweepPerOp * len(batch))
		}
		return nil
	})
	for i, o := range batch {
		if failed != nil {
			results[i] = failed
		}
		o.done <- results[i]
	}
}

// named replaces bbolt's word for a closed store.
func named(err error) error {
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return errClosed
	}
	return err
}

// refuse is the error of a change that makes no sense.
func refuse(format string, args ...any) error {
	return fmt.Errorf("embedded: refused: "+format, args...)
}
