package embedded_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

func open(t *testing.T, path string, opts ...embedded.Option) *embedded.Store {
	t.Helper()
	store, err := embedded.Open(path, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func storePath(t *testing.T) string { return filepath.Join(t.TempDir(), "store.db") }

func TestSecondProcessIsToldWhatToDo(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	first := open(t, path)
	_, err := embedded.Open(path)
	if !errors.Is(err, embedded.ErrInUse) || !strings.Contains(err.Error(), path+" is in use by another secadvisor") {
		t.Errorf("error %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path)
}

func TestOpenRefusesWhatIsNoStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()

	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("a letter, not a store\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign, other := filepath.Join(dir, "foreign"), filepath.Join(dir, "other")
	writeBolt(t, foreign, "settings", "k", "v")
	writeBolt(t, other, "meta", "format", "9")

	rows := map[string]string{
		text:                              "invalid database",
		foreign:                           "another program's file",
		other:                             `it has the format "9"`,
		filepath.Join(dir, "none", "new"): "no such file",
		dir:                               "is a directory",
	}
	for path, want := range rows {
		_, err := embedded.Open(path)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Count(err.Error(), path) != 1 {
			t.Errorf("open %s: %v, want %q and the path once", path, err, want)
		}
	}
	if _, err := embedded.Open(filepath.Join(dir, "none", "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing directory is the error %v", err)
	}
}

func writeBolt(t *testing.T, path, bucket, key, value string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte(key), []byte(value))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyTheOwnerMayReadTheFile(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	open(t, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v", info.Mode().Perm())
	}
}

// TestClaimsOfTheLastProcessAreDueAtOnce: its lease would have run for an
// hour, but it is certainly gone.
func TestClaimsOfTheLastProcessAreDueAtOnce(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	store := open(t, path)
	fired := time.Now().Add(-time.Minute).Truncate(time.Millisecond)
	_, err := store.Apply(t.Context(), "acme", storage.Change{
		Jobs:   []storage.Job{{ID: "job", Lane: "lane"}},
		Timers: []storage.Timer{{Name: "timer", At: fired}, {Name: "tomorrow", At: time.Now().Add(24 * time.Hour)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	first := claim(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}

	store = open(t, path)
	again := claim(t, store)
	if len(first) != 2 || len(again) != 2 {
		t.Fatalf("claimed %+v, then %+v, want the lane and the timer each time", first, again)
	}
	for _, c := range again {
		if c.Lane != "" && c.Attempts != 2 {
			t.Errorf("the job is at attempt %d, want 2", c.Attempts)
		}
		if c.Timer != "" && !c.Due.Equal(fired) {
			t.Errorf("the timer is due since %v, want %v", c.Due, fired)
		}
	}
	for _, c := range first {
		if _, err := store.Apply(t.Context(), "acme", storage.Change{Held: &c}); !errors.Is(err, storage.ErrLost) {
			t.Errorf("a claim of the last process: %v, want %v", err, storage.ErrLost)
		}
	}
}

func claim(t *testing.T, store storage.Store) []storage.Claim {
	t.Helper()
	claims, err := store.Claim(t.Context(), 100, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestVolatileStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	store := open(t, path, embedded.Volatile())
	if _, err := store.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("x")}}}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	docs, err := open(t, path, embedded.Volatile()).Get(t.Context(), "acme", "k")
	if err != nil || string(docs[0].Body) != "x" {
		t.Errorf("got %+v, %v", docs, err)
	}
}

func TestCloseTwice(t *testing.T) {
	t.Parallel()
	store := open(t, storePath(t))
	for range 2 {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
}
