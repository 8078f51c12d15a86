package embedded_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

// told fills a store with two tenants whose every byte can be found again.
func told(t *testing.T, store *embedded.Store, tenant, secret string) {
	t.Helper()
	for page := range 20 {
		var c storage.Change
		for i := range 20 {
			c.Put = append(c.Put, storage.Write{Key: fmt.Sprintf("%s-key/%d/%d", secret, page, i), Body: []byte(strings.Repeat(secret+" ", 50))})
		}
		c.Put = append(c.Put, storage.Write{Key: fmt.Sprintf("%s-ends/%d", secret, page), Body: []byte(secret), TTL: time.Hour})
		c.Jobs = []storage.Job{{ID: fmt.Sprintf("%s-id-%d", secret, page), Lane: secret + "-lane", Body: []byte(secret), Dedupe: true}}
		c.Timers = []storage.Timer{{Name: fmt.Sprintf("%s-timer-%d", secret, page), At: time.Now().Add(time.Hour)}}
		if _, err := store.Apply(t.Context(), tenant, c); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingReadableIsLeftAfterCompact(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	store := open(t, path)
	told(t, store, "slack.T1", "mallory")
	told(t, store, "slack.T2", "alice")
	if err := store.Erase(t.Context(), "slack.T1"); err != nil {
		t.Fatal(err)
	}
	before := state(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if n := found(t, path, "mallory"); n == 0 {
		t.Fatal("the file keeps nothing of what was erased even so: the test shows nothing")
	}
	if err := embedded.Compact(path); err != nil {
		t.Fatal(err)
	}
	if n := found(t, path, "mallory"); n != 0 {
		t.Errorf("the erased tenant can still be read in %d places", n)
	}
	if _, err := os.Stat(path + ".compact"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what it wrote beside the file is left: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode().Perm(), err)
	}
	store = open(t, path)
	if diff := cmp.Diff(before, state(t, store)); diff != "" {
		t.Errorf("the other tenant (-before +after):\n%s", diff)
	}
	if _, err := store.Apply(t.Context(), "slack.T1", storage.Change{}); !errors.Is(err, storage.ErrErased) {
		t.Errorf("the tombstone is lost: %v", err)
	}
}

// found counts where a file has a text.
func found(t *testing.T, path, text string) int {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(raw, []byte(text))
}

// state is what a store has, the versions included.
func state(t *testing.T, store *embedded.Store) []any {
	t.Helper()
	docs, _, err := store.List(t.Context(), "slack.T2", "", "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := store.Waiting(t.Context(), "slack.T2")
	if err != nil {
		t.Fatal(err)
	}
	stats, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stats.Overdue = 0 // it grows while one looks
	return []any{docs, waiting, stats}
}

func TestCompactNeedsTheFileForItself(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	store := open(t, path)
	if err := embedded.Compact(path); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("while it is open: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".compact", []byte("left by an interrupted one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := embedded.Compact(path); err != nil {
		t.Error(err)
	}
	if err := embedded.Compact(path + ".none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	if _, err := os.Stat(path + ".none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it made a file: %v", err)
	}
}

// A process that waits for the lock of a file which is written anew must get
// the new one: what it wrote into the old one would be lost.
func TestWhoWaitsForTheFileGetsTheNewOne(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	holder := open(t, path)
	opened := make(chan *embedded.Store)
	go func() {
		store, err := embedded.Open(path)
		if err != nil {
			t.Error(err)
		}
		opened <- store
	}()
	time.Sleep(200 * time.Millisecond) // it has opened the old file, and waits for its lock
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(path+".new", raw, 0o600), os.Rename(path+".new", path), holder.Close()); err != nil {
		t.Fatal(err)
	}
	store := <-opened
	if store == nil {
		t.FailNow()
	}
	if _, err := store.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("kept")}}}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	docs, err := open(t, path).Get(t.Context(), "acme", "k")
	if err != nil || string(docs[0].Body) != "kept" {
		t.Errorf("what was written is %+v, %v", docs, err)
	}
}

// A file remembers that somebody was erased, also where that was interrupted,
// until it is written anew.
func TestOnlyAFileWithErasedBytesIsWrittenAnew(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	again := func(want bool) {
		t.Helper()
		if done, err := embedded.CompactErased(path); done != want || err != nil {
			t.Errorf("written anew: %v, want %v (%v)", done, want, err)
		}
	}
	again(false) // there is no file
	store := open(t, path)
	told(t, store, "slack.T1", "mallory")
	told(t, store, "slack.T2", "alice")
	shut := func() {
		t.Helper()
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	shut()
	again(false)
	store = open(t, path)
	before := state(t, store)
	if _, err := embedded.CompactErased(path); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("while it is open: %v", err)
	}
	if err := embedded.BuryOnly(t.Context(), store, "slack.T1"); err != nil { // and die
		t.Fatal(err)
	}
	shut()
	if n := found(t, path, "mallory"); n == 0 {
		t.Fatal("the file keeps nothing of what was erased even so: the test shows nothing")
	}
	again(true)
	if n := found(t, path, "mallory"); n != 0 {
		t.Errorf("the erased tenant can still be read in %d places", n)
	}
	again(false)
	store = open(t, path)
	if diff := cmp.Diff(before[:2], state(t, store)[:2]); diff != "" {
		t.Errorf("the other tenant (-before +after):\n%s", diff)
	}
	if _, err := store.Apply(t.Context(), "slack.T1", storage.Change{}); !errors.Is(err, storage.ErrErased) {
		t.Errorf("the tombstone is lost: %v", err)
	}
}
