package embedded

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"go.etcd.io/bbolt"
)

const (
	// compactSuffix is of the new file while it is written.
	compactSuffix = ".compact"

	// compactBytes go into one transaction, so that memory stays bounded.
	compactBytes = 8 << 20
)

// Compact writes the file path anew, with what is in it and nothing else: no
// byte of what was erased is left in it. It needs the file for itself, and
// says ErrInUse while a process has it open. An interrupted one has changed
// nothing, and is done again. What the disk, its snapshots or a backup keep of
// the old file is beyond it.
func Compact(path string) error {
	if _, err := compact(path, false); err != nil {
		return openError(path, err)
	}
	return nil
}

// CompactErased is Compact where a tenant was erased since the last time, and
// else nothing; so is it where there is no file.
func CompactErased(path string) (done bool, err error) {
	done, err = compact(path, true)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, openError(path, err)
	}
	return done, nil
}

func compact(path string, ifErased bool) (done bool, err error) {
	if _, err := os.Stat(path); err != nil {
		return false, err // bbolt would make an empty one
	}
	old, err := openFile(path, false)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	erased, err := finishErasing(old)
	if err != nil || ifErased && !erased {
		return false, err
	}
	return true, replace(path, old)
}

// finishErasing removes what an interrupted erasure left, and says whether the file may
// have old bytes of erased tenants.
func finishErasing(old *bbolt.DB) (erased bool, err error) {
	s := &Store{db: old, clock: time.Now}
	for more := true; more; {
		err := s.transact(func(t *txn) error {
			if more = t.in(graves) != nil; more { // else it was not made by Open
				erased = t.get(meta, erasedMark) != nil
				more = t.dig(eraseChunk)
			}
			return nil
		})
		if err != nil {
			return false, err
		}
	}
	return erased, nil
}

// replace puts a fresh file in the place of an open one.
func replace(path string, old *bbolt.DB) error {
	fresh := path + compactSuffix
	if err := errors.Join(copyInto(fresh, old), sameOwner(fresh, path)); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	if runtime.GOOS == "windows" { // it renames over no open file; elsewhere the lock is held until the new file is there
		if err := old.Close(); err != nil {
			return err
		}
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return (&Store{}).syncDirectory(path)
}

// copyInto writes all of a file into a new one, and waits for the disk.
func copyInto(path string, old *bbolt.DB) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove what an interrupted one left: %w", err)
	}
	fresh, err := openFile(path, true)
	if err != nil {
		return err
	}
	err = bbolt.Compact(fresh, old, compactBytes)
	if err == nil {
		err = fresh.Update(func(tx *bbolt.Tx) error {
			if known := tx.Bucket([]byte(meta)); known != nil {
				return known.Delete(erasedMark)
			}
			return nil
		})
	}
	if err == nil {
		err = fresh.Sync()
	}
	return errors.Join(err, fresh.Close())
}

// openFile opens a file and holds its lock. A file that was written anew while
// we waited for its lock is no longer the one at path, so that is looked for.
func openFile(path string, volatile bool) (*bbolt.DB, error) {
	for {
		var opened *os.File
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout:        lockWait,
			NoSync:         volatile,
			NoFreelistSync: true, // it is found again at Open; written with each commit it would grow with what was erased
			FreelistType:   bbolt.FreelistMapType,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				file, err := os.OpenFile(name, flag, mode)
				opened = file
				return file, err
			},
		})
		if err != nil {
			return nil, err
		}
		locked, err := opened.Stat()
		if err != nil {
			return nil, errors.Join(err, db.Close())
		}
		if there, err := os.Stat(path); err == nil && os.SameFile(locked, there) {
			return db, nil
		}
		if err := db.Close(); err != nil {
			return nil, err
		}
	}
}
