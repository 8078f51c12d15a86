// Package embedded keeps everything in one file, with nothing to install and
// nothing to run beside the program: a storage.Store on bbolt, for a company
// that hosts its own advisor in one process.
//
// One writer goroutine puts the changes that are waiting into one transaction
// (group commit), so that many callers share one wait for the disk. What was
// acknowledged is on the disk. The machine's clock is believed: if it is set
// back, what was due already may wait until it is there again.
//
// # A tour
//
// Each name below is a file.
//
//   - The file: layout says how it is cut into ordered maps, limits what fits.
//     txn is one transaction; writer shares one among the changes that wait.
//   - The contract, a part each: documents, apply, claim, tenants, erase,
//     keeper.
//   - What can be claimed: items are lanes and timers, lanes the jobs in them.
//     damage is what becomes of one that cannot be read.
//   - What erasing leaves in the file goes when it is written anew: compact;
//     owner_unix and owner_other see to whose file it then is.
package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"secadvisor/storage"
)

// lockWait is how long Open waits for the file: long enough for a
// predecessor that is just ending.
const lockWait = time.Second

// Store is a storage.Store in one file. While it is open no other process can
// open that file.
type Store struct {
	db       *bbolt.DB
	clock    func() time.Time
	volatile bool

	ops     chan *op
	closing chan struct{} // closed by Close
	ended   chan struct{} // closed by the writer goroutine as it ends
	close   sync.Once
}

var _ storage.Store = (*Store)(nil)

// Option changes how a store is opened.
type Option func(*Store)

// Volatile never waits for the disk: a crash of the machine may damage the
// file. It is for data that nobody will miss.
func Volatile() Option { return func(s *Store) { s.volatile = true } }

// ClockOffset adds what offset returns to the clock, at each look at it, so
// that a test can move time.
func ClockOffset(offset func() time.Duration) Option {
	return func(s *Store) { s.clock = func() time.Time { return time.Now().Add(offset()) } }
}

// Open opens the store in the file path and makes it if there is none; its
// directory must exist. What a previous process had claimed is due again at
// once: the lock on the file proves that it is gone.
func Open(path string, opts ...Option) (*Store, error) {
	s := &Store{clock: time.Now, ops: make(chan *op), closing: make(chan struct{}), ended: make(chan struct{})}
	for _, opt := range opts {
		opt(s)
	}
	db, err := openFile(path, s.volatile)
	if err != nil {
		return nil, openError(path, err)
	}
	s.db = db
	if err := errors.Join(s.prepare(), s.syncDirectory(path)); err != nil {
		_ = db.Close()
		return nil, openError(path, err)
	}
	go s.writer()
	return s, nil
}

// ErrInUse is what Open says while another process has the file open.
var ErrInUse = errors.New("is in use by another secadvisor")

func openError(path string, err error) error {
	if errors.Is(err, bolterrors.ErrTimeout) {
		return fmt.Errorf("embedded: %s %w", path, ErrInUse)
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		err = file.Err // it repeats the path
	}
	return fmt.Errorf("embedded: open %s: %w", path, err)
}

// prepare makes the buckets, checks the format and frees what was claimed.
func (s *Store) prepare() error {
	return s.transact(func(t *txn) error {
		if err := t.makeBuckets(); err != nil {
			return err
		}
		t.freeClaims()
		return nil
	})
}

// syncDirectory makes the name of a new file durable, as bbolt does with
// what is in it.
func (s *Store) syncDirectory(path string) error {
	if s.volatile || runtime.GOOS == "windows" { // Windows has no such thing
		return nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Close waits for changes that are being written; others get an error.
func (s *Store) Close() error {
	s.close.Do(func() { close(s.closing) })
	<-s.ended
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("embedded: close: %w", err)
	}
	return nil
}
